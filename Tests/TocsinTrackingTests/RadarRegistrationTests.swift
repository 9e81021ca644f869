import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

@Suite struct RadarRegistrationTests {
    static let degree = Double.pi / 180

    struct Bias: CustomTestStringConvertible {
        var range: Double
        var azimuth: Double
        var testDescription: String { "\(range) m, \(azimuth) deg" }
    }

    private struct Aircraft {
        var east: Double
        var north: Double
        var heading: Double
        var latency: Double
        var lies: Bool
    }

    static let biases = [
        Bias(range: 85, azimuth: 0.35), Bias(range: 0, azimuth: 0), Bias(range: -120, azimuth: -0.2),
        Bias(range: 0, azimuth: 0.15), Bias(range: 40, azimuth: 0),
    ]

    /// 20 aircraft with latencies of their own, 3 % outliers and one that lies by 900 m; a turn of 4 s, ten minutes.
    static func run(
        _ bias: Bias, seed: UInt64
    ) -> (registration: RadarRegistration, events: [SensorEvent], end: Instant) {
        var random = SeededGenerator(seed: seed)
        var registration = RadarRegistration(radar: SensorID("radar"))
        var events: [SensorEvent] = []
        var fleet = (0..<20).map { index in
            Aircraft(
                east: random.uniform(in: -90_000...90_000), north: random.uniform(in: -90_000...90_000),
                heading: random.uniform(in: 0...6.28), latency: 0.05 * random.normal(), lies: index == 7)
        }
        let end = 600
        for second in stride(from: 0, to: end, by: 4) {
            let at = Flight.epoch.advanced(bySeconds: Double(second))
            for index in fleet.indices {
                fleet[index].east += 4 * 220 * sin(fleet[index].heading)
                fleet[index].north += 4 * 220 * cos(fleet[index].heading)
                let aircraft = fleet[index]
                let late = 220 * aircraft.latency + (aircraft.lies ? 900 : 0)
                let (range, azimuth) = polar(aircraft.east, aircraft.north)
                let (claimedRange, claimedAzimuth) = polar(
                    aircraft.east + late * sin(aircraft.heading) + 10 * random.normal(),
                    aircraft.north + late * cos(aircraft.heading) + 10 * random.normal())
                let isOutlier = random.happens(withProbability: 0.03)
                let sample = RadarRegistration.Sample(
                    aircraft: AircraftAddress(UInt32(100 + index)), at: at,
                    measuredSlantRange: range + bias.range + 30 * random.normal()
                        + (isOutlier ? 2_000 * random.normal() : 0),
                    predictedSlantRange: claimedRange,
                    measuredAzimuth: azimuth + (bias.azimuth + 0.08 * random.normal() + (isOutlier ? 3 : 0)) * degree,
                    predictedAzimuth: claimedAzimuth, slantRangeVariance: 30 * 30 + 10 * 10,
                    azimuthVariance: pow(0.08 * degree, 2) + pow(10 / claimedRange, 2))
                if let event = registration.observe(sample) { events.append(event) }
            }
        }
        return (registration, events, Flight.epoch.advanced(bySeconds: Double(end)))
    }

    private static func polar(_ east: Double, _ north: Double) -> (range: Double, azimuth: Double) {
        ((east * east + north * north + 8_000 * 8_000).squareRoot(), atan2(east, north))
    }

    @Test(arguments: biases) func knownBiasesAreFoundAndZeroIsLeftAlone(bias: Bias) throws {
        var worst = (range: 0.0, azimuth: 0.0)
        for seed in 1...10 {
            let (registration, events, end) = Self.run(bias, seed: UInt64(seed))
            let range = try #require(registration.slantRangeBias(at: end))
            let azimuth = try #require(registration.azimuthBias(at: end))
            worst.range = max(worst.range, abs(range.value - bias.range))
            worst.azimuth = max(worst.azimuth, abs(azimuth.value / Self.degree - bias.azimuth))
            #expect((registration.correction.slantRange != 0) == (bias.range != 0))
            #expect((registration.correction.azimuth != 0) == (bias.azimuth != 0))
            #expect(events.isEmpty == (registration.correction == .none))
        }
        print("registration", bias.testDescription, "worst of 10:", worst.range, "m", worst.azimuth, "deg")
        #expect(worst.range < 10)
        #expect(worst.azimuth < 0.02)
    }

    /// The stated variance is that of the error: the mean normalized square lies near 1 over 60 radars.
    @Test func statedVarianceIsHonest() throws {
        var sums = (range: 0.0, azimuth: 0.0)
        for seed in 100..<160 {
            let (registration, _, end) = Self.run(Bias(range: 60, azimuth: 0.1), seed: UInt64(seed))
            let range = try #require(registration.slantRangeBias(at: end))
            let azimuth = try #require(registration.azimuthBias(at: end))
            sums.range += pow(range.value - 60, 2) / range.variance
            sums.azimuth += pow(azimuth.value - 0.1 * Self.degree, 2) / azimuth.variance
        }
        print("registration, normalized square error: range", sums.range / 60, "azimuth", sums.azimuth / 60)
        #expect(sums.range / 60 < 1.5 && sums.range / 60 > 0.1)
        #expect(sums.azimuth / 60 < 1.5 && sums.azimuth / 60 > 0.1)
    }

    /// Twelve sources of which five agree on a lie; then the truth steps, as after work on a radar.
    @Test func consensusOutvotesLiarsAndFollowsAStep() throws {
        var random = SeededGenerator(seed: 11)
        var consensus = SourceConsensus(wander: 0.007, sourceVariance: 100, lifetime: 1_800)
        func run(truth: Double, from first: Int, samples: Int) throws -> Double {
            for sample in first..<first + samples {
                let at = Flight.epoch.advanced(bySeconds: 4 * Double(sample))
                for source in 0..<12 {
                    let offset = source < 5 ? 400.0 : 0
                    consensus.observe(
                        truth + offset + 30 * random.normal(), variance: 900, from: UInt64(source), at: at)
                }
            }
            let end = Flight.epoch.advanced(bySeconds: 4 * Double(first + samples))
            return try #require(consensus.estimate(at: end)).value
        }
        #expect(abs(try run(truth: 80, from: 0, samples: 100) - 80) < 15)
        #expect(abs(try run(truth: -40, from: 100, samples: 100) + 40) < 15)
    }
}
