import Testing
import TocsinModel
import TocsinTestKit
import TocsinWarning

/// Random nights: tracks come near, fall silent, end for any reason; operators end warnings; live and exercise mix.
/// After every step the invariants hold. The seed is in the message of every failure.
struct WarningSimulationTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }

    private static let areaCount = 12

    private static let seeds: ClosedRange<UInt64> = isOptimized ? 1...200 : 1...8

    @Test(arguments: seeds)
    func invariantsHold(seed: UInt64) {
        var generator = Generator(state: seed)
        var scene = Scene(areas: Self.areaCount)
        var warnings: [WarningNumber: Warning] = [:]
        var silentLead: Set<UInt64> = []
        for _ in 0..<900 {
            let new = Self.step(&scene, &generator, silent: &silentLead)
            Self.check(new, scene, &warnings, "seed \(seed) at \(scene.seconds)")
        }
        // Everything falls silent: every warning ends by its stated expiry, and nothing is kept.
        for _ in 0..<4_000 {
            scene.seconds += 1
            Self.check(
                scene.engine.advance(to: scene.now), scene, &warnings, "seed \(seed) at \(scene.seconds)")
        }
        #expect(warnings.isEmpty, "seed \(seed)")
        #expect(!scene.changes.isEmpty, "seed \(seed)")
    }

    /// One second of a night.
    private static func step(
        _ scene: inout Scene, _ generator: inout Generator, silent: inout Set<UInt64>
    ) -> [Output] {
        scene.seconds += 1
        var outputs: [Output] = []
        for number in UInt64(1)...5 where Int.random(in: 0..<4, using: &generator) == 0 {
            if Int.random(in: 0..<40, using: &generator) == 0 { silent.formSymmetricDifference([number]) }
            let heard = silent.contains(number) ? max(0, scene.seconds - 60) : scene.seconds
            let sensors = [["radar-1"], ["radar-1", "mic-1"], ["anna"], ["anna", "mic-1"]]
            let track = scene.track(
                number, heard: heard, sensors: sensors.randomElement(using: &generator) ?? [],
                cooperative: Int.random(in: 0..<50, using: &generator) == 0,
                confirmed: Int.random(in: 0..<30, using: &generator) != 0, exercise: number > 2)
            if Int.random(in: 0..<60, using: &generator) == 0 {
                let reason = TrackEndReason.allCases.randomElement(using: &generator) ?? .lost
                outputs += scene.keep(scene.engine.take(track, endedFor: reason, at: scene.now))
                continue
            }
            let areas = (0..<areaCount).filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
            let leads: [Double] = [0, 0.0004, 0.0008, 0.002, 0.3]
            let lead = leads.randomElement(using: &generator) ?? 0
            outputs += scene.forecast(
                track, areas: areas, lead: lead, horizon: Double.random(in: 0..<0.2, using: &generator),
                arrival: Double.random(in: 1..<600, using: &generator))
        }
        if Int.random(in: 0..<30, using: &generator) == 0 {
            let number = WarningNumber(UInt64.random(in: 1..<40, using: &generator))
            let command = OperatorCommand.endWarning(number, operatorName: "Ada")
            outputs += scene.keep(scene.engine.take(command, at: scene.now))
        }
        return outputs + scene.keep(scene.engine.advance(to: scene.now))
    }

    private static func check(
        _ outputs: [Output], _ scene: Scene, _ warnings: inout [WarningNumber: Warning], _ place: String
    ) {
        for case .warning(let change) in outputs {
            let warning = change.warning
            let before = warnings[warning.number]
            #expect(warning.revision == (before?.revision ?? 0) + 1, "revisions count, \(place)")
            #expect(change.previousStage == before?.stage ?? .quiet, "\(place)")
            #expect((before == nil) == (change.kind == .raised), "\(place)")
            #expect((warning.stage == .quiet) == (change.kind == .ended), "\(place)")
            #expect(warning.changedAt == scene.now, "\(place)")
            if change.kind == .ended {
                let explicit: Set<WarningReason> = [
                    .threatPassed, .threatEnded, .threatExplained, .holdElapsed, .endedByOperator, .expired,
                ]
                #expect(explicit.contains(warning.reason), "\(place)")
                if warning.reason == .expired, let before { #expect(before.expiresAt <= scene.now, "\(place)") }
                warnings[warning.number] = nil
            } else {
                #expect(warning.expiresAt > scene.now, "\(place)")
                #expect(warning.tracks == warning.tracks.sorted(), "\(place)")
                warnings[warning.number] = warning
            }
        }
        let active = scene.engine.warnings
        #expect(active == warnings.values.sorted { $0.number < $1.number }, "told equals kept, \(place)")
        #expect(active.allSatisfy { ($0.course == nil) == ($0.arrival == nil) }, "\(place)")
        let places = active.map { "\($0.area) \($0.exercise)" }
        #expect(Set(places).count == places.count, "at most one warning per area and status, \(place)")
        #expect(active.allSatisfy { $0.expiresAt > scene.now }, "every warning ends or is extended, \(place)")
        #expect(active.allSatisfy { $0.tracks.count <= Limits.tracksPerArea }, "\(place)")
    }
}
