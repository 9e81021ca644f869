internal import TocsinDrill
internal import TocsinModel
internal import TocsinPipeline

/// A night's report as text for people.
package struct NightReportText {
    private let report: NightReport
    private let totals: NightTotals

    package init(_ report: NightReport) {
        self.report = report
        totals = NightTotals(report)
    }

    package var text: String {
        (sentences + table + withheld).joined(separator: "\n") + "\n"
    }

    /// What happened, one statement a line; the page begins with the same.
    var sentences: [String] {
        [night] + difference + damage + [flew, warned, came, needless] + truth + unknown
    }

    private var night: String {
        let areas = "\(report.areas.count) areas"
        guard let span = report.span else { return "\(report.system): nothing was recorded; \(areas)." }
        let length = PlainFigure.duration(seconds: span.to.seconds(since: span.from))
        let exercise = report.nights.contains { !$0.exercise } ? "" : " EXERCISE."
        return "\(report.system): \(span.from.iso8601) to \(span.to.iso8601) (\(length)), \(report.inputs) inputs, "
            + "\(areas).\(report.nights.isEmpty ? "" : exercise)"
    }

    private var difference: [String] {
        guard let first = report.firstDifference else { return [] }
        return [
            "NOT WHAT PEOPLE WERE TOLD: from input \(first) on this version decides otherwise than was recorded. Report "
                + "the night with the version that recorded it."
        ]
    }

    private var damage: [String] {
        report.damage.map { "The journal is damaged; what is missing there is not in this report: \($0)." }
    }

    private var flew: String {
        let others = "\(report.otherTracks) other confirmed tracks"
        guard !report.threats.isEmpty else { return "Flew: no threat was followed; \(others)." }
        let classes = ObjectClass.allCases.compactMap { objectClass -> String? in
            let count = report.threats.count { $0.objectClass == objectClass }
            return count == 0 ? nil : "\(count) taken for \(PlainFigure.words(objectClass.rawValue))"
        }
        return "Flew: \(report.threats.count) threats were followed (\(classes.joined(separator: ", "))); \(others)."
    }

    private var warned: String {
        guard totals.alarms > 0 || totals.areasOnlyWatched > 0 else { return "Warned: nobody." }
        return "Warned: \(totals.alarms) alarm\(totals.alarms == 1 ? "" : "s") in \(totals.areasAlarmed) of "
            + "\(totals.areas) areas, "
            + "\(Int(totals.personHours.rounded())) person-hours; \(totals.areasOnlyWatched) areas only watched."
    }

    private var came: String {
        let what = report.truth == nil ? "followed threats near areas" : "arrivals near people, by the truth"
        guard totals.comings > 0 else { return "Came: no \(what)." }
        let late = totals.comings - totals.comingsInTime - totals.comingsUnwarned
        return "Came: \(totals.comings) \(what); told in time \(totals.comingsInTime), late \(late), not at all "
            + "\(totals.comingsUnwarned)."
    }

    private var needless: String {
        let flownOver =
            totals.areasFlownOver == 0
            ? ""
            : " Alarmed, and only flown over: \(totals.areasFlownOver) areas "
                + "(\(Int(totals.flownOverPersonHours.rounded())) person-hours)."
        guard totals.areasAlarmedForNothing > 0 else { return "Alarmed for nothing: no area." + flownOver }
        return "Alarmed for nothing: \(totals.areasAlarmedForNothing) areas, near which nothing was followed or came "
            + "down (\(Int(totals.needlessPersonHours.rounded())) person-hours)." + flownOver
    }

    private var truth: [String] {
        guard let truth = report.truth else { return [] }
        let ends = truth.ends
        var lines = [
            "Truth: \(truth.objects.count) objects, \(ends.count) came down"
                + (totals.arrivalsInTime.map { "; warned in time \(Self.share($0)) of the arrivals" } ?? "")
                + (totals.warnableArrivalsInTime.map { ", \(Self.share($0)) of those sensed early enough" } ?? "") + "."
        ]
        let unseen = ends.filter { $0.sight != .followed }
        lines.append(unseen.isEmpty ? "Came unseen: nothing." : "Came unseen: \(unseen.count).")
        lines += unseen.map { "  " + words($0) }
        return lines
    }

    /// `12:03:20  attack drone 7, 4.2 km from Town 3: no sensor ever noticed it`
    private func words(_ object: NightTruth.Object) -> String {
        "\(PlainFigure.clock(object.end.at))  \(PlainFigure.words(object.objectClass.rawValue)) \(object.number), "
            + "\(report.place(of: object.end.point)): \(object.sight.words)"
    }

    private var unknown: [String] {
        if report.truth != nil { return [] }
        return [
            "Not knowable from a journal: what no sensor noticed, and where what was followed came down, unless that was "
                + "reported. A drill's truth (--truth) tells."
        ]
    }

    // MARK: Tables

    /// The areas where something came; all others are on the page and in the table of ``NightReportTable``.
    private var table: [String] {
        let nights = report.nights.compactMap { night in night.firstComing.map { (night: night, first: $0) } }
            .sorted { ($0.first.at, $0.night.area.id) < ($1.first.at, $1.night.area.id) }
        guard !nights.isEmpty else { return [] }
        let width = max(4, nights.map { $0.night.area.name.count }.max() ?? 4)
        func row(_ name: String, _ values: [String]) -> String {
            name + String(repeating: " ", count: max(0, width - name.count))
                + values.map { String(repeating: " ", count: max(2, 16 - $0.count)) + $0 }.joined()
        }
        return ["", row("area", ["take shelter", "first came", "told before", "needed", "result"])]
            + nights.map { night, first in
                row(
                    night.area.name,
                    [
                        night.alarms.first.map { PlainFigure.clock($0.from) } ?? "-",
                        PlainFigure.clock(first.at),
                        first.warnedSeconds.map { "\(Int($0.rounded())) s" } ?? "-",
                        "\(Int(night.secondsNeeded)) s", night.verdict?.words ?? "-",
                    ])
            }
    }

    /// How often threats did not raise a warning, by reason; each area and track once.
    var refusals: [String] {
        NotWarnedReason.allCases.compactMap { reason in
            let count = report.withheld.count { $0.reason == reason }
            return count == 0 ? nil : "\(count) x \(reason.operatorWords)"
        }
    }

    private var withheld: [String] {
        refusals.isEmpty ? [] : ["", "Decisions not to warn:"] + refusals.map { "  " + $0 }
    }

    private static func share(_ value: Double) -> String {
        let thousandths = Int((value * 1_000).rounded())
        let digits = String(thousandths % 1_000)
        return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension AreaNight.Verdict {
    var words: String {
        switch self {
        case .cameUnwarned: "came unwarned"
        case .warnedLate: "warned late"
        case .warnedInTime: "warned in time"
        case .flownOver: "flown over"
        case .alarmedForNothing: "alarmed for nothing"
        case .watchedOnly: "watched only"
        }
    }
}

extension NightTruth.Sight {
    var words: String {
        switch self {
        case .neverSensed: "no sensor ever noticed it"
        case .notFollowed: "noticed by sensors, but not followed when it came"
        case .followed: "followed"
        }
    }
}

extension TrackEndReason {
    var operatorWords: String {
        switch self {
        case .lost: "lost: no report for too long"
        case .improbable: "improbable: expected reports did not come"
        case .merged: "the same object as an older track"
        case .landed: "came down"
        }
    }
}
