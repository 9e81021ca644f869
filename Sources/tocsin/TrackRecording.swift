import ArgumentParser
import Foundation
import TocsinModel
import TocsinPipeline

/// What `tocsin track` does with a radar's recording: our track numbers beside the radar's own.
struct TrackRecording {
    let path: String
    let radar: SensorPosition
    let json: Bool

    /// One line of the table.
    private struct Row {
        var key: String
        var title: String
        var score: TrackScore
    }

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw failure("cannot read \(path)")
        }
        let recording = RadarRecording([UInt8](bytes))
        guard let turn = recording.turnSeconds, !recording.plots.isEmpty else {
            throw failure("\(path): no radar's plots (ASTERIX category 048) that come back turn by turn")
        }
        // One percent farther than the farthest plot.
        let trial = RecordingTrial(radar: radar, turnSeconds: turn, range: 1.01 * recording.farthest)
        let own = Row(key: "radar", title: "the radar's own numbers", score: recording.ownScore)
        // Plots alone, without a tracker of the radar's own, have no numbers to compare with.
        let rows =
            (own.score.tracks > 0 ? [own] : []) + [
                row("hidden", "ours, identity and height hidden", .placeOnly, trial, recording),
                row("operation", "ours, as in operation", .all, trial, recording),
            ]
        if json { rows.forEach(printLine) } else { printTable(rows, of: recording, turn: turn) }
    }

    private func row(
        _ key: String, _ title: String, _ knowledge: RecordingTrial.Knowledge, _ trial: RecordingTrial,
        _ recording: RadarRecording
    ) -> Row {
        let numbers = trial.run(recording, knowledge) { done in
            guard done % 10_000 == 0 else { return }
            say("\(title): \(100 * done / recording.plots.count) %")
        }
        return Row(key: key, title: title, score: recording.score(numbers.map { $0?.rawValue }))
    }

    private func printTable(_ rows: [Row], of recording: RadarRecording, turn: Double) {
        let minutes = Int((recording.duration / 60).rounded())
        let means = recording.objectKey == .address ? "address" : "Mode A code"
        print(
            """
            \(recording.plots.count) plots in \(minutes) min, a turn every \(rounded(turn, 100)) s; objects told \
            apart by \(means)

            numbers                            followed  of all  switches  purity  tracks  without object
            """)
        for row in rows {
            let score = row.score
            let cells = [
                padded(score.followed, 8), padded(score.objects, 6), padded(score.switches, 8),
                padded(rounded(score.purity, 10_000), 6), padded(score.tracks, 6),
                padded(score.tracksWithoutObject, 14),
            ]
            print(row.title.padding(toLength: 35, withPad: " ", startingAt: 0) + cells.joined(separator: "  "))
        }
        print(
            """

            followed: one number has at least 90 % of the plots of an object with ten plots or more.
            switches: two successive plots of such an object carry different numbers.
            purity: the share of a track's plots that are its main object's.
            without object: tracks of more than five plots without \(means).
            Our numbers are given live, from a track's third plot on.
            """)
    }

    private func printLine(_ row: Row) {
        var line = JSONLine()
        line.field("numbers", row.key)
        line.field("objects", row.score.objects)
        line.field("followed", row.score.followed)
        line.field("switches", row.score.switches)
        line.field("purity", row.score.purity)
        line.field("tracks", row.score.tracks)
        line.field("tracksWithoutObject", row.score.tracksWithoutObject)
        print(String(decoding: line.finish(), as: UTF8.self), terminator: "")
    }

    private func padded(_ value: some CustomStringConvertible, _ width: Int) -> String {
        let text = value.description
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func rounded(_ value: Double, _ parts: Double) -> Double { (value * parts).rounded() / parts }

    private func say(_ text: String) { FileHandle.standardError.write(Data("tocsin track: \(text)\n".utf8)) }

    private func failure(_ text: String) -> ExitCode {
        say(text)
        return ExitCode(2)
    }
}

extension SensorPosition {
    /// "LATITUDE,LONGITUDE,HEIGHT" in degrees and meters.
    init?(text: String) {
        let numbers = text.split(separator: ",").compactMap { Double($0) }
        guard numbers.count == 3, abs(numbers[0]) <= 90, abs(numbers[1]) <= 180, abs(numbers[2]) < 10_000 else {
            return nil
        }
        self.init(
            point: GeoPoint(latitudeDegrees: numbers[0], longitudeDegrees: numbers[1]),
            height: GeometricHeight(meters: numbers[2]))
    }
}
