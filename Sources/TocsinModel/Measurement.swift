/// What a report measures. DESIGN.md, "Report: the measurement kinds".
public enum Measurement: Hashable, Sendable, Codable {
    case fix(Fix)
    case polar(Polar)
    case bearing(SoundOrSightBearing)
    case presence(Presence)
    case estimate(Estimate)
}

/// A position: ADS-B, multilateration, Remote ID, a pin on a map.
public struct Fix: Hashable, Sendable, Codable {
    public var point: GeoPoint
    /// `nil`: not given.
    public var height: GeometricHeight?
    public var pressureAltitude: PressureAltitude?
    /// One standard deviation per horizontal axis. Positive.
    public var horizontalSigma: Distance
    /// Speed over ground and its direction; both or neither.
    public var velocity: GroundVelocity?
    public var verticalRate: VerticalRate?

    public init(
        point: GeoPoint, height: GeometricHeight?, pressureAltitude: PressureAltitude?, horizontalSigma: Distance,
        velocity: GroundVelocity?, verticalRate: VerticalRate?
    ) {
        self.point = point
        self.height = height
        self.pressureAltitude = pressureAltitude
        self.horizontalSigma = horizontalSigma
        self.velocity = velocity
        self.verticalRate = verticalRate
    }
}

/// Speed over ground and the direction of travel.
public struct GroundVelocity: Hashable, Sendable, Codable {
    public var speed: Speed
    public var track: Bearing
    public init(speed: Speed, track: Bearing) {
        self.speed = speed
        self.track = track
    }
}

/// A radar plot.
public struct Polar: Hashable, Sendable, Codable {
    /// The radar's place. `nil` as decoded: the pipeline fills it in from the sensor's settings.
    public var origin: SensorPosition?
    public var slantRange: Distance
    public var azimuth: Bearing
    public var slantRangeSigma: Distance
    /// One standard deviation, degrees.
    public var azimuthSigmaDegrees: Double
    /// Degrees above the horizontal; `nil`: not measured.
    public var elevationDegrees: Double?
    public var pressureAltitude: PressureAltitude?

    public init(
        origin: SensorPosition?, slantRange: Distance, azimuth: Bearing, slantRangeSigma: Distance,
        azimuthSigmaDegrees: Double, elevationDegrees: Double?, pressureAltitude: PressureAltitude?
    ) {
        self.origin = origin
        self.slantRange = slantRange
        self.azimuth = azimuth
        self.slantRangeSigma = slantRangeSigma
        self.azimuthSigmaDegrees = azimuthSigmaDegrees
        self.elevationDegrees = elevationDegrees
        self.pressureAltitude = pressureAltitude
    }
}

/// A direction to a sound or a sight. Sound points to where the object was when it made it.
public struct SoundOrSightBearing: Hashable, Sendable, Codable {
    /// `nil` as decoded: the pipeline fills it in from the sensor's settings.
    public var origin: SensorPosition?
    public var azimuth: Bearing
    /// One standard deviation, degrees. Positive.
    public var azimuthSigmaDegrees: Double
    public var elevationDegrees: Double?
    /// The speed of what was sensed; `nil` for light and radio, which take no time worth counting here.
    public var propagationSpeed: Speed?
    /// How far away an object can be and still be sensed.
    public var maximumRange: Distance

    public init(
        origin: SensorPosition?, azimuth: Bearing, azimuthSigmaDegrees: Double, elevationDegrees: Double?,
        propagationSpeed: Speed?, maximumRange: Distance
    ) {
        self.origin = origin
        self.azimuth = azimuth
        self.azimuthSigmaDegrees = azimuthSigmaDegrees
        self.elevationDegrees = elevationDegrees
        self.propagationSpeed = propagationSpeed
        self.maximumRange = maximumRange
    }
}

/// "I hear one", "I see one": somewhere within a radius.
public struct Presence: Hashable, Sendable, Codable {
    /// `nil` as decoded: the pipeline fills it in from the sensor's settings.
    public var origin: SensorPosition?
    public var radius: Distance
    /// How much likelier this report is with an object inside the radius than without one. Above 0.
    public var likelihoodRatio: Double
    public init(origin: SensorPosition?, radius: Distance, likelihoodRatio: Double) {
        self.origin = origin
        self.radius = radius
        self.likelihoodRatio = likelihoodRatio
    }
}

/// Another system's track: its cross-correlation with ours is unknown.
public struct Estimate: Hashable, Sendable, Codable {
    public var fix: Fix
    /// One standard deviation per horizontal axis of the velocity. Positive.
    public var velocitySigma: Speed
    public init(fix: Fix, velocitySigma: Speed) {
        self.fix = fix
        self.velocitySigma = velocitySigma
    }
}
