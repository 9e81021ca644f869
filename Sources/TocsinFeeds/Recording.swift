package import TocsinModel

/// The frames of a file with the times at which they were received, in the order of the file.
package struct Recording {
    private var form: Form

    private enum Form {
        case lines(LineRecording)
        case capture(CaptureRecording)
    }

    /// - Throws: Foundation's error if the file cannot be read.
    package init(path: String, format: WireFormat) throws {
        switch format {
        case .asterix: form = .capture(try CaptureRecording(path: path))
        case .modesJSON: form = .lines(try LineRecording(path: path, key: "timestamp"))
        case .reports, .beast, .avr: form = .lines(try LineRecording(path: path, key: "time"))
        }
    }

    /// The time of the first frame that has one.
    package static func firstTime(path: String, format: WireFormat) throws -> Instant? {
        var recording = try Recording(path: path, format: format)
        return try recording.next()?.time
    }

    /// The next frame. Times never go back: what was recorded out of order is due with what came before it.
    package mutating func next() throws -> TimedFrame? {
        switch form {
        case .lines(var lines):
            defer { form = .lines(lines) }
            return try lines.next()
        case .capture(var capture):
            defer { form = .capture(capture) }
            return try capture.next()
        }
    }

    /// Bytes that no frame could be cut from, so far.
    package var skippedBytes: Int {
        switch form {
        case .lines(let lines): lines.skippedBytes
        case .capture(let capture): capture.skippedBytes
        }
    }
}

/// A frame of a recording.
package struct TimedFrame: Hashable, Sendable {
    /// On the recording's own clock.
    package var time: Instant
    package var bytes: [UInt8]
}
