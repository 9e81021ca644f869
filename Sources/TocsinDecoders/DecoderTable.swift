public import TocsinModel

/// The decoders of all feeds: each feed has its own, so that one feed's memory never touches another's.
public struct DecoderTable: Hashable, Sendable, Codable {
    private let feeds: [FeedSettings]

    public init(feeds: [FeedSettings]) {
        self.feeds = feeds
    }

    /// - Precondition: the frame's feed is one of those given at the start; the edge makes no other.
    public mutating func decode(_ frame: Frame, receivedAt: Instant) -> DecodedFrame {
        DecodedFrame()
    }
}
