import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinPipeline
import TocsinTestKit
import TocsinWarning

/// Several threats at once, and many.
@Suite struct RaidScenarioTests {
    private static let sensors = [
        SkyScenario.sensor("net-a", .system), SkyScenario.sensor("net-b", .system),
    ]

    private static func report(_ flyer: Flyer, _ number: UInt64, _ scenario: inout SkyScenario) {
        for (index, sensor) in ["net-a", "net-b"].enumerated() {
            let point = flyer.measured(at: scenario.second, sigma: 60, seed: 10 * number + UInt64(index))
            scenario.fix(sensor, at: point, of: .attackDrone)
        }
    }

    /// One passes over the town and on; the other, slower one arrives when the first has long left.
    @Test func oneThreatLeavesAndTheOtherKeepsTheWarning() throws {
        let town = SkyScenario.area("town", east: 0, north: 0, sideMeters: 4_000, population: 10_000)
        var scenario = SkyScenario(areas: [town], sensors: Self.sensors)
        let fast = Flyer(from: PlanePoint(east: -14_000, north: 0), velocity: PlanePoint(east: 50, north: 0))
        let slow = Flyer(from: PlanePoint(east: 0, north: -18_000), velocity: PlanePoint(east: 0, north: 34))
        var told: [Double: Double] = [:]
        scenario.pass(600) { scenario in
            Self.report(fast, 1, &scenario)
            Self.report(slow, 2, &scenario)
            if let warning = scenario.pipeline.warnings.first, let arrival = warning.arrival {
                told[scenario.second] = arrival.likely.seconds(since: SkyScenario.start)
            }
        }
        #expect(scenario.changes.filter { $0.kind == .raised }.count == 1, "one warning for both")
        let shelter = try #require(scenario.changes.first { $0.warning.stage == .takeShelter })
        #expect(shelter.warning.changedAt.seconds(since: SkyScenario.start) < 150)
        // Until the fast one is there, its time is told; the slow one's after it has left.
        let early = try #require(told[120])
        #expect(abs(early - 220) < 45, "\(early)")
        for second in stride(from: 300.0, to: 430, by: 10) {
            let late = try #require(told[second])
            #expect(abs(late - 455) < 60, "told \(late) at \(second): the first may come back, but hardly will")
        }
        let stages = scenario.changes.filter { $0.warning.changedAt >= shelter.warning.changedAt }
            .prefix { $0.warning.changedAt.seconds(since: SkyScenario.start) < 500 }.map(\.warning.stage)
        #expect(stages.allSatisfy { $0 == .takeShelter }, "nobody is told to come out between the two: \(stages)")
        scenario.pass(2_400)
        #expect(scenario.everythingEnded)
    }

    /// 60 objects that appear within one minute on all sides of 400 towns.
    private static let raid: [Flyer] = {
        var generator = SeededGenerator(seed: 60)
        return (0..<60).map { number in
            let angle = generator.uniform(in: 0...(2 * .pi))
            let aim = PlanePoint(
                east: generator.uniform(in: -22_000...22_000), north: generator.uniform(in: -22_000...22_000))
            let from = PlanePoint(east: 78_000 * cos(angle), north: 78_000 * sin(angle))
            let (east, north) = (aim.east - from.east, aim.north - from.north)
            let distance = (east * east + north * north).squareRoot()
            let speed = generator.uniform(in: 40...55)
            return Flyer(
                from: from, velocity: PlanePoint(east: east / distance * speed, north: north / distance * speed),
                starts: Double(number))
        }
    }()
    private static let towns = SkyScenario.grid(columns: 20, sideMeters: 4_500, population: 5_000)

    /// The raid as one network sees it, or two; and when a town was first flown over.
    private static func runRaid(
        corroborated: Bool, seconds: Int
    ) -> (scenario: SkyScenario, reached: [AreaID: Instant]) {
        var scenario = SkyScenario(areas: towns, sensors: sensors)
        var reached: [AreaID: Instant] = [:]
        scenario.pass(seconds) { scenario in
            for (number, flyer) in raid.enumerated() where flyer.starts <= scenario.second {
                let place = SkyScenario.plane.unproject(flyer.position(at: scenario.second))
                for town in towns where reached[town.id] == nil && town.contains(place) {
                    reached[town.id] = scenario.now
                }
                if corroborated {
                    report(flyer, UInt64(number), &scenario)
                } else {
                    let point = flyer.measured(at: scenario.second, sigma: 60, seed: UInt64(number))
                    scenario.fix("net-a", at: point, of: .attackDrone)
                }
            }
        }
        return (scenario, reached)
    }

    @Test(.enabled(if: isOptimized), arguments: [true, false])
    func aRaidOfSixtyInAMinuteLosesNothing(corroborated: Bool) {
        // The forecaster works out its tables when they are first asked for, once per process: not measured.
        _ = Self.runRaid(corroborated: corroborated, seconds: 900)
        var (scenario, reached) = Self.runRaid(corroborated: corroborated, seconds: 900)
        let confirmed = scenario.pipeline.tracks.count { $0.isConfirmed }
        let early = reached.filter { area, at in
            scenario.changes.contains {
                $0.warning.area == area && $0.warning.stage == .takeShelter
                    && at.seconds(since: $0.warning.changedAt) >= 90
            }
        }
        print(
            "raid of 60, corroborated \(corroborated): \(confirmed) tracks, \(reached.count) areas flown over, "
                + "\(early.count) sheltered 90 s before, \(scenario.notWarned.count) refusals, longest step "
                + "\((scenario.longestStep * 10_000).rounded() / 10) ms")
        #expect(confirmed == 60)
        #expect(scenario.longestStep < 0.1)
        if corroborated {
            #expect(early.count == reached.count && reached.count > 150)
            #expect(scenario.notWarned.isEmpty)
        } else {
            // What the bound keeps back is told to operators, area by area.
            let refused = Set(scenario.notWarned.map(\.area))
            let sheltered = scenario.areas(everIn: .takeShelter)
            #expect(reached.keys.allSatisfy { sheltered.contains($0) || refused.contains($0) })
        }
        scenario.pass(2_400)
        #expect(scenario.everythingEnded)
    }
}
