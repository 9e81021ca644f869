import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinPipeline
import TocsinTestKit
import TocsinWarning

/// People without instruments who lie: TORTURE.md, rows 15 and 17.
@Suite struct CrowdTests {
    private static let areas = SkyScenario.grid(columns: 6, sideMeters: 4_000, population: 5_000)
    private static let threat = Flyer(
        from: PlanePoint(east: -20_000, north: 1_000), velocity: PlanePoint(east: 50, north: 0))

    /// 100 alarms a second with one person's stolen key: a drone over the town, with its course.
    @Test func aStolenKeyWarnsNobody() {
        var scenario = SkyScenario(areas: areas, sensors: [SkyScenario.sensor("anna", .person)])
        scenario.pass(isOptimized ? 120 : 20) { scenario in
            for number in 0..<100 {
                let point = Self.threat.measured(at: scenario.second, sigma: 30, seed: UInt64(number))
                scenario.fix("anna", at: point, velocity: Self.threat.velocity, of: .attackDrone)
            }
        }
        print("stolen key: \(scenario.notWarned.count) refusals, longest step \(scenario.longestStep) s")
        #expect(scenario.changes.isEmpty)
        #expect(scenario.notWarned.allSatisfy { $0.reason == .crowdOnly })
        #expect(scenario.sensorEvents == [.floodBegan(SensorID("anna"))])
        let health = scenario.pipeline.sensorHealth[0]
        #expect(health.reports <= 20 + UInt64(scenario.second / 2))
        #expect(health.reports + health.rejected == UInt64(scenario.second) * 100)
        scenario.pass(70) { scenario in
            if Int(scenario.second) % 3 == 0 { scenario.fix("anna", at: Self.threat.position(at: scenario.second)) }
        }
        #expect(scenario.sensorEvents.last == .floodEnded(SensorID("anna")))
        #expect(scenario.pipeline.sensorHealth[0].rejected == health.rejected)
    }

    /// One key that floods takes nothing from others: their word counts as before.
    @Test func aFloodDoesNotSilenceOthers() {
        let people = (0..<4).map { SkyScenario.sensor("person-\($0)", .person) }
        var scenario = SkyScenario(areas: areas, sensors: people)
        scenario.pass(120) { scenario in
            for number in 0..<100 {
                let point = PlanePoint(east: number % 2 == 0 ? 9_000 : -9_000, north: -9_000)
                scenario.fix("person-0", at: point, sigmaMeters: 300, of: .attackDrone)
            }
            let person = 1 + Int(scenario.second) % 3
            let point = Self.threat.measured(at: scenario.second, sigma: 300, seed: UInt64(person))
            if Int(scenario.second) % 2 == 0 {
                scenario.fix("person-\(person)", at: point, sigmaMeters: 300, of: .attackDrone)
            }
        }
        #expect(scenario.sensorEvents == [.floodBegan(SensorID("person-0"))])
        #expect(scenario.areas(everIn: .watch).count > 0, "three people together say: watch")
    }

    /// Nobody is sent to shelter by people alone, however many agree.
    @Test func aHundredPeopleWhoAgreeSoundNoSiren() {
        let people = (0..<100).map { SkyScenario.sensor("person-\($0)", .person) }
        var scenario = SkyScenario(areas: areas, sensors: people + [SkyScenario.sensor("net", .system)])
        scenario.pass(200) { scenario in
            for number in 0..<5 {
                let point = Self.threat.measured(at: scenario.second, sigma: 300, seed: UInt64(number))
                let person = (5 * Int(scenario.second) + number) % 100
                scenario.fix("person-\(person)", at: point, sigmaMeters: 300, of: .attackDrone)
            }
        }
        #expect(scenario.areas(everIn: .watch).count > 0, "people together may say: watch")
        #expect(scenario.areas(everIn: .takeShelter).isEmpty)
        #expect(scenario.notWarned.contains { $0.reason == .crowdOnly })
        // One instrument that sees it too is enough.
        scenario.pass(30) { scenario in
            let point = Self.threat.measured(at: scenario.second, sigma: 60, seed: 7)
            scenario.fix("net", at: point, of: .attackDrone)
        }
        #expect(!scenario.areas(everIn: .takeShelter).isEmpty)
        scenario.pass(2_400)
        #expect(scenario.everythingEnded)
    }

