internal import TocsinModel

/// What the tracker keeps of one object.
struct TrackState: Hashable, Sendable, Codable {
    /// A sensor that has updated the track.
    struct Contact: Hashable, Sendable, Codable {
        var sensor: SensorID
        var lastAt: Instant
        /// What it said, if it is another system.
        var told: ToldTrack?
        /// When its disc last shaped the track.
        var shapedAt: Instant?
        /// What is known of a turning radar that sees the object.
        var radar: RadarVisibility?
    }

    let number: TrackNumber
    var mixture: MotionMixture
    /// When `mixture` holds.
    var at: Instant
    var existence: Double
    /// `nil` until something was learnt of its class.
    var classifier: ObjectClassifier?
    /// How it flew when its turn was last looked at.
    var turnedFrom: FlightTurn?
    /// Its own last word, and whether it is believed; `nil`: it says nothing of itself.
    var claim: TransponderClaim?
    /// The last claim that a radar was compared with.
    var judgedClaimAt: Instant?
    /// The last claim at whose place a radar was to see something, and when one last had a plot there.
    var soughtClaimAt: Instant?
    var shownAt: Instant?
    var transponder: TransponderTrust?
    var identity: IdentityEvidence
    var exercise: Bool
    var isConfirmed = false
    var startedAt: Instant
    var lastReportAt: Instant
    var reportCount: UInt64 = 0
    /// Oldest first, at most ``contactLimit``.
    var contacts: [Contact] = []
    var heightIsMeasured = false
    /// It is followed by ear alone, in a ``HearingField``; its mixture is what that says.
    var isHeard = false
    /// Reports with its address in a row that did not fit.
    var misfits = 0
    /// Up to when the silence of the microphones and cameras around it has been counted.
    var silenceCountedTo: Instant
    /// Up to when their silence has shaped the track.
    var silenceShapedTo: Instant
    /// The radar in whose slant plane the state lies as far as its height is unknown; `nil`: in none.
    var slantRadar: SensorID?
    /// Its past, kept while reports come late.
    var history = TrackHistory()
    /// Its cell in the ``TrackIndex``; `nil`: it is not there.
    var cell: Int64?
    static let contactLimit = 16

    /// Seconds from the state to `instant`.
    func lag(to instant: Instant) -> Double { instant.seconds(since: at) }

    /// The mean position moved in straight flight to `instant`.
    func position(at instant: Instant) -> SIMD4<Double> {
        let mean = mixture.mean
        return mean.position + mean.velocity * lag(to: instant)
    }

    /// Moves the state forward to `instant`; earlier instants change nothing.
    mutating func predict(to instant: Instant, _ settings: TrackingSettings) {
        // Models are mixed at least every 10 s: an object that turned all through a gap of minutes would be
        // foretold to circle.
        var left = lag(to: instant)
        while left > 0 {
            let seconds = min(left, 10)
            let steps = MotionSteps(settings.models, seconds: seconds, forgettingRate: settings.forgettingRate)
            let from = at.advanced(bySeconds: lag(to: instant) - left)
            predict(steps, from: from, historySpan: settings.historySpan)
            left -= seconds
        }
        at = max(at, instant)
    }

    private mutating func predict(_ steps: borrowing MotionSteps, from instant: Instant, historySpan: Double) {
        guard historySpan > 0 else { return mixture.predict(steps) }
        let filtered = mixture.overall
        let cross = mixture.predictWithCross(steps)
        history.add(
            filtered: filtered, existence: existence, at: instant, predicted: mixture.overall, cross: cross,
            span: historySpan)
    }

    /// The same with steps that were worked out for many tracks; they must end at `instant`.
    mutating func predict(_ steps: borrowing MotionSteps, to instant: Instant, historySpan: Double) {
        predict(steps, from: at, historySpan: historySpan)
        at = instant
    }

    /// Notes that `report` updated the track.
    mutating func note(_ report: Report) {
        reportCount += 1
        if report.identity.address != nil { misfits = 0 }
        if !report.measurement.isOfListener { isHeard = false }
        lastReportAt = max(lastReportAt, report.measuredAt)
        note(report.sensor, at: report.measuredAt)
        note(report.identity)
        heightIsMeasured = heightIsMeasured || report.measurement.measuresHeight
        classify(by: report)
    }

