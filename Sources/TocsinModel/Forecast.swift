/// When one track may reach one area.
public struct Forecast: Hashable, Sendable, Codable {
    public var track: TrackNumber
    public var area: AreaID
    public var exercise: Bool
    /// When it was made.
    public var at: Instant
    /// The probability that the object exists, is a threat and arrives within the area's lead time (seconds to
    /// shelter + delivery + margin). 0 ... 1.
    public var probabilityWithinLead: Double
    /// The same within the whole horizon. Never less than `probabilityWithinLead`.
    public var probabilityWithinHorizon: Double
    /// Given that it arrives within the horizon: 5 % quantile of the first passage.
    public var earliest: Instant
    /// 50 % quantile.
    public var likely: Instant
    /// 95 % quantile.
    public var latest: Instant

    public init(
        track: TrackNumber, area: AreaID, exercise: Bool, at: Instant, probabilityWithinLead: Double,
        probabilityWithinHorizon: Double, earliest: Instant, likely: Instant, latest: Instant
    ) {
        self.track = track
        self.area = area
        self.exercise = exercise
        self.at = at
        self.probabilityWithinLead = probabilityWithinLead
        self.probabilityWithinHorizon = probabilityWithinHorizon
        self.earliest = earliest
        self.likely = likely
        self.latest = latest
    }
}
