/// What all raids say together. Sums over raids; intervals by drawing raids again.
package struct BenchmarkScore: Sendable, Codable {
    package let raids: Int
    package let people: Double
    package let runs: [Run]
    /// `nil` without a forecaster.
    package let calibration: Calibration?

    /// One value of seconds to shelter.
    package struct Run: Sendable, Codable {
        package let name: String
        /// Of all areas; `nil` where they differ.
        package let secondsToShelter: Double?
        package let exposed: RaidResult.People
        package let policies: [PolicyRow]
    }

    /// One policy in one run.
    package struct PolicyRow: Sendable, Codable {
        package let name: String
        package let policy: BenchmarkPolicy
        /// Of one raid.
        package let personHours: Double
        /// Person-hours of the first policy / those of this one; `nil` where there is no alarm.
        package let fraction: Double?
        /// 5 % and 95 % points over raids drawn again.
        package let fractionInterval: Interval?
        package let hits: Hits
        package let alarmsPerPerson: Double
        /// From the beginning of the alarm to the arrival, half of the hits above; `nil` without hits.
        package let medianLeadSeconds: Double?
        /// Against the first policy, group by group.
        package let differences: [Difference]

        /// Guard 2: the groups that lose too much. Flights or losses that the forecast was not fitted to may lose
        /// 0.02; else the lower bound must be at least -0.005.
        package func failures(asFitted: Bool) -> [Difference] {
            differences.filter { asFitted ? ($0.lowerBound ?? 0) < -0.005 : ($0.difference ?? 0) < -0.02 }
        }
    }

    package struct Hits: Sendable, Codable {
        package let byArrival: Double?
        package let byArrivalInterval: Interval?
        package let byPeople: Double?
        package let allByArrival: Double?
        package let allByPeople: Double?
    }

    package struct Interval: Hashable, Sendable, Codable {
        package var low: Double
        package var high: Double
    }

    /// Hits of the policy - hits of the first policy on the same raids, over warnable arrivals, by arrival.
    package struct Difference: Sendable, Codable {
        package let group: String
        package let hits: Double?
        package let difference: Double?
        /// 95 % of draws lie above; `nil` where the group has no arrival.
        package let lowerBound: Double?
    }

    /// - Parameter results: by raid; at least one.
    package init(of results: [RaidResult], in benchmark: Benchmark) {
        let bootstrap = Bootstrap(raids: results.count)
        raids = results.count
        people = benchmark.country.population
        runs = benchmark.runs.indices.map { run in
            var exposed = RaidResult.People()
            for result in results { exposed += result.people[run] }
            let base = results.map { $0.tallies[run][0] }
            let rows = benchmark.policies.indices.map { policy in
                PolicyRow(
                    benchmark.policies[policy], results.map { $0.tallies[run][policy] }, base: base,
                    bootstrap: bootstrap, people: benchmark.country.population)
            }
            let shelter = Set(benchmark.runs[run].secondsToShelter)
            return Run(
                name: benchmark.runs[run].name, secondsToShelter: shelter.count == 1 ? shelter.first : nil,
                exposed: exposed, policies: rows)
        }
        var sum = Calibration()
        var isCalibrated = false
        for calibration in results.compactMap(\.calibration) {
            sum += calibration
            isCalibrated = true
        }
        calibration = isCalibrated ? sum : nil
    }
}

extension BenchmarkScore.PolicyRow {
    init(
        _ policy: BenchmarkPolicy, _ tallies: [RaidTally], base: [RaidTally], bootstrap: Bootstrap, people: Double
    ) {
        name = policy.name
        self.policy = policy
        let hours = tallies.map(\.personHours)
        let baseHours = base.map(\.personHours)
        let total = hours.reduce(0, +)
        let count = Double(max(1, tallies.count))
        personHours = total / count
        fraction = total > 0 ? baseHours.reduce(0, +) / total : nil
        fractionInterval = bootstrap.interval { draw in
            let sum = draw.reduce(0) { $0 + hours[$1] }
            return sum > 0 ? draw.reduce(0) { $0 + baseHours[$1] } / sum : nil
        }
        alarmsPerPerson = tallies.reduce(0) { $0 + $1.peopleAlarmed } / people / count
        hits = BenchmarkScore.Hits(tallies, bootstrap: bootstrap)
        medianLeadSeconds = Self.median(tallies.flatMap(\.leads))
        differences = Self.groups.map { group in
            BenchmarkScore.Difference(
                group: group.name, tallies.map(group.share), base: base.map(group.share), bootstrap: bootstrap)
        }
    }

    /// Guard 2: everything, by class, and by size of the town.
    private static var groups: [(name: String, share: (RaidTally) -> Share)] {
        [("all", { $0.byArrival }), ("drones", { $0.byClass[0] }), ("missiles", { $0.byClass[1] })]
            + TownSize.allCases.map { size in ("towns \(size.rawValue)", { $0.bySize[size.position] }) }
    }

    private static func median(_ leads: [RaidTally.Lead]) -> Double? {
        let half = leads.reduce(0) { $0 + $1.weight } / 2
        var sum = 0.0
        return leads.sorted { $0.seconds < $1.seconds }.first { lead in
            sum += lead.weight
            return sum >= half
        }?.seconds
    }
}

extension BenchmarkScore.Hits {
    init(_ tallies: [RaidTally], bootstrap: Bootstrap) {
        func share(_ part: (RaidTally) -> Share) -> Double? {
            tallies.reduce(into: Share()) { $0 += part($1) }.value
        }
        byArrival = share(\.byArrival)
        byPeople = share(\.byPeople)
        allByArrival = share(\.allByArrival)
        allByPeople = share(\.allByPeople)
        let shares = tallies.map(\.byArrival)
        byArrivalInterval = bootstrap.interval { Bootstrap.share(shares, $0) }
    }
}

extension BenchmarkScore.Difference {
    init(group: String, _ shares: [Share], base: [Share], bootstrap: Bootstrap) {
        self.group = group
        let everyRaid = Array(shares.indices)
        hits = Bootstrap.share(shares, everyRaid)
        difference = Bootstrap.difference(shares, base, everyRaid)
        lowerBound = bootstrap.interval { Bootstrap.difference(shares, base, $0) }?.low
    }
}
