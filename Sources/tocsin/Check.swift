import ArgumentParser
import Foundation
import TocsinServer

/// `tocsin check`: every mistake of a configuration at once.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Tells every mistake in a configuration at once.")

    @Argument(help: "The configuration file.")
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
