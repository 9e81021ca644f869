import ArgumentParser
import Foundation
import TocsinModel
import TocsinPipeline
import TocsinServer

/// `tocsin explain`: why an area was, or was not, warned at a moment.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells why an area was, or was not, warned at a moment of a recorded night.",
        discussion: """
            The journal is replayed up to the moment: tracks, probabilities and times are those that decided then. It is \
            for operators: it tells where threats were followed.

            A time given to the second means the end of that second, so that a decision made within it counts.

            Ends with 0; with 1 if this version decides otherwise than was recorded; with 2 if there is no such journal, \
            area or moment.

            Examples:
              tocsin explain run/demo-last --area ch-2660646 --at 2026-11-22T17:03:20Z
              tocsin explain drill/drill-journal --area town-14 --at 2026-01-01T00:07:00Z --json
            """)

    @Argument(help: "The directory of the journal.")
    var journal: String
    @Option(help: "The area's id, as tocsin report --csv lists it.")
    var area: String
    @Option(help: "The moment, as 2026-11-22T17:03:20Z.")
    var at: String
    @Flag(help: "Print the explanation as one JSON object.")
    var json = false

    func validate() throws {
        if moment == nil { throw ValidationError("--at must be a time with its zone, as 2026-11-22T17:03:20Z") }
    }

    /// The end of the second, or of the last digit of its fraction, that was given.
    private var moment: Instant? {
        guard let start = Instant(iso8601: at) else { return nil }
        let digits = at.dropFirst(19).first == "." ? at.dropFirst(20).prefix { $0.isNumber }.count : 0
        var length = 1.0
        for _ in 0..<min(digits, 9) { length /= 10 }
        return start.advanced(bySeconds: length - 1e-9)
    }

    func run() throws {
        guard let moment else { return }
        let answer: JournalExplanation
        do {
            answer = try JournalExplanation(of: AreaID(area), at: moment, in: URL(filePath: journal))
        } catch {
            throw Terminal.refuse(error)
        }
        for problem in answer.problems { Terminal.note("damaged: \(problem)") }
        if json {
            Terminal.write(String(decoding: answer.explanation.json.dropLast(), as: UTF8.self))
        } else {
            for line in answer.explanation.words { Terminal.write(line) }
        }
        if let difference = answer.firstDifference {
            Terminal.note("tocsin: decides differently from input \(difference) on")
            throw ExitCode(1)
        }
    }
}
