public import TocsinModel

/// Everything one sensor saw at one time over its whole field: what it does not hold was not seen.
public struct SurveyScan: Hashable, Sendable {
    public var at: Instant
    /// Measured places; the height is not used.
    public var places: [EarthFixed]

    public init(at: Instant, places: [EarthFixed]) {
        self.at = at
        self.places = places
    }
}

/// What is known of a sensor that delivers whole scans. Clutter and births are estimated.
public struct SurveySettings: Hashable, Sendable, Codable {
    /// The probability that an object in the field is in a scan. 0 ... 1.
    public var detectionProbability: Double
    /// Standard deviation of a place per horizontal axis, meters. Positive.
    public var sigma: Double
    /// The size of the field, m^2. Positive.
    public var area: Double
    /// How long an object stays in the field on average, seconds: 0.985 survive two seconds. Longer, and
    /// tracks outlive their objects (found on simulated scenarios).
    public var lifetime = 132.0

    public init(detectionProbability: Double, sigma: Double, area: Double) {
        self.detectionProbability = detectionProbability
        self.sigma = sigma
        self.area = area
    }
}

extension TrackingSettings {
    /// For scans of a flat field without heights: everything flies on the ellipsoid.
    public static var planarSurvey: TrackingSettings {
        var settings = TrackingSettings()
        settings.firstVelocitySigma = 40
        settings.firstVerticalVelocitySigma = 1
        settings.unknownHeightMean = 0
        settings.unknownHeightSigma = 10
        return settings
    }

    /// For sensors of sound on a flat field: they hear objects in range with probability 0.8 each second.
    public static var planarHearing: TrackingSettings {
        var settings = TrackingSettings()
        settings.unknownHeightMean = 0
        settings.unknownHeightSigma = 10
        settings.firstVerticalVelocitySigma = 1
        settings.hearingProbability = 0.8
        return settings
    }
}
