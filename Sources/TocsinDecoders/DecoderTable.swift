public import TocsinModel

/// The decoders of all feeds: each feed has its own, so that one feed's memory never touches another's.
public struct DecoderTable: Hashable, Sendable, Codable {
    private let feeds: [FeedSettings]
    private var decoders: [FeedDecoder]

    /// One decoder per feed, in the order of `feeds`.
    public init(feeds: [FeedSettings]) {
        self.feeds = feeds
        decoders = feeds.map { FeedDecoder($0) }
    }

    /// - Precondition: the frame's feed is one of those given at the start; the edge makes no other.
    public mutating func decode(_ frame: Frame, receivedAt: Instant) -> DecodedFrame {
        let number = Int(frame.feed.rawValue)
        precondition(number < feeds.count, "the edge made a frame of a feed that is not configured")
        return decoders[number].decode(frame, from: feeds[number], receivedAt: receivedAt)
    }
}
