import Foundation
import Testing
import TocsinDrill
import TocsinForecast
import TocsinModel
import TocsinTestKit

/// Raids of the benchmark, over a made-up country and on seeds that nothing was fitted to: what is stated comes true.
struct CalibrationTests {
    private static let towns = MadeUpTown.lattice.map {
        BenchmarkTown(point: $0.point, population: $0.population, region: $0.region)
    }

    private struct Adapter: RaidForecaster {
        var forecaster: FlatForecaster

        mutating func forecast(_ track: RaidTrack, at now: Double, into forecasts: inout RaidForecasts) {
            let known = forecaster.lastObserved(track.object) ?? -.infinity
            for update in track.updates where update.at > known {
                forecaster.observe(
                    track.object, at: update.at, position: update.position, velocity: update.velocity,
                    errors: CourseFilter.Errors(position: 300, velocity: 5))
            }
            for row in forecaster.forecast(track.object, as: track.objectClass, at: now, leads: forecasts.leads) {
                forecasts.append(area: row.disc, earliest: row.earliest, probabilities: row.probabilities)
            }
        }
    }

    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func statedProbabilitiesComeTrueDownToAFewInAThousand() throws {
        let country = try #require(BenchmarkCountry(towns: Self.towns))
        let benchmark = Benchmark(
            country: country, policies: [.regions, .reach(halfAngleDegrees: 180, marginSeconds: 35)],
            runs: ShelterRun.standard(areaCount: country.areas.count))
        let forecaster = FlatForecaster(
            discs: country.areas.map { ($0.center, $0.radiusMeters) }, motion: .standard)
        let generator = RaidGenerator(over: country, settings: .standard)
        var sum = Calibration()
        for seed in BenchmarkSeeds.fixed(16) {
            let result = benchmark.result(
                of: generator.raid(seed: seed), forecaster: Adapter(forecaster: forecaster))
            if let calibration = result.calibration { sum += calibration }
        }
        for (horizon, table) in zip(Calibration.horizons, sum.tables) {
            #expect((table.skill ?? 0) > 0.4, "\(horizon) s: \(String(describing: table.skill))")
            for (edge, bin) in zip(Calibration.edges, table.bins) where edge >= 0.003 && bin.came >= 20 {
                // A factor of 1.5, and two standard errors of the count; pairs of one flight come together.
                let ratio = Double(bin.came) / bin.stated
                let error = 2 * (1 + 4 / Double(bin.came)).squareRoot() * (4 / Double(bin.came)).squareRoot()
                #expect(
                    ratio < 1.5 * (1 + error) && ratio > 1 / (1.5 * (1 + error)),
                    "\(horizon) s, stated from \(edge): \(bin.came) came, \(bin.stated) stated")
            }
        }
        // 95 % over the real country of the benchmark; over this made-up one a little less.
        let earliest = sum.earliest[2]
        #expect((earliest.share ?? 0) >= 0.93 && (earliest.meanGapSeconds ?? 100) < 35)
        print("skill \(sum.tables.map { $0.skill ?? 0 }), earliest \(earliest)")
    }
}
