import ArgumentParser
import Foundation
import TocsinFormats
import TocsinModel
import TocsinServer

/// `tocsin watch`: live, or at the pace of a recording.
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes in what feeds say, tracks, forecasts and warns, on one port.")

    @Argument(help: "The configuration file; `tocsin check` tells what is wrong with it.")
    var configurationFile: String

    @Option(help: "End by itself after so many seconds of the wall clock.")
    var seconds: Double?

    @Flag(help: "Print JSON lines.")
    var json = false

    func validate() throws {
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0.") }
    }

    func run() async throws {
        let configuration: Configuration
        do throws(ConfigurationProblems) {
            configuration = try Configuration.read(URL(filePath: configurationFile))
        } catch {
            Check.write(error, of: configurationFile)
            throw ExitCode(2)
        }
        do {
            let server = try await Server.open(configuration)
            let line = WarningLine(areas: configuration.areas, json: json, colored: Terminal.isWatched && !json)
            let digest = try await watch(server, configuration, line: line)
            Terminal.write("digest: \(digest.hexadecimal)")
        } catch {
            throw Terminal.refuse(error)
        }
    }

    private func watch(
        _ server: Server, _ configuration: Configuration, line: WarningLine
    ) async throws -> OutputDigest {
        let events = await server.conductor.subscribe(after: nil)
        async let printing: Void = follow(events, of: server, configuration, line: line)
        let digest = try await server.run(for: seconds.map { .seconds($0) })
        await printing
        return digest
    }

    /// Greets when the port is open, and then tells every change until the conductor ends.
    private func follow(
        _ events: AsyncStream<BoardEvent>, of server: Server, _ configuration: Configuration, line: WarningLine
    ) async {
        guard let port = await server.listeningPort() else { return }
        greet(server, configuration, port: port)
        for await event in events {
            switch event {
            case .snapshot(let snapshot): for warning in snapshot.warnings { Terminal.write(line.text(warning)) }
            case .warning(let warning): Terminal.write(line.text(warning))
            }
        }
    }

    private func greet(_ server: Server, _ configuration: Configuration, port: Int) {
        let address = "http://\(configuration.http.host):\(port)"
        let operatorLink = "\(address)/console#token=\(server.tokens.operatorToken)"
        if json { return greetPrograms(server, address: address, operatorLink: operatorLink) }
        Terminal.write("\(configuration.system) watches: \(address)/")
        if server.tokensAreNew {
            Terminal.write("For operators only, shown once: \(operatorLink)")
            Terminal.write("Token for reporters, shown once: \(server.tokens.reporterToken)")
        }
        if let recovery = server.recovery {
            let seconds = (recovery.seconds * 1_000).rounded() / 1_000
            Terminal.write(
                "Went on with the journal at input \(recovery.lastSequence): \(recovery.tracks) tracks, "
                    + "\(recovery.warnings) warnings, \(recovery.inputsReplayed) inputs replayed in \(seconds) s.")
            for problem in recovery.problems { Terminal.note("journal: \(problem)") }
        }
    }

    private func greetPrograms(_ server: Server, address: String, operatorLink: String) {
        var greeting: [String: String] = ["address": address]
        if server.tokensAreNew {
            greeting["operatorLink"] = operatorLink
            greeting["reporterToken"] = server.tokens.reporterToken
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(greeting) else { return }
        Terminal.write(String(decoding: bytes, as: UTF8.self))
    }
}
