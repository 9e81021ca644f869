import ArgumentParser
import Foundation

@main
struct Tocsin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin",
        abstract: "Warns each place of missiles and drones: what is coming, how long it has, and when it is over.",
        version: "0.1.0",
        subcommands: [
            Watch.self, Replay.self, Check.self, Decode.self, Drill.self, TrackCommand.self,
            ReportCommand.self, Explain.self,
        ])

    /// Wrong usage ends with 2, as every wrong configuration does; the library's own code for it is 64.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var concurrent = command as? any AsyncParsableCommand {
                try await concurrent.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
            exit(withError: ExitCode(2))
        }
    }
}
