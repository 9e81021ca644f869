public import TocsinModel

/// One event in the life of a track, with why.
public struct TrackNote: Hashable, Sendable, Codable {
    public enum Event: Hashable, Sendable, Codable {
        /// A report that no track explained, with this probability that none did.
        case started(unexplained: Double)
        /// A report was probably its own; how far it lay from where the track was expected, meters. The
        /// probability is `nil` where the report named the object.
        case took(probability: Double?, distance: Double)
        /// A sensor that should have seen it did not, or what was seen was likelier not its own.
        case missed
        /// Sure enough to be shown and to warn of.
        case confirmed
        /// It says who it is and is no longer believed, or is again.
        case trust(TrustEvent)
        /// It turned out to be the same object as another track, which goes on.
        case joined(TrackNumber)
        /// Another track turned out to be the same object and was taken over.
        case absorbed(TrackNumber)
        case ended(TrackEndReason)
    }

    public var at: Instant
    public var event: Event
    /// The sensor whose report or silence it was; `nil`: none, or a survey's only one.
    public var sensor: SensorID?
    /// The probability that the object exists, afterwards.
    public var existence: Double

    public init(at: Instant, event: Event, sensor: SensorID?, existence: Double) {
        self.at = at
        self.event = event
        self.sensor = sensor
        self.existence = existence
    }
}

/// Notes the life of one track while it happens.
struct TrackNotes: Hashable, Sendable, Codable {
    /// The track in question; `nil`: nobody asked.
    var track: TrackNumber?
    private(set) var notes: [TrackNote] = []
    /// Where the track was expected before the look at hand.
    var expected: SIMD4<Double>?

    func isAbout(_ number: TrackNumber) -> Bool { track == number }

    mutating func add(_ event: TrackNote.Event, at instant: Instant, sensor: SensorID? = nil, existence: Double) {
        notes.append(TrackNote(at: instant, event: event, sensor: sensor, existence: existence))
    }
}

extension Tracker {
    /// From now on notes what happens to the track of this number, which may not have started yet: the numbers of a
    /// second run over the same reports are those of the first.
    public mutating func explain(_ number: TrackNumber) { notes.track = number }

    /// What happened to the track that was asked for, oldest first.
    public var explanation: [TrackNote] { notes.notes }

    // MARK: Surveys

    mutating func noteExpectation(of track: SurveyTrack, _ modes: Span<MotionMixture.Mode>) {
        guard notes.isAbout(track.number) else { return }
        notes.expected = MotionMixture.mean(modes).position
    }

    /// - Parameter target: Its position in the scan.
    mutating func noteLook(_ track: SurveyTrack, target: Int, at instant: Instant) {
        guard notes.isAbout(track.number) else { return }
        let likeliest = track.record.likeliest
        guard likeliest >= 0, let expected = notes.expected else {
            return notes.add(.missed, at: instant, existence: track.existence)
        }
        let distance = (workspace.places.places[likeliest] - expected).length
        let probability = workspace.update.probability(ofTarget: target, sighting: likeliest)
        notes.add(.took(probability: probability, distance: distance), at: instant, existence: track.existence)
    }

    mutating func noteStart(_ track: SurveyTrack, unexplained: Double) {
        guard notes.isAbout(track.number) else { return }
        notes.add(.started(unexplained: unexplained), at: track.startedAt, existence: track.existence)
    }

    /// Dropped before it was ever shown.
    mutating func noteDrop(_ track: SurveyTrack, at instant: Instant) {
        guard notes.isAbout(track.number) else { return }
        notes.add(.ended(.improbable), at: instant, existence: track.existence)
    }

    mutating func noteJoining(_ gone: SurveyTrack, into kept: SurveyTrack, at instant: Instant) {
        if notes.isAbout(gone.number) { notes.add(.joined(kept.number), at: instant, existence: gone.existence) }
        if notes.isAbout(kept.number) { notes.add(.absorbed(gone.number), at: instant, existence: kept.existence) }
    }

    // MARK: Many sources

    mutating func noteExpectation(slot: Int) {
        guard notes.isAbout(list.states[slot].number) else { return }
        notes.expected = list.states[slot].mixture.mean.position
    }

    mutating func noteStart(slot: Int, unexplained: Double, sensor: SensorID? = nil) {
        guard notes.isAbout(list.states[slot].number) else { return }
        notes.add(
            .started(unexplained: unexplained), at: list.states[slot].at, sensor: sensor,
            existence: list.states[slot].existence)
    }

    mutating func noteJoining(_ gone: Int, into kept: Int, at instant: Instant) {
        let (number, other) = (list.states[gone].number, list.states[kept].number)
        if notes.isAbout(number) { notes.add(.joined(other), at: instant, existence: list.states[gone].existence) }
        if notes.isAbout(other) { notes.add(.absorbed(number), at: instant, existence: list.states[kept].existence) }
    }

    // MARK: Reports

    /// Where the track in question is expected, and how likely it is thought, before a report is taken.
    mutating func noteBefore(_ report: Report) {
        guard let track = notes.track else { return }
        notes.expected = list.slot(of: track).map { list.states[$0].position(at: report.measuredAt) }
    }

    mutating func noteAfter(_ report: Report, updated: [TrackNumber]) {
        guard let track = notes.track, updated.contains(track), let slot = list.slot(of: track) else { return }
        let state = list.states[slot]
        guard let expected = notes.expected else {
            return notes.add(
                .started(unexplained: 1), at: report.measuredAt, sensor: report.sensor, existence: state.existence)
        }
        let place = SightingReading(settings: settings).sighting(of: report)?.searchCenter ?? expected
        let isPlace = report.measurement.isPlace
        notes.add(
            .took(probability: nil, distance: isPlace ? (place - expected).length : 0), at: report.measuredAt,
            sensor: report.sensor, existence: state.existence)
    }

    /// Notes a direction that likely came from an object followed by ear.
    mutating func noteHearing(slot: Int, _ report: Report) {
        guard notes.isAbout(list.states[slot].number) else { return }
        notes.add(
            .took(probability: nil, distance: 0), at: report.measuredAt, sensor: report.sensor,
            existence: list.states[slot].existence)
    }

    /// Notes that time alone has made the track less likely.
    mutating func noteSilence(slot: Int, before: Double, at instant: Instant) {
        guard notes.isAbout(list.states[slot].number), list.states[slot].existence < before else { return }
        notes.add(.missed, at: instant, existence: list.states[slot].existence)
    }

    mutating func note(_ events: [TrackEvent], at instant: Instant) {
        for event in events {
            switch event {
            case .confirmed(let track) where notes.isAbout(track.number):
                notes.add(.confirmed, at: instant, existence: track.existence)
            case .ended(let track, let reason) where notes.isAbout(track.number):
                notes.add(.ended(reason), at: instant, existence: track.existence)
            case .trust(let track, let change) where notes.isAbout(track.number):
                notes.add(.trust(change), at: instant, existence: track.existence)
            case .confirmed, .ended, .trust: break
            }
        }
    }
}

extension Measurement {
    /// Whether it says where the object is, and not only in which direction or how near.
    fileprivate var isPlace: Bool {
        switch self {
        case .fix, .estimate, .polar: true
        case .bearing, .presence: false
        }
    }
}
