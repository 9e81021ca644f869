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
        let before = trust.clocks[report.sensor]?.offsetSeconds ?? 0
        let verdict = trust.clocks[report.sensor, default: fresh].receive(
            measuredAt: report.measuredAt, receivedAt: report.receivedAt)
        let after = trust.clocks[report.sensor]?.offsetSeconds ?? 0
        if after != before { move(clockOf: report.sensor, by: before - after) }
        if let event = verdict.event { trust.sensorEvents.append(event) }
        guard let measuredAt = verdict.measuredAt else { return nil }
        var report = report
        report.measuredAt = measuredAt
        return isSwept(report) ? report : report.corrected(by: correction(of: report.sensor))
    }

    /// Compares a plot that belongs to a track with what the object says of itself: one that is not where it says
    /// loses its trust.
    mutating func compareWithClaim(_ report: Report, slot: Int) {
        guard case .polar(let polar) = report.measurement,
            let pair = ClaimedPlot(report, polar, list.states[slot], settings)
        else { return }
        // Radars look at one claim many times; it was made once.
        let isJudged = list.states[slot].judgedClaimAt == pair.claim.at
        list.states[slot].judgedClaimAt = pair.claim.at
        let testimony = RadarTestimony.elsewhere(distance: distance(of: pair, slot: slot), sigma: pair.comparison.sigma)
        if !isJudged, let event = list.states[slot].testify(testimony) {
            trust.trackEvents.append(.trust(list.states[slot].published, event))
        }
        guard !isSwept(report), list.states[slot].isBelieved else { return }
        learn(pair, undoing: correction(of: report.sensor))
    }

    /// How far from its claim a plot lies, meters, less what the radar shows of all aircraft: nobody is a liar by the
    /// word of a radar that is off itself.
    private func distance(of pair: ClaimedPlot, slot: Int) -> Double {
        let seen = pair.comparison.distance
        let bias = trust.registrations[pair.report.sensor]?.suspected(at: pair.report.measuredAt) ?? .none
        let report = pair.report.corrected(by: bias)
        guard seen > 3 * pair.comparison.sigma, bias != .none, case .polar(let polar) = report.measurement,
            let without = ClaimedPlot(report, polar, list.states[slot], settings)
        else { return seen }
        return min(seen, without.comparison.distance)
    }
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
