import Testing
import TocsinModel
import TocsinPipeline
import TocsinTestKit
import TocsinWarning

/// What one bad source can do to a metropolis: 2,000,000 people in 400 areas.
@Suite struct FalseAlarmTests {
    private static let settings = WarningSettings.standard
    private static let areas = SkyScenario.grid(columns: 20, sideMeters: 1_500, population: 5_000)
    private static let populations = Dictionary(uniqueKeysWithValues: areas.map { ($0.id, $0.population) })
    private static let sensors = [
        SkyScenario.sensor("center", .system), SkyScenario.sensor("radar-net", .system),
    ]
    /// From the edge of the city over its middle, at 230 m/s.
    private static let missile = Flyer(
        from: PlanePoint(east: -30_000, north: 400), velocity: PlanePoint(east: 230, north: 0))

    private static func report(_ sensor: String, _ scenario: inout SkyScenario) {
        let point = missile.measured(at: scenario.second, sigma: 60, seed: sensor == "center" ? 1 : 2)
        scenario.fix(sensor, at: point, of: .cruiseMissile)
    }

    /// Areas and people per stage at this moment: clearing counts with shelter.
    private static func told(_ scenario: SkyScenario) -> [Bool: (areas: Int, people: Int)] {
        scenario.pipeline.warnings.reduce(into: [:]) { sums, warning in
            let isWatch = warning.stage == .watch
            sums[isWatch, default: (0, 0)].areas += 1
            sums[isWatch, default: (0, 0)].people += populations[warning.area] ?? 0
        }
    }

    private static func isBounded(_ scenario: SkyScenario) -> Bool {
        told(scenario).values.allSatisfy {
            $0.areas <= settings.areasPerSource && $0.people <= settings.peoplePerSource
        }
    }

    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func oneBadSourceAlarmsABoundedShareOfTwoMillionPeople() throws {
        var scenario = SkyScenario(areas: Self.areas, sensors: Self.sensors)
        var most = 0
        scenario.pass(120) { scenario in
            #expect(Self.isBounded(scenario), "at \(scenario.second)")
            most = max(most, Self.told(scenario).values.reduce(0) { $0 + $1.people })
            Self.report("center", &scenario)
        }
        print("one source, 2,000,000 people: at most \(most) told at one time, longest step \(scenario.longestStep) s")
        #expect(most >= 100_000 && most <= 400_000, "\(most)")
        #expect(Set(scenario.notWarned.map(\.reason)) == [.notCorroborated])
        #expect(Set(scenario.notWarned.map(\.area)).count > 100)
        let refused = try #require(
            Self.areas.first { area in scenario.notWarned.contains { $0.area == area.id } })
        let words = scenario.pipeline.explanation(of: refused, at: scenario.now).words.joined(separator: "\n")
        #expect(words.contains("one sensor alone reports it"), "\(words)")
        // The report proves false: nothing more comes, and nobody stays in the shelter for it.
        scenario.pass(2_400) { #expect(Self.isBounded($0), "at \($0.second)") }
        #expect(scenario.everythingEnded)
    }

    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func aSecondIndependentSourceLiftsTheBound() {
        var scenario = SkyScenario(areas: Self.areas, sensors: Self.sensors)
        scenario.pass(80) { Self.report("center", &$0) }
        #expect(Self.isBounded(scenario))
        scenario.pass(20) { scenario in
            Self.report("center", &scenario)
            Self.report("radar-net", &scenario)
        }
        let people = Self.told(scenario).values.reduce(0) { $0 + $1.people }
        print("two sources: \(people) people told")
        #expect(people > Self.settings.peoplePerSource)
        scenario.pass(2_400)
        #expect(scenario.everythingEnded)
    }

    /// Areas of 30,000 people reach the bound of people before that of areas.
    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func thePeopleAreBoundedToo() {
        let areas = SkyScenario.grid(columns: 8, sideMeters: 3_750, population: 31_250)
        var scenario = SkyScenario(areas: areas, sensors: Self.sensors)
        scenario.pass(120) { scenario in
            Self.report("center", &scenario)
            let sheltered = scenario.pipeline.warnings.count { $0.stage != .watch }
            #expect(sheltered * 31_250 <= Self.settings.peoplePerSource)
        }
        #expect(scenario.notWarned.contains { $0.reason == .notCorroborated })
    }

    /// The share goes to those whom it threatens most, whatever they are called: first to those on its way.
    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func theBoundedShareGoesToTheMostEndangered() {
        var scenario = SkyScenario(areas: Self.areas, sensors: Self.sensors)
        var first: [WarningChange] = []
        scenario.pass(120) { scenario in
            Self.report("center", &scenario)
            if first.isEmpty { first = scenario.changes.filter { $0.warning.stage == .takeShelter } }
        }
        let track = first.first?.warning.tracks.first
        #expect(track != nil)
        // The missile's way is 400 m north of the middle: rows 9 and 10 of 20 are beneath it.
        let beneath = first.count { change in
            let number = Int(change.warning.area.rawValue.dropFirst()) ?? 0
            return (8...11).contains((number - 1_000) / 20)
        }
        print("first sheltered: \(first.count), of these near the way: \(beneath)")
        #expect(beneath * 2 >= first.count)
    }
}
