import Foundation
import Testing
import TocsinDrill
import TocsinForecast
import TocsinJournal
import TocsinModel
import TocsinServer
import TocsinTestKit

/// `tocsin drill --fit FILE --journal PATH`.
@Suite struct NightFitTests {
    private let drill: RecordedDrill

    init() throws { drill = try RecordedDrill.shared.get() }

    /// A drill of drones over the towns of the recorded one, recorded beside it.
    private func night(seed: UInt64) throws -> (journal: String, raid: Raid) {
        let areas = drill.folder.appending(path: "areas.geojson").path
        let settings = RaidSettings(drones: 30, missiles: 0, durationSeconds: 3_000, directions: 2)
        let exercise = try DrillExercise(
            areas: DrillAreas(path: areas), settings: settings, microphones: 20, radars: 3, seed: seed)
        let folder = drill.folder.appending(path: "night-\(seed)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let journal = DrillJournal(in: folder.path)
        _ = try DrillRun(of: exercise, journal: journal) { _ in }
        return (journal.directory, exercise.raid)
    }

    /// Over six pairs of such nights the hazard came within 13 % of the truth's, the turn rate within 4 %, and the
    /// heading noise was 5 to 17 % too large.
    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func recordedNightsAreFittedAsTheirTruth() throws {
        let nights = try [21, 22].map(night)
        let fit = try NightFit(of: nights.map(\.journal)) { _, _ in }
        var flown = TurnFit()
        for object in nights.flatMap(\.raid.objects) {
            let plane = LocalPlane(origin: object.samples[0].point)
            let places = object.samples.map { plane.project($0.point) }
            flown.add(flight: places.map { SIMD2($0.east, $0.north) })
        }
        let seen = fit.motion.attackDrone.turns
        let truth = flown.model(returningAs: .attackDrone)
        // Near the bearing from the beginning, where most of the flights are.
        func hazard(_ model: TurnModel) -> Double { model.habits[0...2].map(\.hazard).reduce(0, +) / 3 }
        for (name, value, trueValue, tolerance) in [
            ("hazard", hazard(seen), hazard(truth), 0.25), ("turn rate", seen.turnRate, truth.turnRate, 0.15),
            ("heading noise", seen.headingNoise, truth.headingNoise, 0.25),
        ] { #expect(abs(value / trueValue - 1) < tolerance, "\(name): \(value), in truth \(trueValue)") }
        // What a journal can't tell is not made up.
        #expect(seen.survival == TurnModel.attackDrone.survival && seen.endRate == TurnModel.attackDrone.endRate)
        #expect(fit.motion.cruiseMissile == .cruiseMissile)
    }

    @Test func aNightTooShortKeepsTheStandardModelAndSaysSo() throws {
        let fit = try NightFit(of: [drill.journal.path]) { _, _ in }
        #expect(fit.motion.attackDrone == .attackDrone && fit.motion.cruiseMissile == .cruiseMissile)
        #expect(fit.kept.count == 2 && fit.kept.allSatisfy { $0.contains("too little to fit") })
        let provenance = fit.motion.provenance
        #expect(provenance.hasPrefix("1 journal, 2026-01-01; attackDrone: "))
        #expect(provenance.contains("as in Tocsin's own") && !provenance.contains("/"))
    }

    @Test func aDamagedJournalIsReadAsFarAsItGoesAndSaidToBeDamaged() throws {
        let cut = try drill.truncated(toShare: 0.9)
        let fit = try NightFit(of: [drill.journal.path, cut.path]) { _, _ in }
        #expect(!fit.damage.isEmpty && fit.damage.allSatisfy { $0.hasPrefix("\(cut.path) is damaged: ") })
        #expect(fit.motion.provenance.hasPrefix("2 journals, "))
    }

    @Test func whereNothingWasFollowedOrRecordedIsRefused() throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        try JournalWriter(directory: night.directory, header: night.header.bytes()).close()
        #expect(throws: DrillError.nothingFollowed(journals: 1)) {
            try NightFit(of: [night.directory.path]) { _, _ in }
        }
        let nowhere = night.directory.appending(path: "nowhere").path
        var inputs = 0
        let error = try #require(throws: DrillError.self) {
            try NightFit(of: [drill.journal.path, nowhere]) { _, _ in inputs += 1 }
        }
        #expect("\(error)".contains(nowhere) && inputs == 0, "\(error), after \(inputs) inputs")
    }
}
