public import TocsinModel

/// What decides how the future of a track is drawn. ``standard`` states every default; Docs/forecast-and-warning.md
/// gives their sources. Start from it and change what differs.
public struct ForecastSettings: Hashable, Sendable, Codable {
    /// How far ahead arrivals are forecast. Seconds; an area whose lead time is longer is forecast that far.
    /// PHYSICS.md: a warning is of use for up to 600 s.
    public var horizonSeconds: Double
    /// How long a warning takes to reach people. Seconds. PHYSICS.md: 4 s cell broadcast, 1 s open stream.
    public var deliverySeconds: Double
    /// Added to every area's lead time. Seconds. RAID.md: 35 to 65.
    public var marginSeconds: Double
    /// The possible futures drawn per track; a probability is resolved to about one part in this. 1 or more.
    public var particles: Int
    /// The futures drawn at least for a threat class that holds at least ``leastClassShare``.
    public var particlesPerClass: Int
    /// A class with less than this share of the threat probability is left out. 0 ... 1.
    public var leastClassShare: Double
    /// A track whose probability to exist and be a threat is below this is not forecast. 0 ... 1.
    public var leastThreat: Double
    /// How likely a class stays, compared with one that fits, whose speeds do not fit the track's. 0 ... 1.
    public var misfitLikelihood: Double
    /// Losses of contact up to this long say nothing. Seconds. RAID.md: the shortest loss is 30 s.
    public var silenceIgnoredSeconds: Double
    /// The mean length of a loss of contact. Seconds. RAID.md: 150.
    public var silenceMeanSeconds: Double
    /// Unreported ends per loss of contact, at the beginning of a silence: computed from RAID.md's rates (a loss per
    /// 1,200 s of flight; one fall per 8,000 s, of which 30 % go unreported), 1,200 / 27,000.
    public var silenceEndedRatio: Double
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

    /// How long before an arrival the people of `area` must be told. Seconds.
    public func leadSeconds(of area: Area) -> Double {
        area.secondsToShelter + deliverySeconds + marginSeconds
    }

    public static let standard = ForecastSettings(
        horizonSeconds: 600, deliverySeconds: 5, marginSeconds: 35, particles: 1_024, particlesPerClass: 128,
        leastClassShare: 0.02, leastThreat: 0.0002, misfitLikelihood: 0.02, silenceIgnoredSeconds: 30,
        silenceMeanSeconds: 150, silenceEndedRatio: 1_200 / 27_000,
        attackDrone: .attackDrone, cruiseMissile: .cruiseMissile, ballisticMissile: .ballisticMissile)
}

/// How the objects of one class move over ground. PHYSICS.md; assumptions are marked there.
public struct ThreatMotion: Hashable, Sendable, Codable {
    /// The least and greatest speed over ground that is usual. Meters per second.
    public var speedMinimum: Double
    public var speedMaximum: Double
    /// The spread (1 sigma) of the mean speed from now on around the present one, as a share of it.
    public var speedSpread: Double
    /// The heading's random walk. Degrees per square root of a second.
    public var headingNoise: Double
    /// The mean time between turns. Seconds.
    public var turnIntervalSeconds: Double
    /// Turns are uniform up to this, to either side. Degrees.
    public var turnMaximumDegrees: Double
    /// How fast it turns. Degrees per second.
    public var turnRate: Double
    /// How far from its end on the ground people are in danger. Meters.
    public var dangerRadiusMeters: Double

    /// PHYSICS.md, Shahed-136 class. The speed's spread: RAID.md draws 0.88 to 1.1 of the nominal speed.
    public static let attackDrone = ThreatMotion(
        speedMinimum: 33, speedMaximum: 53, speedSpread: 0.04, headingNoise: 0.5, turnIntervalSeconds: 600,
        turnMaximumDegrees: 90, turnRate: 4, dangerRadiusMeters: 300)

    /// PHYSICS.md for speeds, turn rate and danger radius; heading noise and turns as a drone's (assumption).
    public static let cruiseMissile = ThreatMotion(
        speedMinimum: 190, speedMaximum: 270, speedSpread: 0.04, headingNoise: 0.5, turnIntervalSeconds: 600,
        turnMaximumDegrees: 90, turnRate: 3, dangerRadiusMeters: 1_000)

    /// Assumption, no source: the speed over ground of short and medium ranges; it hardly turns.
    public static let ballisticMissile = ThreatMotion(
        speedMinimum: 700, speedMaximum: 2_500, speedSpread: 0.1, headingNoise: 0.05, turnIntervalSeconds: 1e9,
        turnMaximumDegrees: 1, turnRate: 1, dangerRadiusMeters: 1_000)
}
