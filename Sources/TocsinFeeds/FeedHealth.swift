/// How a feed does, for operators.
package struct FeedHealth: Hashable, Sendable {
    package var name: String
    package var state: State
    /// Frames handed on.
    package var frames: UInt64
    /// Frames that were thrown away, the oldest first, because they came faster than they could be taken.
    package var dropped: UInt64
    /// Bytes that no frame could be cut from.
    package var skippedBytes: UInt64

    package init(name: String, state: State, frames: UInt64 = 0, dropped: UInt64 = 0, skippedBytes: UInt64 = 0) {
        self.name = name
        self.state = state
        self.frames = frames
        self.dropped = dropped
        self.skippedBytes = skippedBytes
    }

    package enum State: Hashable, Sendable {
        case starting
        /// Listening, connected, or reading.
        case running
        /// Not connected; tried again by itself.
        case disconnected(cause: String)
        /// A file was read to its end.
        case finished
        case failed(cause: String)
    }

    /// Something is or was wrong that an operator should know.
    package var isDegraded: Bool {
        switch state {
        case .starting, .running, .finished: dropped > 0
        case .disconnected, .failed: true
        }
    }
}