    private mutating func note(_ sensor: SensorID, at instant: Instant) {
        if let index = contacts.firstIndex(where: { $0.sensor == sensor }) {
            contacts[index].lastAt = max(contacts[index].lastAt, instant)
            return
        }
        if contacts.count == Self.contactLimit { contacts.removeFirst() }
        contacts.append(Contact(sensor: sensor, lastAt: instant))
    }

    private mutating func note(_ evidence: IdentityEvidence) {
        identity.address = identity.address ?? evidence.address
        identity.callsign = evidence.callsign ?? identity.callsign
        identity.modeA = evidence.modeA ?? identity.modeA
        identity.isCooperative = identity.isCooperative || evidence.isCooperative
    }
}

extension TrackState {
    /// The velocity at an earlier time.
    struct FlightTurn: Hashable, Sendable, Codable {
        var at: Instant
        var velocity: SIMD4<Double>
    }

    /// A turn is looked at over so long, seconds: over less, the filter's error is larger than most turns.
    private static let turnSeconds = 4.0

    /// Learns from how it flies now, who it says it is and what the sensor makes of it.
    fileprivate mutating func classify(by report: Report) {
        var classifier = classifier ?? ObjectClassifier()
        classifier.identify(identity.isCooperative ? transponder?.identification ?? .believed : .absent)
        if let evidence = report.classEvidence {
            classifier.observe(evidence, from: report.sensor, at: report.measuredAt)
        }
        let overall = mixture.overall
        let up = LocalFrame.up(at: overall.position)
        let climb = overall.velocity.dot(up)
        let level = overall.velocity - up * climb
        let variance = (overall.velocityBlock.trace - overall.velocityBlock.along(up)) / 2
        let turn = turn(to: level, up: up, variance: variance)
        classifier.observe(
            FlightSample(
                at: at, speed: level.length, speedVariance: variance, turnRate: turn?.rate,
                turnRateVariance: turn?.variance ?? 0,
                height: heightIsMeasured ? LocalFrame.height(of: overall.position) : nil,
                climbRate: heightIsMeasured ? climb : nil))
        self.classifier = classifier
    }

    /// Radians per second since the turn was last looked at, and the variance.
    private mutating func turn(
        to level: SIMD4<Double>, up: SIMD4<Double>, variance: Double
    ) -> (rate: Double, variance: Double)? {
        let before = turnedFrom
        let seconds = before.map { at.seconds(since: $0.at) } ?? .infinity
        guard seconds >= Self.turnSeconds else { return nil }
        turnedFrom = FlightTurn(at: at, velocity: level)
        guard let before, seconds < 5 * Self.turnSeconds else { return nil }
        let squared = max(level.dot(level), 1)
        return (
            before.velocity.cross(level).dot(up) / squared / seconds, 2 * variance / (squared * seconds * seconds)
        )
    }
}

extension Measurement {
    /// Whether it is compared with a track's place in space, so that a track of unknown height needs one.
    var measuresPlace: Bool {
        switch self {
        case .fix, .estimate: true
        case .polar(let polar): polar.pressureAltitude != nil || polar.elevationDegrees != nil
        case .bearing(let bearing): bearing.elevationDegrees != nil
        case .presence: false
        }
    }

    /// Whether it is only a direction or "I hear one".
    fileprivate var isOfListener: Bool {
        switch self {
        case .bearing, .presence: true
        case .fix, .estimate, .polar: false
        }
    }

    /// Whether it says anything about the object's height.
    var measuresHeight: Bool {
        switch self {
        case .fix(let fix): fix.height != nil || fix.pressureAltitude != nil
        case .estimate(let estimate): estimate.fix.height != nil || estimate.fix.pressureAltitude != nil
        case .polar(let polar): polar.elevationDegrees != nil || polar.pressureAltitude != nil
        case .bearing(let bearing): bearing.elevationDegrees != nil
        case .presence: false
        }
    }
}
