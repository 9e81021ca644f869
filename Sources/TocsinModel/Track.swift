/// The estimate of one object, as other stages see it.
public struct Track: Hashable, Sendable, Codable {
    public var number: TrackNumber
    /// When the state below holds.
    public var at: Instant
    public var point: GeoPoint
    /// `nil`: no sensor has measured it.
    public var height: GeometricHeight?
    /// Meters per second over ground, east and north.
    public var velocity: PlanePoint
    public var covariance: HorizontalCovariance
    /// The probability that the object exists, 0 ... 1.
    public var existence: Double
    public var classes: ClassProbabilities
    public var identity: IdentityEvidence
    /// Identified by transponder or Remote ID and behaving so.
    public var isCooperative: Bool
    public var exercise: Bool
    /// Sound enough to be shown and to warn of.
    public var isConfirmed: Bool
    public var startedAt: Instant
    /// The time of the newest report that updated it; older than `at` while coasting.
    public var lastReportAt: Instant
    /// How many reports updated it.
    public var reportCount: UInt64
    /// The sensors that updated it, oldest first, at most 16: one source alone is not corroborated.
    public var sensors: [SensorID]

    public init(
        number: TrackNumber, at: Instant, point: GeoPoint, height: GeometricHeight?, velocity: PlanePoint,
        covariance: HorizontalCovariance, existence: Double, classes: ClassProbabilities,
        identity: IdentityEvidence, isCooperative: Bool, exercise: Bool, isConfirmed: Bool, startedAt: Instant,
        lastReportAt: Instant, reportCount: UInt64, sensors: [SensorID]
    ) {
        self.number = number
        self.at = at
        self.point = point
        self.height = height
        self.velocity = velocity
        self.covariance = covariance
        self.existence = existence
        self.classes = classes
        self.identity = identity
        self.isCooperative = isCooperative
        self.exercise = exercise
        self.isConfirmed = isConfirmed
        self.startedAt = startedAt
        self.lastReportAt = lastReportAt
        self.reportCount = reportCount
        self.sensors = sensors
    }

    public var speed: Speed {
        Speed(
            metersPerSecond: (velocity.east * velocity.east + velocity.north * velocity.north).squareRoot())
    }
}

/// The covariance of east, north, velocity east and velocity north, in m^2, m^2/s and m^2/s^2.
public struct HorizontalCovariance: Hashable, Sendable, Codable {
    public var eastEast: Double
    public var eastNorth: Double
    public var northNorth: Double
    public var eastVelocityEast: Double
    public var eastVelocityNorth: Double
    public var northVelocityEast: Double
    public var northVelocityNorth: Double
    public var velocityEastEast: Double
    public var velocityEastNorth: Double
    public var velocityNorthNorth: Double

    public init(
        eastEast: Double, eastNorth: Double, northNorth: Double, eastVelocityEast: Double,
        eastVelocityNorth: Double, northVelocityEast: Double, northVelocityNorth: Double,
        velocityEastEast: Double, velocityEastNorth: Double, velocityNorthNorth: Double
    ) {
        self.eastEast = eastEast
        self.eastNorth = eastNorth
        self.northNorth = northNorth
        self.eastVelocityEast = eastVelocityEast
        self.eastVelocityNorth = eastVelocityNorth
        self.northVelocityEast = northVelocityEast
        self.northVelocityNorth = northVelocityNorth
        self.velocityEastEast = velocityEastEast
        self.velocityEastNorth = velocityEastNorth
        self.velocityNorthNorth = velocityNorthNorth
    }

    /// Independent axes with one sigma each for position (m) and velocity (m/s).
    public init(positionSigma: Double, velocitySigma: Double) {
        let position = positionSigma * positionSigma
        let velocity = velocitySigma * velocitySigma
        self.init(
            eastEast: position, eastNorth: 0, northNorth: position, eastVelocityEast: 0, eastVelocityNorth: 0,
            northVelocityEast: 0, northVelocityNorth: 0, velocityEastEast: velocity, velocityEastNorth: 0,
            velocityNorthNorth: velocity)
    }
}

/// A decision of the tracker.
public enum TrackEvent: Hashable, Sendable, Codable {
    case confirmed(Track)
    case ended(Track, reason: TrackEndReason)
    /// What the object says of itself is no longer believed, or is again.
    case trust(Track, TrustEvent)
}

/// Why a track is no longer kept.
public enum TrackEndReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// No report for too long; says nothing about where the object is.
    case lost
    /// Expected reports did not come from healthy sensors: it is improbable that the object exists.
    case improbable
    /// It turned out to be the same object as an older track.
    case merged
    /// It came down: slow and low, or reported so.
    case landed
}
