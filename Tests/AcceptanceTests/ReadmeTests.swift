import Foundation
import Testing

/// The README tells the truth: what it says a command prints is what the command prints.
@Suite struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let binary = root.appending(path: ".build/release/tocsin")
    /// The demo's data and the release binary are there: `make test` makes both before the tests.
    static let isReady =
        FileManager.default.isExecutableFile(atPath: binary.path)
        && FileManager.default.fileExists(atPath: root.appending(path: ".cache/demo/areas.geojson").path)

    struct Example {
        var command: String
        var expected: String
    }

    @Test(.enabled(if: ReadmeTests.isReady, "needs the release build and the demo's data: run `make test`"))
    func commandsPrintWhatTheReadmeSays() throws {
        let examples = try Self.examples(
            in: String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8))
        try #require(examples.count >= 3)
        for example in examples {
            let printed = try run(example.command)
            #expect(printed == example.expected, "`\(example.command)` prints:\n\(printed)")
        }
    }

    /// Blocks marked `console`: a line `$ tocsin …`, then what it prints on standard output.
    private static func examples(in readme: String) -> [Example] {
        var examples: [Example] = []
        var isInside = false
        for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ tocsin ") {
                examples.append(Example(command: String(line.dropFirst("$ tocsin ".count)), expected: ""))
            } else if isInside, !examples.isEmpty {
                examples[examples.count - 1].expected += line + "\n"
            }
        }
        return examples
    }

    private func run(_ command: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "'\(Self.binary.path)' \(command) 2>/dev/null"]
        process.currentDirectoryURL = Self.root
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
