import Foundation
import Testing
import TocsinDrill
import TocsinModel

@Suite struct RaidTests {
    @Test func sameSeedGivesTheSameRaidAndAnotherSeedAnother() throws {
        #expect(try DrillCountry.raid(seed: 7) == DrillCountry.raid(seed: 7))
        #expect(try DrillCountry.raid(seed: 7).objects != DrillCountry.raid(seed: 8).objects)
    }

    /// The first numbers by the published algorithm, worked out independently in Python.
    @Test func generatorIsXoshiro() {
        var generator = SeededGenerator(seed: 1)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                17_154_914_556_750_032_435, 15_481_925_071_032_317_162, 3_049_712_571_244_418_729,
            ])
    }

    @Test func drawsHaveTheirMeans() {
        var generator = SeededGenerator(seed: 1)
        let drawn = (0..<20_000).map { _ in generator.uniform() }
        #expect(abs(drawn.reduce(0, +) / 20_000 - 0.5) < 0.01)
        let normal = (0..<20_000).map { _ in generator.normal() }
        #expect(abs(normal.reduce(0, +) / 20_000) < 0.03)
        #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.05)
        let counts = (0..<20_000).map { _ in Double(generator.poisson(mean: 2.5)) }
        #expect(abs(counts.reduce(0, +) / 20_000 - 2.5) < 0.05)
        let waits = (0..<20_000).map { _ in generator.exponential(mean: 4) }
        #expect(abs(waits.reduce(0, +) / 20_000 - 4) < 0.15)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func objectsKeepTheirPhysicalLimits(seed: UInt64) throws {
        let raid = try DrillCountry.raid(seed: seed)
        #expect(raid.objects.map(\.number) == Array(0..<16))
        for object in raid.objects {
            let flight = raid.settings.flight(of: object.objectClass)
            let fastest = flight.speed.metersPerSecond * flight.speedFactor.upperBound * 1.005
            let turn = flight.turnLimitDegreesPerSecond.upperBound * 1.01 + 0.05
            #expect(object.samples.count > 1)
            for (sample, next) in zip(object.samples, object.samples.dropFirst()) {
                #expect(next.at.seconds(since: sample.at) == 1)
                let speed = sample.point.greatCircleDistance(to: next.point).meters
                #expect(speed <= fastest * 1.006, "object \(object.number) at \(sample.at)")
                guard speed > 5, sample.velocity != next.velocity, next.at < object.end.at else { continue }
                let change = abs(heading(next).degrees(from: heading(sample)))
                // The last second before the end may be a few meters long in any direction.
                if object.end.at.seconds(since: next.at) > 2 { #expect(change <= turn) }
            }
            let ground = raid.settings.groundHeight.meters
            #expect(object.samples.allSatisfy { $0.height.meters >= ground })
            #expect(object.samples.allSatisfy { $0.height.meters <= ground + flight.cruiseHeightMeters.upperBound })
        }
    }

    private func heading(_ sample: TruthSample) -> Bearing {
        Bearing(radians: atan2(sample.velocity.east, sample.velocity.north))
    }

    @Test func whatComesDownEndsOnTheGroundAndWhatLeavesDoesNot() throws {
        let raids = try (1...10).map { try DrillCountry.raid(seed: $0) }
        for raid in raids {
            for object in raid.objects {
                let height = try #require(object.samples.last).height.meters - raid.settings.groundHeight.meters
                #expect(object.end.at == object.samples.last?.at)
                #expect(object.end.isArrival ? height == 0 : height > 0)
                #expect(object.sample(at: object.end.at.advanced(bySeconds: 0.5)) == nil)
            }
        }
        let ends = raids.flatMap { $0.objects.map(\.end.kind) }
        let falls = Double(ends.count { $0 == .fall }) / Double(ends.count)
        #expect(abs(falls - 0.6) < 0.15)
        #expect(ends.contains(.impact) && ends.contains(.left))
    }

    @Test func impactsLieOnTheirTargets() throws {
        let region = try DrillCountry.region()
        for seed in 1...10 {
            for object in try DrillCountry.raid(seed: UInt64(seed)).objects where object.end.kind == .impact {
                let index = try #require(region.areas.firstIndex { $0.id == object.target })
                let center = try #require(region.areas[index].polygon.center)
                let distance = object.end.point.greatCircleDistance(to: center).meters
                #expect(distance <= region.discs[index].radiusMeters * 1.2 + 10)
                #expect(region.areas[index].population >= 20_000)
            }
        }
    }
}
