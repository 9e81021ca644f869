internal import Foundation
internal import TocsinModel

/// What one warning says in one language.
struct CAPStatement {
    var issuer: CAPIssuer
    var warning: Warning
    var area: Area
    /// The tag as configured, for example `de-CH`.
    var language: String
    var phrases: WarningPhrases

    /// How long an all-clear stands: long enough to be read, short enough not to be taken for a promise.
    static let allClearSeconds = 900.0

    var info: CAPInformation {
        CAPInformation(
            language: language, category: [.security, .safety], event: phrases.event,
            responseType: [responseType], urgency: urgency, severity: severity, certainty: certainty,
            effective: CAPTime.text(warning.changedAt), onset: onset, expires: expires,
            senderName: issuer.senderName, headline: headline, description: description,
            instruction: fill(phrases.instruction), web: issuer.baseURL.absoluteString, parameter: parameters,
            area: [capArea])
    }

    /// Its time ran out: nobody knows that the danger is over.
    private var isExpired: Bool { warning.stage == .quiet && warning.reason == .expired }

    private var responseType: CAPInformation.ResponseType {
        switch warning.stage {
        case .watch: .prepare
        case .takeShelter, .clearing: .shelter
        case .quiet: isExpired ? .monitor : .allClear
        }
    }

    private var urgency: CAPInformation.Urgency {
        switch warning.stage {
        case .takeShelter: .immediate
        case .watch, .clearing: .expected
        case .quiet: .past
        }
    }

    private var severity: CAPInformation.Severity {
        switch warning.stage {
        case .takeShelter: .extreme
        case .watch, .clearing: .severe
        case .quiet: .minor
        }
    }

    private var certainty: CAPInformation.Certainty {
        switch warning.stage {
        case .watch, .takeShelter, .clearing: warning.probability > 0.5 ? .likely : .possible
        case .quiet: isExpired ? .unknown : .observed
        }
    }

    private var onset: String? {
        guard warning.stage != .quiet, let arrival = warning.arrival else { return nil }
        return CAPTime.text(max(arrival.earliest, warning.changedAt))
    }

    /// Always after `sent`, which is cut to the second before.
    private var expires: String {
        let least = warning.changedAt.advanced(bySeconds: warning.stage == .quiet ? Self.allClearSeconds : 1)
        return CAPTime.textRoundedUp(max(warning.expiresAt, least))
    }

    private var areaName: String {
        let primary = phrases.language
        let name = area.names.first { $0.language == language } ?? area.names.first { $0.language == primary }
        let cleaned = PlainText.cleaned(name?.text ?? area.name)
        return cleaned.isEmpty ? PlainText.token(area.id.rawValue, fallback: "area") : cleaned
    }

    private var headline: String {
        (warning.exercise ? "\(phrases.exercise): " : "") + fill(phrases.headline)
    }

    private var description: String {
        let exercise = warning.exercise ? "\(phrases.exerciseNote) " : ""
        guard warning.stage != .quiet, let arrival = warning.arrival else {
            return exercise + fill(phrases.description)
        }
        let values = [
            "earliest": clock(arrival.earliest), "likely": clock(arrival.likely), "latest": clock(arrival.latest),
            "zone": zone, "minutes": String(max(0, Int(arrival.earliest.seconds(since: warning.changedAt) / 60))),
        ]
        let left = arrival.earliest > warning.changedAt ? phrases.minutesLeft : ""
        let passing = warning.course == .passing && warning.stage != .clearing ? phrases.passing : ""
        return exercise + fill(phrases.description) + passing + WarningPhrases.fill(phrases.times + left, values)
    }

    private func fill(_ stages: WarningPhrases.Stages) -> String {
        WarningPhrases.fill(stages.text(for: warning.stage, isExpired: isExpired), ["area": areaName])
    }

    private var offsetSeconds: Int {
        issuer.timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: warning.changedAt.secondsSinceEpoch))
    }

    /// Local hours and minutes; the seconds are cut off, so that nobody is told to be later than they may.
    private func clock(_ instant: Instant) -> String {
        String(instant.advanced(bySeconds: Double(offsetSeconds)).iso8601.dropFirst(11).prefix(5))
    }

    private var zone: String {
        let minutes = abs(offsetSeconds) / 60
        let digits = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "UTC" + (offsetSeconds < 0 ? "−" : "+") + digits.joined(separator: ":")
    }

    private var parameters: [CAPNamedValue] {
        var parameters = [
            CAPNamedValue(valueName: "TOCSIN-STAGE", value: warning.stage.rawValue),
            CAPNamedValue(valueName: "TOCSIN-REASON", value: warning.reason.rawValue),
        ]
        if let arrival = warning.arrival {
            parameters.append(CAPNamedValue(valueName: "TOCSIN-EARLIEST", value: CAPTime.text(arrival.earliest)))
            parameters.append(CAPNamedValue(valueName: "TOCSIN-LIKELY", value: CAPTime.text(arrival.likely)))
            parameters.append(CAPNamedValue(valueName: "TOCSIN-LATEST", value: CAPTime.text(arrival.latest)))
        }
        if let course = warning.course {
            parameters.append(CAPNamedValue(valueName: "TOCSIN-COURSE", value: course.rawValue))
        }
        return parameters
    }

    private var capArea: CAPArea {
        let code = PlainText.token(area.id.rawValue, fallback: "area")
        return CAPArea(
            areaDesc: areaName, polygon: area.polygons.compactMap(CAPPolygon.text),
            geocode: [CAPNamedValue(valueName: "TOCSIN-AREA", value: code)])
    }
}
