internal import OrderedCollections
public import TocsinModel

/// Turns reports into tracks: interacting motion models in the Earth-fixed frame, gating through a grid,
/// association by belief propagation, an existence probability per track. See ARCHITECTURE.md for the steps.
///
/// Late reports: one up to `TrackingSettings.lateness` older than the track's state is compared with the
/// track's smoothed past; an older one is not used.
public struct Tracker: Hashable, Sendable, Codable {
    var settings: TrackingSettings
    var sensors: SensorTable
    var list = TrackList()
    /// What is heard, by region.
    var fields: [HearingField] = []
    var trust = TrustLedger()
    var notes = TrackNotes()
    var radars: OrderedDictionary<RadarState.Key, RadarState> = [:]
    var book = AddressBook()
    var workspace = Workspace()
    /// Kept once a whole survey scan has come.
    var survey: SurveyState?
    private var lastNumber: UInt64 = 0
    /// When a report was late the last time; `nil`: not for long.
    var lateSeenAt: Instant?
    /// When silence was last counted.
    private var lastAdvance: Instant?

    public init(settings: TrackingSettings, sensors: [SensorSettings]) {
        self.settings = settings
        self.sensors = SensorTable(sensors)
    }

    /// Takes the reports of one frame. Their origins are filled in; they may be out of order.
    public mutating func observe(_ reports: [Report], at now: Instant) -> Observation {
        workspace.claims.removeAll(keepingCapacity: true)
        var updated: [TrackNumber] = []
        var others: [Report] = []
        for report in reports.compactMap({ admit($0) }) {
            if isSwept(report) { updated += keep(report, at: now) } else { others.append(report) }
        }
        updated += takeSectors(at: nil)
        for batch in ReportBatch.batches(of: others) {
            noteBefore(batch.reports[0])
            let taken = take(batch, at: now)
            noteAfter(batch.reports[0], updated: taken)
            updated += taken
        }
        if updated.count > 1 { updated = Array(updated.sorted().uniqued) }
        let events = confirm(updated) + trust.trackEvents
        note(events, at: now)
        let result = Observation(events: events, sensorEvents: trust.sensorEvents, updated: updated)
        trust.trackEvents = []
        trust.sensorEvents = []
        return result
    }

    /// What came of some reports.
    public struct Observation: Hashable, Sendable {
        /// The decisions about tracks.
        public var events: [TrackEvent]
        /// What was found out about sensors.
        public var sensorEvents: [SensorEvent]
        /// The numbers of the tracks that were updated, ascending.
        public var updated: [TrackNumber]
    }

    /// Notes that these sensors are alive: only then does it mean something that they report nothing.
    public mutating func hear(_ alive: [SensorID], at now: Instant) {
        for sensor in alive {
            sensors.hear(sensor, at: now)
            hearRadar(sensor, at: now)
        }
    }

    /// Ends what must end by the passing of time alone, and takes the plots of sectors that are over.
    public mutating func advance(to now: Instant) -> [TrackEvent] {
        workspace.claims.removeAll(keepingCapacity: true)
        if let lastAdvance, now.seconds(since: lastAdvance) < 0.5 { return [] }
        lastAdvance = now
        var events = confirm(Array(takeSectors(at: now).sorted().uniqued)) + trust.trackEvents
        trust.trackEvents = []
        events += followByEar(at: now) + retire(at: now) + merge(at: now)
        note(events, at: now)
        return events
    }

    /// Which tracks took the radar plots of the last call of ``observe(_:at:)`` or ``advance(to:)``.
    public var claims: [PlotClaim] {
        workspace.claims.map { claim in
            let slot = claim.track.flatMap { list.slot(of: $0) }
            return PlotClaim(
                report: claim.report, track: claim.track, isConfirmed: slot.map { list.states[$0].isConfirmed } ?? false
            )
        }
    }

