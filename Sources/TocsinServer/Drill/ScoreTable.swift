internal import Foundation
package import TocsinDrill
internal import TocsinModel

/// A score as text for people.
package struct ScoreTable {
    private let score: Score

    package init(_ score: Score) { self.score = score }

    package var text: String {
        (summary + [""] + policies + [""] + losses + [""] + rest + classes).joined(separator: "\n") + "\n"
    }

    private var summary: [String] {
        let tocsin = score.policies.first
        return [
            "\(score.objects) objects, \(score.ends) came down, \(score.arrivals) near people, "
                + "\(tocsin?.warnable.arrivals ?? 0) of these sensed early enough to warn"
        ]
    }

    private var policies: [String] {
        let head = row(
            "policy", "warned in time", "by people", "of all", "person-hours", "needless", "of region-wide", "alarms")
        let base = score.policies.first { $0.name == "region-wide" }?.personHours ?? 0
        return [head]
            + score.policies.map { policy in
                let ratio = policy.personHours > 0 && base > 0 ? "1/" + number(base / policy.personHours, 1) : "-"
                return row(
                    policy.name, share(policy.warnable.byArrival), share(policy.warnable.byPeople),
                    share(policy.all.byArrival), number(policy.personHours, 0), number(policy.needlessPersonHours, 0),
                    ratio, String(policy.alarms))
            }
    }

    private func row(_ name: String, _ values: String...) -> String {
        let padded = zip(values, [16, 11, 8, 14, 12, 16, 8]).map { value, width in
            String(repeating: " ", count: max(1, width - value.count)) + value
        }
        return name + String(repeating: " ", count: max(0, 13 - name.count)) + padded.joined()
    }

    /// Where warnings were lost on their way, and what the sensors and the tracker have to do with it.
    private var losses: [String] {
        let losses = score.losses
        let warned = losses[.warned].arrivals
        let head = lossRow("arrivals near people", "arrivals", "people")
        let parts = losses.parts.map { lossRow($0.stage.words, number($0.arrivals, 2), number($0.people, 0)) }
        let perfect =
            "on a perfect feed: \(number(losses.warnedByPerfectFeed, 2)) warned in time, "
            + "\(number(losses.warnableByPerfectFeed, 2)) warnable"
        let sensing =
            "loss from sensing and tracking: \(number(losses.lostBySensingAndTracking, 2)) "
            + "(\(number(losses.warnedByPerfectFeed, 2)) on a perfect feed - \(number(warned, 2)) on the sensors)"
        let forecasting =
            "loss from forecasting: \(number(losses.lostByForecasting, 2)), "
            + "\(share(losses.forecastingShare)) of the warnable on a perfect feed"
        let tooSoon =
            losses.tooSoonForAnybody > 0 ? ["too soon for anybody: \(number(losses.tooSoonForAnybody, 2))"] : []
        return [head] + parts + [perfect, sensing, forecasting] + tooSoon
    }

    private func lossRow(_ name: String, _ values: String...) -> String {
        let padded = values.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        return name + String(repeating: " ", count: max(0, 30 - name.count)) + padded.joined()
    }

    private var rest: [String] {
        let statements = score.statements
        let tracking = score.tracking
        return [
            "stated earliest before true arrival: \(share(statements.earliestBeforeTrue)) of \(statements.count) "
                + "statements, on average \(number(statements.meanGapSeconds, 0)) s before it",
            "warnings: \(score.warningsRaised) raised, \(score.warningsEnded) ended",
            "objects tracked: \(tracking.objectsTracked) of \(tracking.objectsSensed) sensed, "
                + "\(share(tracking.timeTrackedShare)) of their time, "
                + "confirmed after \(number(tracking.meanConfirmationSeconds, 1)) s on average",
            "tracks confirmed: \(tracking.confirmedTracks), of these false: \(tracking.falseTracks)",
        ]
    }

    /// The confusion matrix, a line for each class that flew.
    private var classes: [String] {
        ["named right a minute after confirmation: \(share(score.classes.rightShare))"]
            + score.classes.rows.map { row in
                let named = zip(ObjectClass.allCases, row.named).filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
                let unjudged = row.unjudged > 0 ? ["\(row.unjudged) not followed so long"] : []
                return "  \(row.objectClass.rawValue) taken for: " + (named + unjudged).joined(separator: ", ")
            }
    }

    private func share(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }

    private func number(_ value: Double?, _ digits: Int) -> String {
        value.map { String(format: "%.\(digits)f", $0) } ?? "-"
    }
}

extension LossStage {
    /// The stage for people.
    package var words: String {
        switch self {
        case .neverSensed: "never sensed"
        case .sensedTooLate: "sensed too late"
        case .notFollowed: "sensed and not followed"
        case .notWarned: "followed and not warned"
        case .warned: "warned in time"
        }
    }
}
