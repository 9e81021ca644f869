package import ServiceLifecycle

/// A source of frames that runs until the server stops.
package protocol FeedService: Service {
    var intake: FeedIntake { get }
}

/// Takes one frame of a feed, and returns when the next one may come.
package typealias FrameTaker = @Sendable ([UInt8]) async -> Void
