internal import TocsinModel

/// Lines of JSON that say when they were received.
struct LineRecording {
    private var lines: LineReader
    private let key: String
    /// The newest time so far; what lies before it is due with it.
    private var latest: Instant?

    init(path: String, key: String) throws {
        lines = try LineReader(path: path)
        self.key = key
    }

    /// The next frame. One without a time is due with the one before it; before the first time it is left out.
    mutating func next() throws -> TimedFrame? {
        while let line = try lines.next() {
            let time = LineTime.find(key, in: line)
            latest = [latest, time].compactMap { $0 }.max()
            if let latest { return TimedFrame(time: latest, bytes: line) }
        }
        return nil
    }

    var skippedBytes: Int { lines.skippedBytes }
}
