import ArgumentParser
import Foundation
import TocsinFormats
import TocsinModel
import TocsinPipeline
import TocsinServer

/// `tocsin replay`: runs a journal again and proves that it decides the same.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs a recorded journal again and proves that it decides the same.")

    @Argument(help: "The directory of the journal.")
    var journal: String

    @Flag(help: "Print warnings as JSON lines, and the result as one.")
    var json = false

    @Flag(help: "Print one line per warning raised, changed and ended.")
    var warnings = false

    func run() throws {
        let replay: TocsinServer.Replay
        do {
            replay = try TocsinServer.Replay(directory: URL(filePath: journal))
        } catch {
            throw Terminal.refuse(error)
        }
        let result = play(replay)
        for problem in result.problems { Terminal.note("damaged: \(problem)") }
        Terminal.note(
            "\(result.inputs) inputs in \(Self.round(result.seconds)) s, "
                + "\(Int(Double(result.inputs) / max(result.seconds, 1e-9))) inputs/s, "
                + "\(result.decisions) steps with decisions")
        if let difference = result.firstDifference {
            Terminal.note("tocsin: decides differently from input \(difference) on")
        }
        Terminal.write("digest: \(result.digest.hexadecimal)")
        if result.firstDifference != nil { throw ExitCode(1) }
    }

    private func play(_ replay: TocsinServer.Replay) -> TocsinServer.Replay.Result {
        var replay = replay
        var line = WarningLine(areas: [], json: json, colored: Terminal.isWatched && !json)
        var lastNote = ContinuousClock.now
        return replay.play { progress in
            switch progress {
            case .began(let header):
                line = WarningLine(areas: header.settings.areas, json: json, colored: line.colored)
            case .stepped(let step, let input, _):
                if warnings || json { for event in step.events { Terminal.write(line.text(event)) } }
                guard lastNote.duration(to: .now) > .seconds(1) else { return }
                lastNote = .now
                Terminal.note("input \(input.sequence)")
            }
        }
    }

    private static func round(_ seconds: Double) -> Double { (seconds * 1_000).rounded() / 1_000 }
}
