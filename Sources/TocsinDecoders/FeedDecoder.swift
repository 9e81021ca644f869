internal import TocsinModel

/// The decoder of one feed.
enum FeedDecoder: Hashable, Sendable, Codable {
    case asterix(AsterixReportDecoder)
    case modeS(ModeSReportDecoder)
    case observer(ObserverReportDecoder)

    init(_ feed: FeedSettings) {
        switch feed.format {
        case .asterix: self = .asterix(AsterixReportDecoder(editions: AsterixEditions(pins: feed.editions)))
        case .beast, .avr, .modesJSON: self = .modeS(ModeSReportDecoder())
        case .reports: self = .observer(ObserverReportDecoder())
        }
    }

    mutating func decode(_ frame: Frame, from feed: FeedSettings, receivedAt: Instant) -> DecodedFrame {
        switch self {
        case .asterix(var decoder):
            defer { self = .asterix(decoder) }
            return decoder.decode(frame, from: feed, receivedAt: receivedAt)
        case .modeS(var decoder):
            // Released first, so that the decoder's memory is changed in place and not copied.
            self = .observer(ObserverReportDecoder())
            defer { self = .modeS(decoder) }
            return decoder.decode(frame, from: feed, receivedAt: receivedAt)
        case .observer(let decoder):
            return decoder.decode(frame, from: feed, receivedAt: receivedAt)
        }
    }
}
