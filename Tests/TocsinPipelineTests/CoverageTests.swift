import Testing
import TocsinModel
import TocsinPipeline

/// Places that nobody looks at say so, to operators: TORTURE.md, row 21.
@Suite struct CoverageTests {
    private static let areas = SkyScenario.grid(columns: 10, sideMeters: 5_000, population: 1_000)
    private static let sensors = [
        SkyScenario.sensor("west", .radar, east: -20_000, kilometers: 25),
        SkyScenario.sensor("east", .radar, east: 20_000, kilometers: 25), SkyScenario.sensor("anna", .person),
    ]

    /// As the explanation of every single area says.
    private static func uncovered(_ scenario: SkyScenario) -> [AreaID] {
        areas.filter { scenario.pipeline.explanation(of: $0, at: scenario.now).coverage.isUncovered }.map(\.id).sorted()
    }

    private static func alive(_ names: [String], _ scenario: inout SkyScenario) {
        for name in names { scenario.alive(name) }
    }

    @Test func aSensorThatFallsSilentLeavesItsAreasUncovered() {
        var scenario = SkyScenario(areas: Self.areas, sensors: Self.sensors)
        scenario.pass(1)
        #expect(scenario.pipeline.uncoveredAreas.count == 100, "nothing was heard yet")
        scenario.pass(4) { Self.alive(["west", "east", "anna"], &$0) }
        let both = Self.uncovered(scenario)
        #expect(scenario.pipeline.uncoveredAreas == both)
        #expect(both.count < 20 && !both.isEmpty, "corners only: people's word covers nothing")
        guard case .coverageGained(SensorID("east"), let first)? = scenario.sensorEvents.first,
            case .coverageGained(SensorID("west"), let second)? = scenario.sensorEvents.last
        else {
            Issue.record("\(scenario.sensorEvents)")
            return
        }
        #expect(first + second + both.count == 100)
        // Three intervals of 4 s without a word.
        scenario.pass(12) { Self.alive(["east"], &$0) }
        #expect(scenario.sensorEvents.count == 2)
        scenario.pass(2) { Self.alive(["east"], &$0) }
        #expect(scenario.sensorEvents.last == .coverageLost(SensorID("west"), areas: second))
        #expect(scenario.pipeline.uncoveredAreas == Self.uncovered(scenario))
        #expect(scenario.pipeline.uncoveredAreas.count == both.count + second)
        scenario.pass(1) { Self.alive(["west", "east"], &$0) }
        #expect(scenario.sensorEvents.last == .coverageGained(SensorID("west"), areas: second))
        #expect(scenario.pipeline.uncoveredAreas == both)
    }

    /// A blind area is warned all the same of what was seen before it got blind: silence never clears.
    @Test func aBlindAreaKeepsItsWarningAndItsExplanationSaysThatItIsBlind() throws {
        var scenario = SkyScenario(areas: Self.areas, sensors: Self.sensors)
        let threat = Flyer(from: PlanePoint(east: -20_000, north: 2_000), velocity: PlanePoint(east: 50, north: 0))
        scenario.pass(60) { scenario in
            for sensor in ["west", "east"] {
                let point = threat.measured(at: scenario.second, sigma: 60, seed: UInt64(sensor.count) + 4)
                scenario.fix(sensor, at: point, of: .attackDrone)
            }
        }
        let warned = scenario.pipeline.warnings.filter { $0.stage == .takeShelter }
        #expect(!warned.isEmpty)
        scenario.pass(60)
        #expect(scenario.pipeline.uncoveredAreas.count == 100)
        let kept = scenario.pipeline.warnings.filter { $0.stage == .takeShelter }.map(\.area)
        #expect(warned.allSatisfy { kept.contains($0.area) })
        let area = try #require(Self.areas.first { $0.id == warned.first?.area })
        let words = scenario.pipeline.explanation(of: area, at: scenario.now).words
        #expect(words.last?.hasSuffix("are heard: NOT COVERED, a quiet sky means nothing.") == true, "\(words)")
        scenario.pass(2_400)
        #expect(scenario.everythingEnded)
    }
}
