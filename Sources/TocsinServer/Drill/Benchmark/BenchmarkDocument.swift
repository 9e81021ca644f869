package import TocsinDrill

/// Everything that one call of `tocsin drill --score` found: what `--json` prints and the report shows.
package struct BenchmarkDocument: Sendable, Codable {
    package var country: Country
    /// The flights and the feed as they were drawn; `nil` for raids made elsewhere.
    package var variant: Variant?
    package var sets: [RaidSet]

    package struct Country: Sendable, Codable {
        package var name: String
        package var areas: Int
        package var regions: Int
        package var people: Double
        package var squareKilometers: Double

        package init(_ country: BenchmarkCountry, name: String) {
            self.name = name
            areas = country.areas.count
            regions = country.regions.count
            people = country.population
            squareKilometers = country.surface / 1e6
        }
    }

    package struct Variant: Sendable, Codable {
        package var losses: Double
        package var agility: Double

        package init(losses: Double, agility: Double) {
            self.losses = losses
            self.agility = agility
        }

        var isAsFitted: Bool { losses == 1 && agility == 1 }
    }

    /// Raids that were drawn by one rule, scored together.
    package struct RaidSet: Sendable, Codable {
        package var name: String
        /// Empty for raids made elsewhere.
        package var seeds: [UInt64]
        package var score: BenchmarkScore

        package init(name: String, seeds: [UInt64], score: BenchmarkScore) {
            self.name = name
            self.seeds = seeds
            self.score = score
        }
    }

    package init(country: Country, variant: Variant?, sets: [RaidSet]) {
        self.country = country
        self.variant = variant
        self.sets = sets
    }

    /// Policies whose hits in the first two sets have intervals that do not meet: guard 1. Run, then policy.
    package var disagreements: [String] {
        guard sets.count == 2 else { return [] }
        return zip(sets[0].score.runs, sets[1].score.runs).flatMap { first, second in
            zip(first.policies, second.policies).compactMap { one, other in
                guard let left = Self.interval(one, first), let right = Self.interval(other, second),
                    left.high < right.low || right.high < left.low
                else { return nil }
                return "\(first.name), \(one.name)"
            }
        }
    }

    /// Draws of raids without a single miss (or hit) have no spread, and yet n of n leave up to 3 / n open (Hanley and
    /// Lippman-Hand, "If Nothing Goes Wrong, Is Everything All Right?", JAMA 249, 1983).
    private static func interval(
        _ policy: BenchmarkScore.PolicyRow, _ run: BenchmarkScore.Run
    ) -> BenchmarkScore.Interval? {
        guard var interval = policy.hits.byArrivalInterval else { return nil }
        guard interval.low == interval.high else { return interval }
        let open = 3 / Double(max(1, run.exposed.arrivals))
        interval.low -= open
        interval.high += open
        return interval
    }
}
