import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinPipeline
import TocsinTestKit

/// Aircraft that exist in one receiver's words only: TORTURE.md, row 16.
@Suite struct GhostTests {
    private static let radar = SkyScenario.sensor("radar", .radar, kilometers: 120)
    private static let receiver = SkyScenario.sensor("receiver", .receiver, kilometers: 200)

    /// Something that flies at 10 km and says so.
    private struct Airliner {
        var flyer: Flyer
        var address: AircraftAddress

        init(number: Int, _ generator: inout SeededGenerator) {
            let heading = generator.uniform(in: 0...(2 * .pi))
            let speed = generator.uniform(in: 190...250)
            flyer = Flyer(
                from: PlanePoint(
                    east: generator.uniform(in: -60_000...60_000), north: generator.uniform(in: -60_000...60_000)),
                velocity: PlanePoint(east: speed * sin(heading), north: speed * cos(heading)))
            address = AircraftAddress(UInt32(0x40_0000 + number))
        }

        func say(_ scenario: inout SkyScenario) {
            let velocity = flyer.velocity
            let speed = (velocity.east * velocity.east + velocity.north * velocity.north).squareRoot()
            let track = atan2(velocity.east, velocity.north) * 180 / .pi
            let fix = Fix(
                point: SkyScenario.plane.unproject(flyer.measured(at: scenario.second, sigma: 15, seed: 3)),
                height: GeometricHeight(meters: 10_000), pressureAltitude: PressureAltitude(feet: 32_800),
                horizontalSigma: Distance(meters: 30),
                velocity: GroundVelocity(
                    speed: Speed(metersPerSecond: speed), track: Bearing(degrees: track < 0 ? track + 360 : track)),
                verticalRate: nil)
            let identity = IdentityEvidence(address: address, callsign: nil, modeA: nil, isCooperative: true)
            scenario.take(.fix(fix), by: "receiver", identity: identity)
        }

        /// The radar turns once in 4 s, a quadrant a second.
        func echo(_ scenario: inout SkyScenario, _ generator: inout SeededGenerator) {
            let point = flyer.position(at: scenario.second)
            let azimuth = (atan2(point.east, point.north) * 180 / .pi + 360).truncatingRemainder(dividingBy: 360)
            let ground = (point.east * point.east + point.north * point.north).squareRoot()
            guard Int(azimuth / 90) == Int(scenario.second) % 4, generator.happens(withProbability: 0.95) else {
                return
            }
            let slant = (ground * ground + 9_500 * 9_500).squareRoot()
            scenario.take(
                .polar(
                    Polar(
                        origin: nil, slantRange: Distance(meters: slant + 50 * generator.normal()),
                        azimuth: Bearing(degrees: azimuth + 0.08 * generator.normal()),
                        slantRangeSigma: Distance(meters: 50), azimuthSigmaDegrees: 0.08, elevationDegrees: nil,
                        pressureAltitude: nil)), by: "radar")
        }
    }

    @Test(.enabled(if: isOptimized)) func aThousandGhostsOfOneReceiverWarnNobody() {
        let ghostCount = 1_000
        let trueCount = 100
        var generator = SeededGenerator(seed: 16)
        let airliners = (0..<ghostCount + trueCount).map { Airliner(number: $0, &generator) }
        let areas = SkyScenario.grid(columns: 12, sideMeters: 10_000, population: 10_000)
        var scenario = SkyScenario(areas: areas, sensors: [Self.radar, Self.receiver])
        func flagged(_ isGhost: Bool) -> Int {
            Set(
                scenario.trust.compactMap { track, event -> AircraftAddress? in
                    guard case .lost = event, let address = track.identity.address else { return nil }
                    return (Int(address.rawValue) - 0x40_0000 < ghostCount) == isGhost ? address : nil
                }
            ).count
        }
        // Both are heard once in a turn of the radar: 100 s are 25 reports.
        scenario.pass(100) { scenario in
            for (number, airliner) in airliners.enumerated() {
                if number % 4 == Int(scenario.second) % 4 { airliner.say(&scenario) }
                if number >= ghostCount { airliner.echo(&scenario, &generator) }
            }
        }
        print(
            "ghosts: \(flagged(true)) of \(ghostCount) flagged within 25 reports, \(flagged(false)) of \(trueCount) true "
                + "ones, \(scenario.changes.count) warnings, longest step \(scenario.longestStep) s")
        #expect(scenario.changes.isEmpty)
        #expect(flagged(true) * 100 >= 98 * ghostCount)
        #expect(flagged(false) * 1_000 <= 14 * trueCount)
    }

    /// What a radar fails to see for a minute loses its trust, and has it back soon after it is seen again: between
    /// the two it is shown as nothing, neither as an aircraft nor as a threat.
    @Test func anAirlinerThatARadarMissesForAMinuteIsNoThreat() {
        var generator = SeededGenerator(seed: 17)
        // The radar sees the second one all the time: it lives.
        let airliners = (0..<2).map { Airliner(number: $0, &generator) }
        var scenario = SkyScenario(
            areas: SkyScenario.grid(columns: 12, sideMeters: 10_000, population: 10_000),
            sensors: [Self.radar, Self.receiver])
        var threats = 0
        for isSeen in [true, false, true] {
            scenario.pass(isSeen ? 100 : 60) { scenario in
                for (number, airliner) in airliners.enumerated() {
                    airliner.say(&scenario)
                    if isSeen || number == 1 { airliner.echo(&scenario, &generator) }
                }
                threats += scenario.pipeline.tracks.count { $0.isConfirmed && !$0.isCooperative }
            }
        }
        #expect(scenario.trust.map(\.event) == [.lost(.radarSeesNothingThere), .regained])
        #expect(threats == 0)
        #expect(scenario.pipeline.tracks.map(\.isCooperative) == [true, true])
        #expect(scenario.changes.isEmpty)
    }
}
