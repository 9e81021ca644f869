public import TocsinModel

/// Turns reports into tracks. See ARCHITECTURE.md for the steps.
public struct Tracker: Hashable, Sendable, Codable {
    private let settings: TrackingSettings
    private let sensors: [SensorSettings]

    public init(settings: TrackingSettings, sensors: [SensorSettings]) {
        self.settings = settings
        self.sensors = sensors
    }

    /// Takes the reports of one frame. Their origins are filled in; they may be out of order.
    /// - Returns: The decisions, and the numbers of the tracks that were updated, ascending.
    public mutating func observe(_ reports: [Report], at now: Instant) -> (events: [TrackEvent], updated: [TrackNumber])
    {
        ([], [])
    }

    /// Ends what must end by the passing of time alone.
    public mutating func advance(to now: Instant) -> [TrackEvent] { [] }

    /// All tracks, confirmed or not, as of their last update, by ascending number.
    public var tracks: [Track] { [] }

    /// The track of that number as predicted at `now`; `nil` if there is none.
    public func track(_ number: TrackNumber, at now: Instant) -> Track? { nil }
}
