package import TocsinModel

/// Whether a sensor's clock is right, from what its times claim.
///
/// With *o* the seconds that the clock is ahead of true time and *d* the transport delay of a report, the
/// receipt delay (received minus measured) is *d* - *o*, and *d* is never negative. So:
///
/// - A receipt delay below zero proves the clock ahead by at least that much: nothing is received before it
///   was measured. The least delay of many reports bounds the offset from below, and equals it only if the
///   feed's least transport delay is zero. A clock **ahead** is therefore found and corrected without any
///   other source, to within the feed's least transport delay.
/// - A clock **behind** looks exactly like a slow line. Receipt delay alone tells it only where the delay is
///   more than any line takes (`SensorClockSettings.latestDelay`), and says nothing of 2 s.
/// - A sensor that sees **cooperative traffic** tells its clock both ways: the object was found where its
///   track is *t* seconds later or earlier than the sensor says, whatever the transport. That is the along-track
///   residual over the speed, free of the radar's biases as long as aircraft fly in different directions.
///
/// A line that was cut and now delivers what it kept looks like a clock behind; its reports are too old to be
/// of use, and the quarantine ends soon after.
package struct SensorClock: Hashable, Sendable, Codable {
    /// What to do with a report.
    package struct Verdict: Hashable, Sendable {
        /// When it was measured, corrected; `nil`: do not use the report.
        package var measuredAt: Instant?
        package var event: SensorEvent?
    }

    package enum State: Hashable, Sendable, Codable {
        /// Nothing speaks against the clock.
        case believed
        /// Ahead of true time by so many seconds, which are subtracted; negative: behind.
        case corrected(offsetSeconds: Double)
        case quarantined
    }

    package let sensor: SensorID
    package let settings: SensorClockSettings
    package private(set) var state = State.believed
    private var delays = ReceiptDelays()
    private var motion: SourceConsensus
    /// What `motion` said when it was last asked, once a second.
    private var seen: SourceConsensus.Estimate?
    private var seenAt: Instant?
    /// How little a bias explained it then; `nil`: not known.
    private var biasSpread: Double?
    /// In quarantine: since when, and over how many reports, the times have been right.
    private var rightSince: Instant?
    private var rightReports = 0
    /// The correction last told; 0: none.
    private var told = 0.0

    package init(sensor: SensorID, settings: SensorClockSettings = .standard) {
        self.sensor = sensor
        self.settings = settings
        motion = SourceConsensus(
            wander: settings.wanderPerSecond, sourceVariance: settings.sourceSigma * settings.sourceSigma,
            lifetime: settings.motionLifetime)
    }

    /// Takes the two times of a report.
    package mutating func receive(measuredAt: Instant, receivedAt: Instant) -> Verdict {
        // In Double: an absurd claim must not wrap around. Exact to 0.2 microseconds.
        let delay = receivedAt.secondsSinceEpoch - measuredAt.secondsSinceEpoch
        delays.note(delay, possible: settings.possibleDelays)
        if state == .quarantined { return Verdict(measuredAt: nil, event: release(delay: delay, at: receivedAt)) }
        if delays.count(outside: settings.possibleDelays) >= settings.wrongReports {
            return Verdict(measuredAt: nil, event: quarantine(offset: -delays.middle))
        }
        guard settings.possibleDelays.contains(delay) else { return Verdict(measuredAt: nil, event: nil) }
        let event = correct(at: receivedAt)
        guard state != .quarantined else { return Verdict(measuredAt: nil, event: event) }
        let corrected = measuredAt.advanced(bySeconds: -offsetSeconds)
        return Verdict(measuredAt: corrected, event: event)
    }

    /// Takes a comparison with cooperative traffic: how far ahead of its predicted place an object was found.
    ///
    /// The prediction is made for the time that ``receive(measuredAt:receivedAt:)`` gave, or for the claimed
    /// one where it gave none (in quarantine comparisons show when the clock is right again).
    /// - Parameters:
    ///   - alongTrack: Measured minus predicted place in the direction of flight, meters.
    ///   - variance: Of `alongTrack`, measurement and prediction together, m^2. Positive.
    ///   - speed: Over ground, m/s; below 30 a comparison says too little and is left out.
    ///   - biasSpread: How little a bias of the sensor's axes explains what the aircraft show
    ///     (``RadarRegistration/spread``): a clock is wrong only if that explains it better. `nil`: not known.
    package mutating func compare(
        alongTrack: Double, variance: Double, speed: Double, aircraft: AircraftAddress, at receivedAt: Instant,
        biasSpread: Double?
    ) {
        guard speed >= 30 else { return }
        // Found behind its predicted place, the object was seen before the time that the sensor says.
        motion.observe(
            offsetSeconds - alongTrack / speed, variance: variance / (speed * speed), from: UInt64(aircraft.rawValue),
            at: receivedAt)
        guard seenAt.map({ receivedAt.seconds(since: $0) >= 1 }) ?? true else { return }
        seenAt = receivedAt
        seen = motion.estimate(at: receivedAt)
        self.biasSpread = biasSpread
    }

    /// What is subtracted from the sensor's times; 0 unless corrected.
    package var offsetSeconds: Double {
        if case .corrected(let offset) = state { offset } else { 0 }
    }

    // MARK: Decisions

    private mutating func correct(at instant: Instant) -> SensorEvent? {
        let shown = offsetByMotion(at: instant)
        if let shown, abs(shown) > settings.correctable { return quarantine(offset: shown) }
        // What reports from the future prove holds whatever the traffic shows.
        let proven = -(delays.least ?? 0)
        let offset = proven >= settings.leastOffset ? max(proven, shown ?? 0) : shown ?? 0
        state = offset == 0 ? .believed : .corrected(offsetSeconds: offset)
        guard (offset == 0) != (told == 0) || abs(offset - told) >= settings.leastOffset else { return nil }
        told = offset
        return .clockCorrected(sensor, offsetSeconds: offset)
    }

    /// The offset that cooperative traffic shows, if it is significant and well known; else `nil`.
    private func offsetByMotion(at instant: Instant) -> Double? {
        guard let estimate = freshMotion(at: instant), estimate.sources >= settings.aircraftNeeded else { return nil }
        let sigma = estimate.variance.squareRoot()
        let holds = offsetSeconds != 0
        let least = settings.leastOffset * (holds ? 0.5 : 1)
        // A wrong clock put right leaves nothing that a bias would not explain.
        guard holds || estimate.spread < biasSpread ?? .infinity else { return nil }
        guard sigma <= settings.knownSigma, abs(estimate.value) >= max(least, (holds ? 2 : 4) * sigma) else {
            return nil
        }
        return estimate.value
    }

    private func freshMotion(at instant: Instant) -> SourceConsensus.Estimate? {
        guard let seenAt, instant.seconds(since: seenAt) <= settings.motionLifetime else { return nil }
        return seen
    }

    private mutating func quarantine(offset: Double) -> SensorEvent {
        state = .quarantined
        rightSince = nil
        rightReports = 0
        told = 0
        return .clockQuarantined(sensor, offsetSeconds: offset)
    }

    private mutating func release(delay: Double, at instant: Instant) -> SensorEvent? {
        let isOff = freshMotion(at: instant).map { abs($0.value) > settings.correctable } ?? false
        guard !isOff, delay >= -settings.leastOffset, delay <= settings.possibleDelays.upperBound else {
            rightSince = nil
            rightReports = 0
            return nil
        }
        rightReports += 1
        let since = rightSince ?? instant
        rightSince = since
        guard rightReports >= settings.rightReports, instant.seconds(since: since) >= settings.rightSeconds else {
            return nil
        }
        state = .believed
        delays = ReceiptDelays()
        return .clockReleased(sensor)
    }
}
