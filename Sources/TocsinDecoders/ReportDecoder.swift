public import TocsinModel

/// What one frame said.
public struct DecodedFrame: Hashable, Sendable {
    public var reports: [Report]
    public var rejections: [Rejection]
    /// Sensors that gave a sign of life without a report about an object (a radar's north marker).
    public var heard: [SensorID]

    public init(reports: [Report] = [], rejections: [Rejection] = [], heard: [SensorID] = []) {
        self.reports = reports
        self.rejections = rejections
        self.heard = heard
    }
}

/// Turns the frames of one wire format into reports. Remembers only what the format needs between frames.
public protocol ReportDecoder: Hashable, Sendable, Codable {
    /// Never fails as a whole: what is not understood is a rejection, and the rest is decoded.
    mutating func decode(_ frame: Frame, from feed: FeedSettings, receivedAt: Instant) -> DecodedFrame
}
