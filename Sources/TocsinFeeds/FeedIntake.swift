internal import Synchronization

/// The bounded queue between a source, which does not wait, and the conductor; and how the feed does.
///
/// When it is full, the oldest frame is dropped and counted: what is newest is worth most to a warning.
package final class FeedIntake: Sendable {
    /// One second of the busiest load that is promised (TORTURE.md, row 10: 20,000 reports/s) in frames of five.
    package static let framesMaximum = 4_096

    /// The frames, oldest first; ends when the feed does.
    package let frames: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation
    private let standing: Mutex<FeedHealth>

    package let name: String

    package init(name: String, framesMaximum: Int = FeedIntake.framesMaximum) {
        self.name = name
        standing = Mutex(FeedHealth(name: name, state: .starting))
        (frames, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(framesMaximum))
    }

    package var health: FeedHealth { standing.withLock { $0 } }

    /// Puts a frame into the queue.
    package func offer(_ frame: [UInt8]) {
        if case .dropped = continuation.yield(frame) { standing.withLock { $0.dropped += 1 } }
    }

    package func skip(bytes: Int) { standing.withLock { $0.skippedBytes += UInt64(bytes) } }

    package func change(to state: FeedHealth.State) { standing.withLock { $0.state = state } }

    /// Ends ``frames`` after those that wait.
    package func finish() { continuation.finish() }

    /// Counts one frame that was handed on.
    package func count() { standing.withLock { $0.frames += 1 } }

    /// Hands on every frame until the feed ends.
    func forward(to take: FrameTaker) async {
        for await frame in frames {
            await take(frame)
            count()
        }
    }
}
