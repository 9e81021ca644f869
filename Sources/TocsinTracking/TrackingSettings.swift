internal import TocsinModel

/// What decides how reports become tracks. Times in seconds, lengths in meters, speeds in meters per second.
public struct TrackingSettings: Hashable, Sendable, Codable {
    /// How objects may move; 1 to 8 models.
    public private(set) var models: [MotionModel] = MotionModel.standardSet
    /// How fast an object forgets its model: 0.07 per second keeps a straight flight straight over 2 s with
    /// probability 0.95 and a turn with 0.88.
    public var forgettingRate = 0.07
    /// How many hypotheses of its past a track keeps at most. Positive.
    public var hypotheses = 4
    /// A hypothesis with a smaller share of its track is dropped.
    public var leastBranchShare = 0.003
    /// Hypotheses whose means lie nearer together than this are one: squared distances of position and velocity,
    /// each in its covariance, added.
    public var mergingDistance = 0.3
    /// Hypotheses whose variances, summed over the axes, differ by more than this factor are not merged; `nil`: they are.
    var mergingSizeRatio: Double?
    /// Squared Mahalanobis distance up to which a report may belong to a track.
    public var gate = 16.0
    /// The same for a report that names the track's own aircraft.
    public var identifiedGate = 60.0
    /// False plots per square meter of a radar or of anonymous fixes: 1 in 1,000 km^2 (assumption).
    public var clutterDensity = 1e-9
    /// The share of bearings that no object caused (assumption).
    public var falseBearingShare = 0.2
    /// The probability that a radar or other sensor reports an object in its range each interval (assumption).
    public var detectionProbability = 0.8
    /// The same for microphones, whose range is uncertain (assumption).
    public var hearingProbability = 0.4
    /// The air near the ground.
    public var air = Air()
    /// Of sound near the ground, m/s.
    public var soundSpeed: Double { air.soundSpeed }
    /// How likely an object is within earshot of somebody before anything is heard (assumption).
    public var nearbyPrior = 0.03
    /// The part of its range within which a listener senses what flies (assumption).
    public var surelyHeard = 0.8
    /// The existence given to a first anonymous report: half of the single plots of a radar are false.
    public var firstExistence = 0.3
    /// From this existence on a track is confirmed...
    public var confirmingExistence = 0.9
    /// ...if so many reports updated it; cooperative objects need one less.
    public var confirmingReports: UInt64 = 3
    /// A survey's track is first shown from this existence on, and later from the other on.
    public var firstShownExistence = 0.48
    public var shownExistence = 0.52
    /// A survey's track farther off its object is of no use, meters.
    public var usefulDistance = 300.0
    /// Below this existence a track ends as improbable.
    public var endingExistence = 0.02
    /// A cooperative track ends after so long without a report; state vectors have gaps of minutes.
    public var cooperativeSilence = 300.0
    /// A confirmed track of anything else ends after so long; shorter would lose objects in shadow.
    public var anonymousSilence = 120.0
    /// The same if a radar has seen it: aircraft vanish from radars for minutes (Barcelona radar).
    public var radarSilence = 300.0
    /// A track not confirmed ends after so long.
    public var tentativeSilence = 30.0
    /// Tracks kept at most, confirmed or not.
    public var tracksAtMost = Limits.tracks
    /// Reports older than this against the track are not used.
    public var lateness = 20.0
    /// How far back the tracks' past is kept, seconds; the tracker keeps it while reports come late.
    public internal(set) var historySpan = 0.0
    /// Standard deviation per axis of the velocity of an object just seen: cruise missiles fly 240 m/s.
    public var firstVelocitySigma = 120.0
    /// Standard deviation of the first vertical speed.
    public var firstVerticalVelocitySigma = 8.0
    /// Height above the sensor, mean and standard deviation, of an object whose height is unknown.
    public var unknownHeightMean = 500.0
    public var unknownHeightSigma = 700.0
    /// Pressure against geometric altitude: air pressure and the geoid together (assumption).
    public var pressureAltitudeSigma = 150.0
    /// Error of a reported velocity and vertical rate (Mode S navigation accuracy category 1: 10 m/s).
    public var reportedVelocitySigma = 5.0
    public var reportedVerticalSigma = 2.0
    /// How uncertain the time of a transponder's position is, seconds: up to 0.6 s may be left uncompensated
    /// (RTCA DO-260B, 2.2.5), and networks of receivers stamp positions that are older still.
    public var claimLatencySigma = 0.4
    /// An aircraft's own reports that are farther apart than this speed allows are wrong.
    public var plausibleSpeed = 450.0

    public init() {}

    public static let standard = TrackingSettings()

    /// Replaces the motion models: the first 8, whose shares should add up to 1.
    public mutating func use(models list: [MotionModel]) {
        if !list.isEmpty { models = Array(list.prefix(8)) }
    }
}
