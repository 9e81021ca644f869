internal import TocsinModel

/// The raid benchmark: how good a policy of warning is (Docs/raid-benchmark.md).
package struct Benchmark: Sendable {
    package let country: BenchmarkCountry
    /// The first is what all others are compared with.
    package let policies: [BenchmarkPolicy]
    package let runs: [ShelterRun]
    /// The leads that a forecaster is asked for; ascending.
    package let leads: [Double]
    let grid: DiscGrid
    let regions: WarnedRegions
    let squares: [(side: Double, regions: WarnedRegions)]
    /// Policies whose alarms are the same in all runs stand here once.
    let rows: [Row]
    let longestReachLead: Double

    struct Row: Hashable {
        var policy: BenchmarkPolicy
        var run: ShelterRun
    }

    package init(country: BenchmarkCountry, policies: [BenchmarkPolicy], runs: [ShelterRun]) {
        self.country = country
        self.policies = policies
        self.runs = runs
        grid = DiscGrid(country.areas.map { ($0.center, $0.radiusMeters) })
        regions = WarnedRegions(regionsOf: country)
        squares = policies.compactMap { policy in
            guard case .squares(let side) = policy else { return nil }
            return (side, WarnedRegions(squaresOf: country, side: side))
        }
        rows = policies.flatMap { policy in
            policy.dependsOnShelter
                ? runs.map { Row(policy: policy, run: $0) } : runs.prefix(1).map { Row(policy: policy, run: $0) }
        }
        leads = Self.leads(of: policies, runs: runs)
        longestReachLead = policies.filter { !$0.isForecast }.compactMap(\.marginSeconds).reduce(0) { longest, margin in
            max(longest, runs.flatMap { $0.leads(marginSeconds: margin) }.max() ?? 0)
        }
    }

    private static func leads(of policies: [BenchmarkPolicy], runs: [ShelterRun]) -> [Double] {
        let margins = Set(policies.filter(\.isForecast).compactMap(\.marginSeconds))
        let wanted = margins.flatMap { margin in runs.flatMap { Set($0.leads(marginSeconds: margin)) } }
        return Set(wanted + Calibration.horizons + [Calibration.horizonSeconds]).sorted()
    }

    /// The row of ``rows`` that a policy has in a run.
    func row(policy: Int, run: Int) -> Int {
        let before = policies[..<policy].reduce(0) { $0 + ($1.dependsOnShelter ? runs.count : 1) }
        return before + (policies[policy].dependsOnShelter ? run : 0)
    }

    /// Sends one raid through all policies.
    ///
    /// - Parameter forecaster: as it is at the beginning of a raid; without one, policies of forecasts never warn.
    package func result(of raid: RaidRecord, forecaster: (any RaidForecaster)?) -> RaidResult {
        var trial = RaidTrial(of: raid, in: self)
        return trial.result(of: forecaster)
    }
}
