internal import OrderedCollections
internal import RealModule
internal import TocsinModel

// What sensors and objects say is a claim: clocks, registration, and what an object says of itself.
extension Tracker {
    /// A report with its sensor's clock and registration put right.
    /// - Returns: `nil` if the sensor's times are not to be used.
    mutating func admit(_ report: Report) -> Report? {
        guard trust.clocks.count < Limits.sensors || trust.clocks[report.sensor] != nil else { return report }
        let kind = sensors[report.sensor]?.settings.kind ?? .receiver
        let fresh = SensorClock(sensor: report.sensor, settings: .standard(for: kind))
        let verdict = trust.clocks[report.sensor, default: fresh].receive(
            measuredAt: report.measuredAt, receivedAt: report.receivedAt)
        if let event = verdict.event { trust.sensorEvents.append(event) }
        guard let measuredAt = verdict.measuredAt else { return nil }
        var report = report
        report.measuredAt = measuredAt
        if case .polar(var polar) = report.measurement, let registration = trust.registrations[report.sensor] {
            polar.subtract(registration.correction)
            report.measurement = .polar(polar)
        }
        return report
    }

    /// Compares a plot that belongs to a track with what the object says of itself: so a radar's biases and clock
    /// are learnt, and an object that is not where it says loses its trust.
    mutating func compareWithClaim(_ report: Report, slot: Int) {
        guard case .polar(let polar) = report.measurement, let origin = polar.origin,
            let address = list.states[slot].identity.address, let claim = list.states[slot].claim,
            let predicted = claim.predicted(
                at: report.measuredAt, velocity: claim.velocity ?? list.states[slot].groundVelocity)
        else { return }
        let height = claim.altitude ?? origin.height.meters + settings.unknownHeightMean
        let velocity = claim.velocity ?? list.states[slot].groundVelocity
        let moved = settings.claimLatencySigma * velocity.speed.metersPerSecond
        let comparison = PlotComparison(
            polar, origin: SIMD4(origin), predicted: predicted, heightMeters: height,
            sigma: Double.hypot(claim.sigma, moved))
        let age = abs(report.measuredAt.seconds(since: claim.at))
        // Radars look at one claim many times; it was made once.
        let isJudged = list.states[slot].judgedClaimAt == claim.at
        list.states[slot].judgedClaimAt = claim.at
        if !isJudged,
            let event = list.states[slot].testify(.elsewhere(distance: comparison.distance, sigma: comparison.sigma))
        {
            trust.trackEvents.append(.trust(list.states[slot].published, event))
        }
        guard list.states[slot].isBelieved, age < Self.freshClaimSeconds, claim.velocity != nil else { return }
        let correction = trust.registrations[report.sensor]?.correction ?? .none
        let sample = comparison.sample(polar, aircraft: address, at: report.measuredAt, undoing: correction)
        let registered = trust.registrations[
            report.sensor, default: RadarRegistration(radar: report.sensor)
        ].observe(sample)
        if let registered { trust.sensorEvents.append(registered) }
        trust.clocks[report.sensor]?.compare(
            alongTrack: comparison.along(velocity.track), variance: comparison.sigma * comparison.sigma,
            speed: velocity.speed.metersPerSecond, aircraft: address, at: report.receivedAt)
    }

    /// A claim predicted further tells more of the aircraft's turns than of the radar, seconds.
    private static let freshClaimSeconds = 5.0
}

/// What is known of how far sensors and objects are to be believed.
struct TrustLedger: Hashable, Sendable, Codable {
    var clocks: OrderedDictionary<SensorID, SensorClock> = [:]
    var registrations: OrderedDictionary<SensorID, RadarRegistration> = [:]
    /// What was found out since it was last told.
    var sensorEvents: [SensorEvent] = []
    var trackEvents: [TrackEvent] = []
}

extension TrackState {
    /// Whether it identifies itself and is believed.
    var isBelieved: Bool { identity.isCooperative && (transponder?.isTrusted ?? true) }

    /// Whether radar sees nothing where it says it is.
    var isRefuted: Bool { transponder?.isRefuted ?? false }

    /// As the track has it.
    var groundVelocity: GroundVelocity {
        let mean = mixture.mean
        let frame = LocalFrame(at: mean.position)
        let (east, north) = (mean.velocity.dot(frame.east), mean.velocity.dot(frame.north))
        return GroundVelocity(
            speed: Speed(metersPerSecond: Double.hypot(east, north)),
            track: Bearing(radians: Double.atan2(y: east, x: north)))
    }

