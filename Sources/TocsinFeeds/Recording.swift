package import TocsinModel

/// The frames of a file with the times at which they were received, in the order of the file.
package struct Recording {
    private var lines: LineReader
    private let key: String
    /// The newest time so far; what lies before it is due with it.
    private var latest: Instant?

    package struct TimedFrame: Hashable, Sendable {
        package var time: Instant
        package var bytes: [UInt8]
    }

    package init(path: String, format: WireFormat) throws {
        lines = try LineReader(path: path)
        key = format == .modesJSON ? "timestamp" : "time"
    }

    /// The time of the first frame that has one.
    package static func firstTime(path: String, format: WireFormat) throws -> Instant? {
        var recording = try Recording(path: path, format: format)
        return try recording.next()?.time
    }

    /// The next frame. One without a time is due with the one before it; before the first time it is left out.
    package mutating func next() throws -> TimedFrame? {
        while let line = try lines.next() {
            let time = LineTime.find(key, in: line)
            latest = max(latest ?? time, time ?? latest)
            if let latest { return TimedFrame(time: latest, bytes: line) }
        }
        return nil
    }

    /// Bytes that no frame could be cut from, so far.
    package var skippedBytes: Int { lines.skippedBytes }
}

/// The later of two times; absent ones lie before all others.
private func max(_ left: Instant?, _ right: Instant?) -> Instant? {
    guard let left, let right else { return left ?? right }
    return Swift.max(left, right)
}
