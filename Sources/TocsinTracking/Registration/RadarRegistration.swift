package import TocsinModel

/// How far a radar measures beside the truth: range and azimuth bias, learnt from cooperative traffic.
///
/// The caller compares each plot that belongs to a believed cooperative track with where that track was at the
/// time of the plot, in the radar's own terms. Range and azimuth are learnt apart, since a radar measures them
/// apart. A wrong clock of the radar shows along the aircraft's way and not as a bias, as long as the aircraft
/// fly in different directions; with all of them flying one way the two can't be told apart.
package struct RadarRegistration: Hashable, Sendable, Codable {
    /// One plot beside what it should have been.
    package struct Sample: Hashable, Sendable, Codable {
        package var aircraft: AircraftAddress
        package var at: Instant
        /// Meters.
        package var measuredSlantRange: Double
        package var predictedSlantRange: Double
        /// Radians, clockwise from true north.
        package var measuredAzimuth: Double
        package var predictedAzimuth: Double
        /// Of the measurement and the prediction together: m^2 and rad^2. Positive.
        package var slantRangeVariance: Double
        package var azimuthVariance: Double

        package init(
            aircraft: AircraftAddress, at: Instant, measuredSlantRange: Double, predictedSlantRange: Double,
            measuredAzimuth: Double, predictedAzimuth: Double, slantRangeVariance: Double, azimuthVariance: Double
        ) {
            self.aircraft = aircraft
            self.at = at
            self.measuredSlantRange = measuredSlantRange
            self.predictedSlantRange = predictedSlantRange
            self.measuredAzimuth = measuredAzimuth
            self.predictedAzimuth = predictedAzimuth
            self.slantRangeVariance = slantRangeVariance
            self.azimuthVariance = azimuthVariance
        }
    }

    /// What to subtract from a plot: meters and radians.
    package struct Correction: Hashable, Sendable, Codable {
        package var slantRange = 0.0
        package var azimuth = 0.0
        package static let none = Correction()
    }

    package let radar: SensorID
    private var range: BiasAxis
    private var azimuth: BiasAxis
    private var judgedAt: Instant?

    /// Radians.
    private static let degree = Double.pi / 180
    /// The estimates are looked at so often; seconds.
    private static let judgingInterval = 5.0

    package init(radar: SensorID) {
        self.radar = radar
        // All assumptions. An aircraft's own fault: its latency of some 0.1 s is 20 m, which is 0.02 degrees at
        // 50 km. Wander: 5 m and 0.01 degrees in an hour. Known: half of what is asked of it (10 m, 0.02
        // degrees). Worth it: below 10 m and 0.01 degrees a plot's noise hides it.
        range = BiasAxis(
            sourceSigma: 15, wanderPerHour: 5, settings: BiasAxis.Settings(knownSigma: 5, leastBias: 10))
        azimuth = BiasAxis(
            sourceSigma: 0.02 * Self.degree, wanderPerHour: 0.01 * Self.degree,
            settings: BiasAxis.Settings(knownSigma: 0.01 * Self.degree, leastBias: 0.01 * Self.degree))
    }

    /// Takes a plot of a cooperative aircraft.
    /// - Returns: An event if the correction begins, ends, or has changed much.
    package mutating func observe(_ sample: Sample) -> SensorEvent? {
        let key = UInt64(sample.aircraft.rawValue)
        range.consensus.observe(
            sample.measuredSlantRange - sample.predictedSlantRange, variance: sample.slantRangeVariance, from: key,
            at: sample.at)
        let turn = (sample.measuredAzimuth - sample.predictedAzimuth).remainder(dividingBy: 2 * .pi)
        azimuth.consensus.observe(turn, variance: sample.azimuthVariance, from: key, at: sample.at)
        if let judgedAt, sample.at.seconds(since: judgedAt) < Self.judgingInterval { return nil }
        judgedAt = sample.at
        let rangeChanged = range.judge(at: sample.at)
        let azimuthChanged = azimuth.judge(at: sample.at)
        guard rangeChanged || azimuthChanged else { return nil }
        return .registrationCorrected(
            radar, slantRangeMeters: range.applied, azimuthDegrees: azimuth.applied / Self.degree)
    }

    /// What to subtract from this radar's plots now: zero until a bias is significant and well known.
    package var correction: Correction { Correction(slantRange: range.applied, azimuth: azimuth.applied) }

    /// What the aircraft show beyond the correction, though it may not be known well enough to be applied; 0 where
    /// they are too few or do not agree.
    func suspected(at instant: Instant) -> Correction {
        Correction(slantRange: range.suspected(at: instant), azimuth: azimuth.suspected(at: instant))
    }

    /// How little a bias explains what the aircraft show: about 1 if it explains all of it; `nil`: too few aircraft.
    package var spread: Double? {
        guard let ranges = range.spread, let azimuths = azimuth.spread else { return nil }
        return max(ranges, azimuths)
    }

    /// The range bias in meters and its variance; `nil`: no aircraft lately.
    package func slantRangeBias(at instant: Instant) -> SourceConsensus.Estimate? {
        range.consensus.estimate(at: instant)
    }

    /// The azimuth bias in radians and its variance; `nil`: no aircraft lately.
    package func azimuthBias(at instant: Instant) -> SourceConsensus.Estimate? {
        azimuth.consensus.estimate(at: instant)
    }
}