    /// Takes what an object says of itself.
    /// - Returns: What of the claim may be used, and a change of trust. Where the velocity alone does not fit the
    ///   way, the position is used, believed or not: receivers repeat old velocities for minutes.
    mutating func hear(_ report: Report) -> (usable: Report?, event: TrustEvent?) {
        guard report.identity.isCooperative, case .fix(let fix) = report.measurement else { return (report, nil) }
        var new = TransponderClaim(fix, at: report.measuredAt)
        var trust = transponder ?? TransponderTrust()
        let verdict = trust.observe(new)
        transponder = trust
        guard let contradiction = verdict.contradiction else {
            claim = new
            return (report, verdict.event)
        }
        guard contradiction == .speedContradictsMotion else { return (nil, verdict.event) }
        new.velocity = nil
        claim = new
        return (report.withoutVelocity, verdict.event)
    }

    /// Takes what a radar says of an object that identifies itself.
    mutating func testify(_ testimony: RadarTestimony) -> TrustEvent? {
        guard identity.isCooperative, var trust = transponder else { return nil }
        let event = trust.observe(testimony)
        transponder = trust
        return event
    }
}

extension Report {
    /// A fix without the velocity that came with it.
    var withoutVelocity: Report {
        guard case .fix(var fix) = measurement else { return self }
        var report = self
        (fix.velocity, fix.verticalRate) = (nil, nil)
        report.measurement = .fix(fix)
        return report
    }
}

extension TransponderClaim {
    /// Straight on from the claim.
    /// - Returns: `nil` for more than 15 seconds either way.
    func predicted(at instant: Instant, velocity: GroundVelocity) -> GeoPoint? {
        let seconds = instant.seconds(since: at)
        guard abs(seconds) < 15 else { return nil }
        let step = velocity.speed.metersPerSecond * seconds
        return LocalPlane(origin: point).unproject(
            PlanePoint(
                east: step * Double.sin(velocity.track.radians), north: step * Double.cos(velocity.track.radians)))
    }
}

/// A plot beside where its object says it is.
private struct PlotComparison {
    private let step: SIMD4<Double>
    private let frame: LocalFrame
    private let predictedRange: Double
    private let predictedAzimuth: Double
    private let rangeVariance: Double
    private let azimuthVariance: Double
    /// Of the distance, meters.
    let sigma: Double

    init(_ polar: Polar, origin: SIMD4<Double>, predicted: GeoPoint, heightMeters: Double, sigma claimed: Double) {
        let place = SIMD4<Double>(predicted, heightMeters: heightMeters)
        let relative = place - origin
        let radarFrame = LocalFrame(at: origin)
        let across = AzimuthGradient(relative: relative, frame: radarFrame)
        predictedRange = relative.length
        predictedAzimuth = across.azimuth
        let azimuthSigma = polar.azimuthSigmaDegrees * .pi / 180
        let ground = across.groundSquared.squareRoot()
        rangeVariance = polar.slantRangeSigma.meters * polar.slantRangeSigma.meters + claimed * claimed
        azimuthVariance = azimuthSigma * azimuthSigma + claimed * claimed / across.groundSquared
        sigma = (rangeVariance + azimuthVariance * ground * ground).squareRoot()
        frame = radarFrame
        // The plot at the claimed height: only what the radar measures is compared.
        let direction = relative * (1 / max(predictedRange, 1))
        let turn = (polar.azimuth.radians - across.azimuth).remainder(dividingBy: 2 * .pi)
        step =
            direction * (polar.slantRange.meters - predictedRange) + across.gradient * (across.groundSquared * turn)
    }

    /// How far from the claimed place the plot lies, meters.
    var distance: Double { step.length }

    /// The same in a direction, meters.
    func along(_ track: Bearing) -> Double {
        step.dot(frame.vector(east: Double.sin(track.radians), north: Double.cos(track.radians), up: 0))
    }

    func sample(
        _ polar: Polar, aircraft: AircraftAddress, at instant: Instant, undoing correction: RadarRegistration.Correction
    ) -> RadarRegistration.Sample {
        RadarRegistration.Sample(
            aircraft: aircraft, at: instant, measuredSlantRange: polar.slantRange.meters + correction.slantRange,
            predictedSlantRange: predictedRange, measuredAzimuth: polar.azimuth.radians + correction.azimuth,
            predictedAzimuth: predictedAzimuth, slantRangeVariance: rangeVariance, azimuthVariance: azimuthVariance)
    }
}

extension Polar {
    fileprivate mutating func subtract(_ correction: RadarRegistration.Correction) {
        guard correction != .none else { return }
        slantRange = Distance(meters: slantRange.meters - correction.slantRange)
        azimuth = Bearing(radians: azimuth.radians - correction.azimuth)
    }
}
