internal import Foundation
internal import TocsinDrill

/// A score of the benchmark as text for people.
package struct BenchmarkText {
    private let document: BenchmarkDocument

    package init(_ document: BenchmarkDocument) { self.document = document }

    package var text: String {
        let country = document.country
        var lines = [
            "\(country.name): \(country.areas) areas, \(number(country.people / 1e6, 1)) M people, "
                + "\(country.regions) regions, \(number(country.squareKilometers, 0)) km2"
        ]
        if let variant = document.variant, variant.losses != 1 || variant.agility != 1 {
            lines.append("losses x \(number(variant.losses, 1)), agility x \(number(variant.agility, 1))")
        }
        for set in document.sets { lines += self.set(set) }
        if document.sets.count == 2 {
            lines += [""]
            lines +=
                document.disagreements.isEmpty
                ? ["the two sets agree: hits of every policy have intervals that meet"]
                : document.disagreements.map { "the two sets disagree: \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func set(_ set: BenchmarkDocument.RaidSet) -> [String] {
        let seeds = set.seeds.first.map { first in ", seeds \(first) ... \(set.seeds.last ?? first)" } ?? ""
        var lines = ["", "\(set.name): \(set.score.raids) raids\(seeds)"]
        for run in set.score.runs { lines += self.run(run) }
        if let calibration = set.score.calibration { lines += CalibrationText(calibration).lines }
        return lines
    }

    private func run(_ run: BenchmarkScore.Run) -> [String] {
        let exposed = run.exposed
        let late = exposed.exposed > 0 ? exposed.sensedTooLate / exposed.exposed * 100 : 0
        let head = row(
            "policy", ["person-hours", "of P0", "by arrival", "90 % interval", "by people", "of all", "alarms", "lead"])
        let lines = [
            "",
            "\(run.name): \(exposed.arrivals) arrivals near people; sensed too late to be warned of by anything that "
                + "follows tracks: \(number(late, 1)) % of the exposed people",
            head,
        ]
        return lines + run.policies.map { row($0) } + [""] + guards(run) + operating(run)
    }

    private func row(_ policy: BenchmarkScore.PolicyRow) -> String {
        let interval = policy.hits.byArrivalInterval.map { "\(number($0.low, 3))-\(number($0.high, 3))" } ?? "-"
        return row(
            policy.name,
            [
                number(policy.personHours / 1e6, 2) + " M", policy.fraction.map { "1/" + number($0, 1) } ?? "-",
                number(policy.hits.byArrival, 3), interval, number(policy.hits.byPeople, 3),
                number(policy.hits.allByArrival, 3), number(policy.alarmsPerPerson, 2),
                policy.medianLeadSeconds.map { number($0, 0) + " s" } ?? "-",
            ])
    }

    private func row(_ name: String, _ values: [String]) -> String {
        let padded = zip(values, [13, 9, 12, 15, 11, 8, 8, 8]).map { value, width in
            String(repeating: " ", count: max(1, width - value.count)) + value
        }
        return name + String(repeating: " ", count: max(0, 34 - name.count)) + padded.joined()
    }

    /// Guard 2, for what warns by forecast.
    private func guards(_ run: BenchmarkScore.Run) -> [String] {
        run.policies.filter { $0.policy.isForecast }.map { policy in
            let parts = policy.differences.map { part in
                "\(part.group) \(number(part.difference, 3)) (>= \(number(part.lowerBound, 3)))"
            }
            return "hits minus P0's, 95 % lower bound: \(policy.name): " + parts.joined(separator: ", ")
        }
    }

    /// What the points that were chosen beforehand reached.
    private func operating(_ run: BenchmarkScore.Run) -> [String] {
        guard let shelter = run.secondsToShelter else { return [] }
        let points = [
            ("operating point", BenchmarkPolicy.operating(secondsToShelter: shelter)),
            ("sparing point", BenchmarkPolicy.sparing),
        ]
        return points.compactMap { name, policy in
            guard let row = run.policies.first(where: { $0.policy == policy }) else { return nil }
            let failed = row.failures(asFitted: document.variant?.isAsFitted ?? true).map(\.group)
            let verdict =
                failed.isEmpty ? "guard 2 holds" : "guard 2 does not hold for \(failed.joined(separator: ", "))"
            return "\(name), chosen on other raids: \(row.name): 1/\(number(row.fraction, 1)) of P0 at hits "
                + "\(number(row.hits.byArrival, 4)) (P0 \(number(run.policies.first?.hits.byArrival, 4))); \(verdict)"
        }
    }

    private func number(_ value: Double?, _ digits: Int) -> String {
        value.map { String(format: "%.\(digits)f", $0) } ?? "-"
    }
}

/// Guards 3 and 4 as text.
private struct CalibrationText {
    let calibration: Calibration

    init(_ calibration: Calibration) { self.calibration = calibration }

    var lines: [String] {
        var lines: [String] = []
        for (horizon, table) in zip(Calibration.horizons, calibration.tables) { lines += self.table(table, horizon) }
        lines.append("")
        for (span, earliest) in zip(Calibration.spans, calibration.earliest) {
            lines.append(self.earliest(span, earliest))
        }
        return lines
    }

    private func table(_ table: Calibration.Table, _ horizon: Double) -> [String] {
        let skill = table.skill.map { String(format: "%.3f", $0) } ?? "-"
        let head = [
            "",
            "\(Int(horizon)) s ahead: \(table.pairs) pairs by geometry, \(table.came) came, Brier skill \(skill)",
            "      stated from      pairs   mean stated   share that came",
        ]
        return head + zip(Calibration.edges, table.bins).compactMap { bin($0, $1) }
    }

    private func bin(_ edge: Double, _ bin: Calibration.Bin) -> String? {
        guard bin.pairs > 0 else { return nil }
        let count = Double(bin.pairs)
        return String(
            format: "%17.5f %10d %13.5f %17.5f", edge, bin.pairs, bin.stated / count, Double(bin.came) / count)
    }

    private func earliest(_ span: Double, _ earliest: Calibration.Earliest) -> String {
        let share = earliest.share.map { String(format: "%.3f", $0) } ?? "-"
        let gap = earliest.meanGapSeconds.map { String(format: "%.0f", $0) } ?? "-"
        return "stated earliest before the true passage, at most \(Int(span)) s ahead: \(share) of \(earliest.count), "
            + "on average \(gap) s before it"
    }
}
