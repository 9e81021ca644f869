import ArgumentParser
import Foundation
import Glibc

/// Where lines for people and programs go.
enum Terminal {
    /// People look at standard output: colours may be used.
    static let isWatched = isatty(STDOUT_FILENO) == 1

    /// Writes a line to standard output at once, so that a reader behind a pipe sees it when it is true.
    static func write(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes a line about the program itself to standard error.
    static func note(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// A wrong file, a taken port: one clear line, and exit code 2.
    static func refuse(_ error: any Error) -> ExitCode {
        note("tocsin: \(error)")
        return ExitCode(2)
    }
}
