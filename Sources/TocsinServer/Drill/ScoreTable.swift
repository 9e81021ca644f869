internal import Foundation
package import TocsinDrill
internal import TocsinModel

/// A score as text for people.
package struct ScoreTable {
    private let score: Score

    package init(_ score: Score) { self.score = score }

    package var text: String {
        (summary + [""] + policies + [""] + rest + classes).joined(separator: "\n") + "\n"
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
