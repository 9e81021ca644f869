import ArgumentParser
import Foundation
import TocsinAreas
import TocsinServer

/// `tocsin check`: every mistake of a configuration, or of a file of areas, at once.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells every mistake in a configuration or a file of areas at once.")

    @Argument(help: "The configuration file, or areas: a file whose name ends in .geojson.")
    var configurationFile: String?

    @Flag(help: "Print the mistakes as JSON.")
    var json = false

    @Flag(help: "Print the JSON Schema of configuration files and do nothing else.")
    var schema = false

    func validate() throws {
        if configurationFile == nil && !schema { throw ValidationError("Name a configuration file.") }
    }

    func run() throws {
        if schema { return Terminal.write(try ConfigurationSchema.text()) }
        guard let configurationFile else { return }
        if configurationFile.hasSuffix(".geojson") { return try checkAreas(configurationFile) }
        let configuration: Configuration
        do throws(ConfigurationProblems) {
            configuration = try Configuration.read(URL(filePath: configurationFile))
        } catch {
            if json { try writeJSON(error.problems) } else { Self.write(error, of: configurationFile) }
            throw ExitCode(2)
        }
        if json { return try writeJSON([]) }
        Terminal.write(
            "\(configurationFile): good. \(configuration.feeds.count) feeds, "
                + "\(configuration.sensors.count) sensors, \(configuration.areas.count) areas.")
        if !configuration.areaNotices.isEmpty {
            Terminal.note(
                "\(configurationFile): areas: \(configuration.areaNotices.count) notices; "
                    + "check the file of areas to see them.")
        }
    }

    /// Counts and notices on standard output, refusals beside it.
    private func checkAreas(_ path: String) throws {
        var file: AreaFile
        do throws(AreaCheck.Unreadable) {
            file = try AreaCheck.file(URL(filePath: path))
        } catch {
            Terminal.note("cannot read \(path): \(error.cause)")
            throw ExitCode(2)
        }
        file.cutBigCities()
        if json {
            Terminal.write(try AreaCheck.json(file))
        } else {
            let report = AreaReport(file)
            Terminal.write("\(path): \(report.summary)")
            for line in report.notices(examples: 10) { Terminal.write(line) }
            for line in report.refusals { Terminal.note("\(path): \(line)") }
        }
        if !file.refusals.isEmpty { throw ExitCode(2) }
    }

    /// One line per mistake.
    static func write(_ error: ConfigurationProblems, of file: String) {
        for problem in error.problems {
            let line = problem.line.map { ":\($0)" } ?? ""
            let path = problem.path.isEmpty ? "" : " \(problem.path)"
            let hint = problem.hint.map { " (\($0))" } ?? ""
            Terminal.note("\(file)\(line):\(path) \(problem.message)\(hint)")
        }
    }

    private func writeJSON(_ problems: [ConfigurationProblem]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Terminal.write(String(decoding: try encoder.encode(["problems": problems]), as: UTF8.self))
    }
}