/// One of a radar's biases and what of it is applied.
struct BiasAxis: Hashable, Sendable, Codable {
    struct Settings: Hashable, Sendable, Codable {
        /// A bias is applied when its standard deviation is at most this...
        var knownSigma: Double
        /// ...and it is at least this.
        var leastBias: Double
    }

    var consensus: SourceConsensus
    let settings: Settings
    /// What is subtracted from measurements; 0: nothing.
    private(set) var applied = 0.0
    /// How little the aircraft agreed when last judged (``SourceConsensus/Estimate/spread``); `nil`: too few.
    private(set) var spread: Double?
    /// What was last told.
    private var told = 0.0

    /// One aircraft may lie, two may agree by chance.
    private static let aircraftNeeded = 4
    /// Applied from so many standard deviations on: looked at 700 times an hour, a bias of zero must not pass.
    private static let significance = 5.0
    /// Aircraft that agree less than this see something else than a bias: a wrong clock moves each its own way.
    private static let spreadAtMost = 3.0
    /// Given up below so many.
    private static let insignificance = 2.5

    init(sourceSigma: Double, wanderPerHour: Double, settings: Settings) {
        consensus = SourceConsensus(
            wander: wanderPerHour * wanderPerHour / 3_600, sourceVariance: sourceSigma * sourceSigma, lifetime: 1_800)
        self.settings = settings
    }

    /// - Returns: Whether what is applied has begun, ended, or moved by more than `leastBias` since last told.
    mutating func judge(at instant: Instant) -> Bool {
        let estimate = consensus.estimate(at: instant).flatMap { $0.sources >= Self.aircraftNeeded ? $0 : nil }
        spread = estimate?.spread
        applied = wanted(estimate)
        guard (applied == 0) != (told == 0) || abs(applied - told) > settings.leastBias else { return false }
        told = applied
        return true
    }

    /// What the sources show beyond what is applied; 0: too few, or they do not agree.
    func suspected(at instant: Instant) -> Double {
        guard let estimate = consensus.estimate(at: instant), estimate.sources >= Self.aircraftNeeded,
            estimate.spread < Self.spreadAtMost
        else { return 0 }
        return estimate.value - applied
    }

    private func wanted(_ estimate: SourceConsensus.Estimate?) -> Double {
        guard let estimate else { return 0 }
        let sigma = estimate.variance.squareRoot()
        // Hysteresis: half the significance, twice the sigma and half the bias keep a correction.
        let holds = applied != 0
        guard estimate.spread < Self.spreadAtMost, sigma <= settings.knownSigma * (holds ? 2 : 1),
            abs(estimate.value) >= (holds ? Self.insignificance : Self.significance) * sigma,
            abs(estimate.value) >= settings.leastBias * (holds ? 0.5 : 1)
        else { return 0 }
        return estimate.value
    }
}