    private var areas: [Area] { Self.areas }

    /// What became of the nights of one kind.
    private struct Nights {
        /// Areas that the true drone flies over, and those of them that were not sheltered by then.
        var reached = 0
        var missed = 0
        /// Areas sheltered on nights with a raid, and on nights without: these are false alarms.
        var shelters = 0
        var quietShelters = 0
        var quietWatches = 0
    }

    /// A night of 5 minutes: one true drone seen by a network, or none; 20 people of whom `liars` agree on a drone that
    /// is not there, and on silence about the one that is.
    private static func night(_ seed: UInt64, liars: Int, into nights: inout Nights) {
        var generator = SeededGenerator(seed: seed, stream: 17)
        let people = (0..<20).map { number in
            SkyScenario.sensor(
                "person-\(number)", .person, east: generator.uniform(in: -12_000...12_000),
                north: generator.uniform(in: -12_000...12_000), kilometers: 5)
        }
        var scenario = SkyScenario(areas: areas, sensors: people + [SkyScenario.sensor("net", .system)])
        let isRaid = seed % 2 == 0
        let truth = Flyer(
            from: PlanePoint(east: -22_000, north: generator.uniform(in: -10_000 ... -3_000)),
            velocity: PlanePoint(east: 55, north: 0))
        let lie = Flyer(
            from: PlanePoint(east: generator.uniform(in: -8_000...0), north: generator.uniform(in: 4_000...10_000)),
            velocity: PlanePoint(east: generator.uniform(in: 25...50), north: 0))
        var reached: [AreaID: Instant] = [:]
        scenario.pass(300) { scenario in
            let point = truth.position(at: scenario.second)
            if isRaid {
                let place = SkyScenario.plane.unproject(point)
                for area in areas where reached[area.id] == nil && area.contains(place) {
                    reached[area.id] = scenario.now
                }
                scenario.fix(
                    "net", at: truth.measured(at: scenario.second, sigma: 60, seed: seed), of: .attackDrone)
            }
            for (number, _) in people.enumerated() where generator.happens(withProbability: 0.1) {
                let isLiar = number < liars
                guard isLiar || isRaid else { continue }
                let seen = (isLiar ? lie : truth).measured(
                    at: scenario.second, sigma: 400, seed: seed &* 100 &+ UInt64(number))
                scenario.fix("person-\(number)", at: seen, sigmaMeters: 400, of: .attackDrone)
            }
        }
        nights.reached += reached.count
        for (area, at) in reached {
            let isWarned = scenario.changes.contains {
                $0.warning.area == area && $0.warning.stage == .takeShelter && $0.warning.changedAt <= at
            }
            nights.missed += isWarned ? 0 : 1
        }
        let shelters = scenario.areas(everIn: .takeShelter).count
        if isRaid { nights.shelters += shelters } else { nights.quietShelters += shelters }
        nights.quietWatches += isRaid ? 0 : scenario.areas(everIn: .watch).count
    }

    /// 30 % of the people collude, on nights with and without a raid; the same nights without them for comparison.
    @Test(.enabled(if: isOptimized)) func colludingPeopleAddNoAlarmAndNoMiss() {
        var honest = Nights()
        var lied = Nights()
        let count: UInt64 = 60
        for seed in 1...count {
            Self.night(seed, liars: 0, into: &honest)
            Self.night(seed, liars: 6, into: &lied)
        }
        print("crowd, \(count) nights, honest: \(honest); 30 % colluding: \(lied)")
        #expect(lied.quietShelters == 0 && honest.quietShelters == 0, "no siren for a lie")
        #expect(lied.missed <= honest.missed)
        // A radar's drone elsewhere does not vouch for theirs.
        #expect(Double(lied.shelters) <= 1.05 * Double(honest.shelters))
        #expect(lied.reached >= 60 && honest.shelters > 100)
    }
}
