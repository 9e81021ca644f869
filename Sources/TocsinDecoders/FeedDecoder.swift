internal import TocsinModel

/// The decoder of one feed.
enum FeedDecoder: Hashable, Sendable, Codable {
    case asterix(AsterixReportDecoder)

    /// `nil`: the format is not read yet.
    init?(_ feed: FeedSettings) {
        switch feed.format {
        case .asterix: self = .asterix(AsterixReportDecoder(editions: AsterixEditions(pins: feed.editions)))
        case .beast, .avr, .modesJSON, .reports: return nil
        }
    }

    mutating func decode(_ frame: Frame, from feed: FeedSettings, receivedAt: Instant) -> DecodedFrame {
        switch self {
        case .asterix(var decoder):
            defer { self = .asterix(decoder) }
            return decoder.decode(frame, from: feed, receivedAt: receivedAt)
        }
    }
}
