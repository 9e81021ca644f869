import ArgumentParser
import Foundation
import TocsinServer

/// `tocsin report`: a recorded night, told afterwards.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tells a recorded night: what flew, who was warned how early, who for nothing, what came unseen.",
        discussion: """
            The journal is replayed, so the report tells what was decided. It is for operators: it tells where threats \
            were followed. Docs/after-the-night.md says what every figure means.

            Without --truth it can't know what nobody noticed, and says so. A drill's truth makes that, and the seconds \
            of warning before each arrival, exact.

            Ends with 0; with 1 if this version decides otherwise than was recorded; with 2 if there is no journal, \
            or a file can't be read or written.

            Examples:
              tocsin report run/demo-last
              tocsin report run/demo-last --html night.html --csv night.csv
              tocsin drill --areas areas.geojson --output drill
              tocsin report drill/drill-journal --truth drill/truth.json --html night.html
              tocsin report run/demo-last --json > night.json
            """)

    @Argument(help: "The directory of the journal.")
    var journal: String
    @Option(help: "The truth.json of the drill that was recorded.")
    var truth: String?
    @Option(help: "Write a page with maps, a timeline and tables to this file.")
    var html: String?
    @Option(help: "Write the table per area to this file.")
    var csv: String?
    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() throws {
        let report: NightReport
        do {
            var lastNote = ContinuousClock.now
            report = try NightReport(of: URL(filePath: journal), truth: truth) { sequence in
                guard lastNote.duration(to: .now) > .seconds(1) else { return }
                lastNote = .now
                Terminal.note("input \(sequence)")
            }
            if let html { try write(NightPage(report).html, to: html) }
            if let csv { try write(NightReportTable(report).text, to: csv) }
        } catch {
            throw Terminal.refuse(error)
        }
        let text = json ? try NightReportDocument(report).text : NightReportText(report).text
        Terminal.write(String(text.dropLast()))
        if let difference = report.firstDifference {
            Terminal.note("tocsin: decides differently from input \(difference) on")
            throw ExitCode(1)
        }
    }

    private func write(_ text: String, to path: String) throws(NightError) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .cannotWrite(path: path, cause: error.localizedDescription)
        }
        Terminal.note("wrote \(path)")
    }
}