    private mutating func retire(at now: Instant) -> [TrackEvent] {
        book.forget(before: now)
        forgetLateness(at: now)
        let retirement = Retirement(settings: settings)
        var events: [TrackEvent] = []
        var ended: [Int] = []
        for slot in list.states.indices where !list.states[slot].isHeard {
            let sensors = sensors
            let before = list.states[slot].existence
            list.change(slot) { retirement.countMisses(of: &$0, sensors: sensors, now: now) }
            noteSilence(slot: slot, before: before, at: now)
            shapeBySilence(slot: slot, at: now)
            let state = list.states[slot]
            list.relocate(slot: slot, to: state.position(at: now))
            guard let reason = retirement.reason(toEnd: state, at: now) else { continue }
            ended.append(slot)
            book.note(state)
            if state.isConfirmed { events.append(.ended(published(state), reason: reason)) }
        }
        list.remove(ended)
        return events
    }

    /// All tracks, confirmed or not, as of their last update, by ascending number.
    public var tracks: [Track] {
        let others = list.states.map { published($0) }
        guard let survey else { return others }
        return (others + survey.published).sorted { $0.number < $1.number }
    }

    /// The track of that number as predicted at `now`; `nil` if there is none.
    /// - Complexity: O(log *n*), *n* being the number of tracks.
    public func track(_ number: TrackNumber, at now: Instant) -> Track? {
        guard var state = list.slot(of: number).map({ list.states[$0] }) ?? survey?.state(of: number)
        else { return nil }
        // What a turning radar sees is foretold by the models that follow it.
        state.predict(to: now, state.contacts.contains { $0.radar != nil } ? settings.forRadar : settings)
        return published(state)
    }

    /// How far sensors of a kind hear or see, as learnt, as a share of their configured range; `nil`: none has
    /// reported a direction yet.
    public func learntRange(of kind: SensorKind) -> Double? { fields.first?.learntReach(of: kind) }

    /// Starts a track from a report.
    /// - Returns: Its number; `nil` if there are as many tracks as there may be.
    mutating func start(_ state: Gaussian, existence: Double, from report: Report) -> TrackNumber? {
        let number = start(state, existence: existence, at: report.measuredAt, exercise: report.exercise)
        guard number != nil else { return nil }
        let slot = list.states.count - 1
        list.states[slot].note(report)
        list.register(slot: slot)
        list.place(slot: slot)
        return number
    }

    /// Starts a track that is not yet to be found by its place.
    mutating func start(_ state: Gaussian, existence: Double, at instant: Instant, exercise: Bool) -> TrackNumber? {
        var mixture = MotionMixture(state)
        if state.velocity != .zero { mixture.expand(settings.models) }
        return start(mixture, existence: existence, at: instant, exercise: exercise, as: nil)
    }

    /// Starts a track.
    /// - Parameter number: Of an ended track that goes on; `nil`: a new one.
    mutating func start(
        _ mixture: MotionMixture, existence: Double, at instant: Instant, exercise: Bool, as number: TrackNumber?
    ) -> TrackNumber? {
        guard list.states.count < settings.tracksAtMost else { return nil }
        let number = number ?? takeNumber()
        list.insert(
            TrackState(
                number: number, mixture: mixture, at: instant, existence: existence, identity: .none,
                exercise: exercise, startedAt: instant, lastReportAt: instant, silenceCountedTo: instant,
                silenceShapedTo: instant))
        return number
    }

    /// A number that no track had.
    mutating func takeNumber() -> TrackNumber {
        lastNumber += 1
        return TrackNumber(lastNumber)
    }

    /// Confirms the tracks that are sound enough now.
    private mutating func confirm(_ numbers: [TrackNumber]) -> [TrackEvent] {
        numbers.compactMap { number in
            guard let slot = list.slot(of: number), !list.states[slot].isConfirmed else { return nil }
            let state = list.states[slot]
            let needed = settings.confirmingReports - (state.identity.isCooperative ? 1 : 0)
            guard state.existence >= settings.confirmingExistence, state.reportCount >= needed else { return nil }
            list.change(slot) { $0.isConfirmed = true }
            return .confirmed(published(list.states[slot]))
        }
    }
}

extension Array where Element: Equatable {
    /// The elements without repetitions of neighbours.
    fileprivate var uniqued: [Element] {
        reduce(into: []) { result, element in if result.last != element { result.append(element) } }
    }
}
