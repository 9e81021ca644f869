internal import Foundation
package import TocsinDecoders
package import TocsinModel

/// Reads a file or standard input, writes lines of JSON to standard output, and says on standard error how it went.
package struct DecodeRun {
    private let settings: DecodeSettings
    private var progress: DecodeProgress
    private var bytesRead = 0

    /// Large enough that a system call costs nothing beside the decoding.
    private static let chunkBytes = 1 << 20

    package init(settings: DecodeSettings) {
        self.settings = settings
        progress = DecodeProgress()
    }

    /// - Returns: Whether anything was decoded.
    /// - Throws: ``DecodeFailure`` if the file cannot be read, or ``OutputClosed``.
    package mutating func run() throws -> Bool {
        // A reader that leaves early, as `head` does, is no reason to die.
        signal(SIGPIPE, SIG_IGN)
        let input = try DecodeInput(path: settings.path)
        let started = ContinuousClock.now
        progress.totalBytes = input.byteCount
        var first = try input.read(atLeast: CaptureContainer.sniffedBytes, chunk: Self.chunkBytes)
        var file = try opened(first)
        var text: [UInt8] = []
        while true {
            let next = try input.read(atLeast: 1, chunk: Self.chunkBytes)
            bytesRead += first.count
            file.append(first, isLast: next.isEmpty, to: &text)
            try StandardOutput.write(text)
            text.removeAll(keepingCapacity: true)
            progress.show(bytes: bytesRead, records: file.records)
            guard !next.isEmpty else { break }
            first = next
        }
        progress.clear()
        let elapsed = ContinuousClock.now - started
        DecodeSummary(
            name: settings.path ?? "standard input", file: file, bytes: bytesRead, elapsed: elapsed
        ).print()
        return file.records > 0
    }

    private func opened(_ first: [UInt8]) throws -> DecodedFile {
        guard !first.isEmpty else {
            throw DecodeFailure(message: "\(settings.path ?? "standard input") is empty", code: 3)
        }
        let sniffed = FileSniff(first.span)
        let format = settings.format ?? (settings.container == nil ? sniffed.format : .asterix)
        guard format == .asterix || settings.container == nil else {
            throw DecodeFailure(message: "--container is for ASTERIX; \(format.rawValue) has none", code: 2)
        }
        return DecodedFile(
            format: format, container: settings.container ?? sniffed.container,
            editions: AsterixEditions(pins: settings.editions), first: first)
    }
}

/// What `tocsin decode` was told.
package struct DecodeSettings: Hashable, Sendable {
    /// `nil`: standard input.
    package var path: String?
    /// `nil`: found by the first bytes.
    package var format: WireFormat?
    /// `nil`: found by the first bytes.
    package var container: CaptureContainer?
    package var editions: [AsterixEditionPin]

    package init(
        path: String?, format: WireFormat?, container: CaptureContainer?, editions: [AsterixEditionPin]
    ) {
        self.path = path
        self.format = format
        self.container = container
        self.editions = editions
    }
}

/// Why `tocsin decode` stopped; one line for people, and the exit code.
package struct DecodeFailure: Error, Hashable, Sendable {
    package var message: String
    package var code: Int32

    package init(message: String, code: Int32) {
        self.message = message
        self.code = code
    }
}

/// Whoever reads our output has left.
package struct OutputClosed: Error, Hashable, Sendable {}
