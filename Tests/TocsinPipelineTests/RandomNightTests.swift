import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinPipeline
import TocsinTestKit

/// Random nights through the whole pipeline: whatever comes in, every warning ends, says why, and never lapses unsaid.
@Suite struct RandomNightTests {
    private static let seeds: ClosedRange<UInt64> = isOptimized ? 1...60 : 1...3
    private static let areas = SkyScenario.grid(columns: 6, sideMeters: 4_000, population: 30_000)
    private static let names = ["radar", "net", "receiver", "mic", "anna", "ben", "carl", "not-configured"]
    private static let sensors = [
        SkyScenario.sensor("radar", .radar), SkyScenario.sensor("net", .system),
        SkyScenario.sensor("receiver", .receiver), SkyScenario.sensor("mic", .microphone, kilometers: 8),
        SkyScenario.sensor("anna", .person, kilometers: 8), SkyScenario.sensor("ben", .person, kilometers: 8),
        SkyScenario.sensor("carl", .person, kilometers: 8),
    ]

    @Test(.enabled(if: isOptimized, "takes a minute in debug"), arguments: seeds)
    func everyWarningEnds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: 5)
        var scenario = SkyScenario(areas: Self.areas, sensors: Self.sensors)
        var flyers = (0..<6).map { _ in Self.flyer(at: 0, &generator) }
        var speaking = Set(flyers.indices)
        scenario.pass(240) { scenario in
            for number in flyers.indices {
                if generator.happens(withProbability: 0.01) { speaking.formSymmetricDifference([number]) }
                if generator.happens(withProbability: 0.004) {
                    flyers[number] = Self.flyer(at: scenario.second, &generator)
                }
                guard speaking.contains(number), generator.happens(withProbability: 0.7) else { continue }
                Self.report(flyers[number], number, &scenario, &generator)
            }
            if generator.happens(withProbability: 0.1) {
                scenario.take(bytes: (0..<generator.index(below: 60)).map { _ in UInt8(generator.index(below: 256)) })
            }
            if generator.happens(withProbability: 0.02), let warning = scenario.pipeline.warnings.first {
                scenario.take(.endWarning(warning.number, operatorName: "Ada"))
            }
            Self.check(scenario, seed)
        }
        #expect(!scenario.changes.isEmpty, "seed \(seed)")
        // The longest silence that counts, the longest horizon and every margin are less than an hour.
        scenario.pass(3_600) { Self.check($0, seed) }
        #expect(scenario.everythingEnded, "seed \(seed): \(scenario.pipeline.warnings)")
        let reasons = Set(scenario.changes.filter { $0.kind == .ended }.map(\.warning.reason))
        let explicit: Set<WarningReason> = [
            .threatPassed, .threatEnded, .threatExplained, .holdElapsed, .endedByOperator, .expired,
        ]
        #expect(reasons.isSubset(of: explicit), "seed \(seed)")
    }

    private static func check(_ scenario: SkyScenario, _ seed: UInt64) {
        // The tick of this second is still to come: a second of grace.
        let lapsed = scenario.pipeline.warnings.filter { $0.expiresAt.seconds(since: scenario.now) < -1 }
        #expect(lapsed.isEmpty, "seed \(seed) at \(scenario.second)")
    }

    private static func flyer(at second: Double, _ generator: inout SeededGenerator) -> Flyer {
        let heading = generator.uniform(in: 0...(2 * .pi))
        let speed = generator.uniform(in: 20...260)
        return Flyer(
            from: PlanePoint(
                east: generator.uniform(in: -15_000...15_000), north: generator.uniform(in: -15_000...15_000)),
            velocity: PlanePoint(east: speed * sin(heading), north: speed * cos(heading)), starts: second)
    }

    private static func report(
        _ flyer: Flyer, _ number: Int, _ scenario: inout SkyScenario, _ generator: inout SeededGenerator
    ) {
        let sensor = names[generator.index(below: names.count)]
        let classes: [ObjectClass?] = [nil, .attackDrone, .cruiseMissile, .bird]
        let told = classes[generator.index(below: classes.count)]
        let point = flyer.measured(at: scenario.second, sigma: 100, seed: UInt64(number))
        switch sensor {
        case "mic", "anna", "ben", "carl":
            let azimuth = (atan2(point.east, point.north) * 180 / .pi + 360).truncatingRemainder(dividingBy: 360)
            let bearing = SoundOrSightBearing(
                origin: nil, azimuth: Bearing(degrees: azimuth), azimuthSigmaDegrees: 5, elevationDegrees: nil,
                propagationSpeed: nil, maximumRange: Distance(kilometers: 8))
            let presence = Presence(origin: nil, radius: Distance(kilometers: 5), likelihoodRatio: 20)
            scenario.take(number % 2 == 0 ? .bearing(bearing) : .presence(presence), by: sensor, of: told)
        case "receiver":
            let identity = IdentityEvidence(
                address: AircraftAddress(UInt32(0x40_0000 + number)), callsign: nil, modeA: nil, isCooperative: true)
            scenario.fix(sensor, at: point, velocity: flyer.velocity, identity: identity)
        default:
            scenario.fix(sensor, at: point, sigmaMeters: 100, of: told)
        }
    }
}
