internal import ServiceLifecycle
package import TocsinModel

/// Replays a recording at the pace of the conductor's clock. Nothing is dropped: when the conductor is busy, the
/// recording waits.
package struct FileFeed: FeedService {
    package let intake: FeedIntake
    private let path: String
    private let format: WireFormat
    /// Added to the recording's times to bring them onto the conductor's clock.
    private let timeShift: Duration
    /// Frames that were taken before a restart, and are not taken again.
    private let framesTaken: UInt64
    private let pace: Pace
    private let take: FrameTaker

    /// Returns when the conductor's clock shows a time, or at once when it has passed.
    package typealias Pace = @Sendable (Instant) async throws -> Void

    package init(
        intake: FeedIntake, path: String, format: WireFormat, timeShift: Duration, framesTaken: UInt64,
        pace: @escaping Pace, take: @escaping FrameTaker
    ) {
        self.intake = intake
        self.path = path
        self.format = format
        self.timeShift = timeShift
        self.framesTaken = framesTaken
        self.pace = pace
        self.take = take
    }

    /// The time of the recording's first frame.
    package static func firstTime(
        name: String, path: String, format: WireFormat
    ) throws(FeedError) -> Instant {
        let time: Instant?
        do {
            time = try Recording.firstTime(path: path, format: format)
        } catch {
            throw .cannotRead(feed: name, path: path, cause: "\(error)")
        }
        guard let time else { throw .noTimes(feed: name, path: path) }
        return time
    }

    package func run() async throws {
        do {
            intake.change(to: .running)
            try await cancelWhenGracefulShutdown { try await replay() }
            intake.change(to: .finished)
        } catch is CancellationError {
            return
        } catch {
            intake.change(to: .failed(cause: "\(error)"))
        }
        // A feed that has nothing more to say stays: its end must not end the server.
        try? await gracefulShutdown()
    }

    private func replay() async throws {
        var recording = try Recording(path: path, format: format)
        var number: UInt64 = 0
        let shiftSeconds = timeShift / .seconds(1)
        while let frame = try recording.next() {
            number += 1
            guard number > framesTaken else { continue }
            try await pace(frame.time.advanced(bySeconds: shiftSeconds))
            try Task.checkCancellation()
            await take(frame.bytes)
            intake.count()
        }
        intake.skip(bytes: recording.skippedBytes)
    }
}
