public import TocsinModel

/// What decides how the future of a track is seen. ``standard`` states every default; Docs/forecast-and-warning.md
/// gives their sources. Start from it and change what differs.
public struct ForecastSettings: Hashable, Sendable, Codable {
    /// How far ahead arrivals are forecast. Seconds, at most 1,200; an area whose lead time is longer is forecast that
    /// far.
    /// PHYSICS.md: a warning is of use for up to 600 s.
    public var horizonSeconds: Double
    /// How long a warning takes to reach people. Seconds. PHYSICS.md: 4 s cell broadcast, 1 s open stream.
    public var deliverySeconds: Double
    /// Added to every area's lead time. Seconds. RAID.md: 35 to 65.
    public var marginSeconds: Double
    /// A class with less than this share of the threat probability is left out. 0 ... 1.
    public var leastClassShare: Double
    /// A track whose probability to exist and be a threat is below this is not forecast. 0 ... 1.
    public var leastThreat: Double
    /// How likely a class stays, compared with one that fits, whose speeds do not fit the track's. 0 ... 1.
    public var misfitLikelihood: Double
    /// Silences up to this long are usual between reports and say nothing. Seconds.
    public var silenceIgnoredSeconds: Double
    public var attackDrone: ThreatMotion
    public var cruiseMissile: ThreatMotion
    public var ballisticMissile: ThreatMotion

    /// How `objectClass` moves; `nil` if it is not warned of.
    public func motion(of objectClass: ObjectClass) -> ThreatMotion? {
        switch objectClass {
        case .attackDrone: attackDrone
        case .cruiseMissile: cruiseMissile
        case .ballisticMissile: ballisticMissile
        case .aircraft, .helicopter, .bird, .smallDrone: nil
        }
    }

    /// How long before an arrival people who need `shelter` must be told, at this hour. Seconds.
    public func leadSeconds(_ shelter: ShelterTime, at now: Instant) -> Double {
        shelter.seconds(at: now) + deliverySeconds + marginSeconds
    }

    public static let standard = ForecastSettings(
        horizonSeconds: 600, deliverySeconds: 5, marginSeconds: 35, leastClassShare: 0.02, leastThreat: 0.0002,
        misfitLikelihood: 0.02, silenceIgnoredSeconds: 30, attackDrone: .attackDrone, cruiseMissile: .cruiseMissile,
        ballisticMissile: .ballisticMissile)
}
