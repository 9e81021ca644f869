import Foundation
import TocsinDrill
import TocsinModel
import TocsinServer

/// A small drill over made-up towns, run once for all tests and recorded as `tocsin drill --output` does.
struct RecordedDrill: Sendable {
    let folder: URL
    let changes: [WarningChange]
    let score: Score

    var journal: URL { URL(filePath: DrillJournal(in: folder.path).directory) }
    var truth: String { folder.appending(path: "truth.json").path }

    static let shared = Result { try RecordedDrill() }
    /// The report of the whole drill with its truth.
    static let report = Result {
        let drill = try shared.get()
        return try NightReport(of: drill.journal, truth: drill.truth) { _ in }
    }
    /// The first tenth of the journal, as a crash leaves it: enough where what is in it does not matter.
    static let beginning = Result { try shared.get().truncated(toShare: 0.1) }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-drill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "areas.geojson")
        try Self.towns.write(to: file, atomically: true, encoding: .utf8)
        let settings = RaidSettings(drones: 1, missiles: 1, durationSeconds: 240, directions: 1)
        let exercise = try DrillExercise(
            areas: DrillAreas(path: file.path), settings: settings, microphones: 6, radars: 1, seed: 5)
        try DrillFiles(directory: folder.path).write(exercise)
        let run = try DrillRun(of: exercise, journal: DrillJournal(in: folder.path)) { _ in }
        changes = run.changes
        let perfect = DrillRun(perfectlyFed: exercise) { _ in }
        score = DrillResult(of: run, perfectlyFed: perfect, in: exercise, explained: false).score
    }

    /// A copy of the journal with only this share of the bytes of its only segment.
    func truncated(toShare share: Double) throws -> URL {
        let copy = folder.appending(path: "truncated-\(share)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        let segment = "00000001.journal"
        let whole = try Data(contentsOf: journal.appending(path: segment))
        try whole.prefix(Int(Double(whole.count) * share)).write(to: copy.appending(path: segment))
        return copy
    }

    /// Sixteen squares of 3 km on a grid of 12 km; one has a name that must not get into a page as it is.
    private static var towns: String {
        let features = (0..<16).map { number -> String in
            let latitude = 46.7 + Double(number / 4) * 0.11
            let longitude = 7.6 + Double(number % 4) * 0.16
            let corners = [(-0.0135, -0.02), (-0.0135, 0.02), (0.0135, 0.02), (0.0135, -0.02), (-0.0135, -0.02)]
            let ring = corners.map { "[\(longitude + $0.1),\(latitude + $0.0)]" }.joined(separator: ",")
            let name = number == 0 ? "<b>Dorf</b>, \\\"am\\\" See" : "Town \(number)"
            return """
                {"type":"Feature","id":"town-\(number)","properties":{"name":"\(name)","population":25000,\
                "secondsToShelter":90},"geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
    }
}
