internal import RealModule
public import TocsinModel

// Whole scans of one survey sensor: everything in the field is in view, and misses count at once. Each step is
// linear in the tracks, the places and the pairs of them within a gate.
extension Tracker {
    /// Weak tracks are dropped below this part of the existence of a new one.
    private static let pruningShare = 0.3

    /// Takes a whole scan. Scans must come in the order of their times.
    public mutating func observe(_ scan: SurveyScan, _ field: SurveySettings) -> [TrackEvent] {
        var state = survey ?? SurveyState()
        let seconds = state.lastAt.map { scan.at.seconds(since: $0) } ?? 0
        let survival = state.begin(at: scan.at, detections: scan.places.count, field)
        workspace.places.variance = field.sigma * field.sigma
        workspace.places.places.removeAll(keepingCapacity: true)
        for place in scan.places { workspace.places.places.append(SIMD4(place.x, place.y, place.z, 0)) }
        workspace.grid.fill(workspace.places.places)
        predictAndGate(to: scan.at, survival: survival, field)
        let undetected = field.detectionProbability * state.undetectedDensity
        let other = state.clutterDensity + undetected
        workspace.update.finish(
            workspace.places, otherDensity: other, silence: .counts, tracks: &list.states, settings: settings)
        var lesson = SurveyState.Lesson()
        lesson.detections = scan.places.count
        learn(&lesson, seconds: seconds, at: scan.at, field)
        let least = Self.pruningShare * undetected / other
        let ended = prune(below: least, &lesson)
        startSurveyed(first: undetected / other, least: least, at: scan.at, &lesson)
        mergeSurveyed()
        state.learn(lesson, field)
        survey = state
        keepPast(of: ended)
        let events = ended.map { TrackEvent.ended($0.published, reason: .improbable) } + show()
        note(events, at: scan.at)
        return events
    }

    /// From now on keeps the past of `seconds`, for ``tracks(at:_:)``.
    public mutating func keepPast(seconds: Double) { settings.historySpan = seconds }

    /// The tracks of the last scan that are likely enough to be shown, by ascending number.
    public var surveyed: [Track] { list.states.filter(\.record.isShown).map(\.published) }

    /// The tracks as they were at the time of an earlier scan, by everything known now: those that existed then
    /// more likely than not, by ascending number. The past must be kept (``keepPast(seconds:)``).
    public func tracks(at instant: Instant, _ field: SurveySettings) -> [Track] {
        let all = (survey?.ended ?? []) + list.states
        return all.compactMap { $0.published(at: instant, lifetime: field.lifetime) }
            .filter { $0.existence >= 0.5 }.sorted { $0.number < $1.number }
    }

    /// Moves every track to the scan's time and compares it with the places near it.
    private mutating func predictAndGate(to instant: Instant, survival: Double, _ field: SurveySettings) {
        workspace.update.begin()
        var steps = MotionSteps(settings.models, seconds: 0, forgettingRate: settings.forgettingRate)
        for slot in list.states.indices {
            let seconds = list.states[slot].lag(to: instant)
            if seconds != steps.seconds {
                steps = MotionSteps(settings.models, seconds: seconds, forgettingRate: settings.forgettingRate)
            }
            list.states[slot].predict(steps, to: instant, historySpan: settings.historySpan)
            noteExpectation(slot: slot)
            list.states[slot].record.existenceBefore = list.states[slot].existence
            list.states[slot].existence *= survival
            let reach = list.states[slot].mixture.reach(gate: settings.gate, variance: workspace.places.variance)
            workspace.grid.collect(around: reach.center, radius: reach.radius, into: &workspace.near)
            workspace.update.add(
                ScanUpdate.Target(slot: slot, detectionProbability: field.detectionProbability), of: list.states,
                near: workspace.near, workspace.places, silence: .counts, gate: settings.gate)
        }
    }

    // MARK: Learning

    private mutating func learn(
        _ lesson: inout SurveyState.Lesson, seconds: Double, at instant: Instant, _ field: SurveySettings
    ) {
        for slot in list.states.indices {
            let existence = list.states[slot].existence
            let likeliest = workspace.update.likeliest[slot]
            if likeliest >= 0 {
                list.states[slot].reportCount += 1
                list.states[slot].lastReportAt = instant
            }
            list.states[slot].record.likeliest = likeliest
            noteLook(slot: slot, at: instant)
            lesson.explained += field.detectionProbability * existence
            list.states[slot].record.learn(existence: existence, seconds: seconds, &lesson)
        }
    }

    private mutating func prune(below least: Double, _ lesson: inout SurveyState.Lesson) -> [TrackState] {
        var ended: [TrackState] = []
        for slot in list.states.indices where list.states[slot].existence < least {
            let record = list.states[slot].record
            if record.scans <= SurveyRecord.youngScans { lesson.births -= record.countedBirth }
            if list.states[slot].isConfirmed { ended.append(list.states[slot]) } else { noteDrop(slot: slot) }
        }
        list.remove(below: least)
        return ended
    }

    private mutating func startSurveyed(
        first: Double, least: Double, at instant: Instant, _ lesson: inout SurveyState.Lesson
    ) {
        let initiation = Initiation(settings: settings)
        for (index, unexplained) in workspace.update.unexplained.enumerated() {
            let existence = first * unexplained
            guard existence >= least else { continue }
            let state = initiation.firstState(
                at: workspace.places.places[index], variance: workspace.places.variance)
            guard start(state, existence: existence, at: instant, exercise: false) != nil else { return }
            let slot = list.states.count - 1
            list.states[slot].reportCount = 1
            list.states[slot].record.likeliest = index
            list.states[slot].record.countedBirth = existence
            noteStart(slot: slot, unexplained: unexplained)
            lesson.births += existence
            lesson.explained += existence
        }
    }

    // MARK: What is shown

    /// Shows what is likely enough: the existence must outweigh the error that a track shown too early or too
    /// late would have.
    private mutating func show() -> [TrackEvent] {
        var events: [TrackEvent] = []
        for slot in list.states.indices {
            guard list.states[slot].existence >= settings.firstShownExistence else {
                list.states[slot].record.isShown = false
                continue
            }
            let state = list.states[slot]
            let needed = state.isConfirmed ? settings.shownExistence(of: state.mixture) : settings.firstShownExistence
            list.states[slot].record.isShown = state.existence >= needed
            if !state.isConfirmed, state.existence >= needed {
                list.states[slot].isConfirmed = true
                events.append(.confirmed(list.states[slot].published))
            }
        }
        return events
    }

    private mutating func keepPast(of ended: [TrackState]) {
        if settings.historySpan > 0 { survey?.keep(ended, span: settings.historySpan) }
    }
}

extension SurveyRecord {
    /// A young track's existence counts as a birth as it grows.
    static let youngScans = 7
    /// From this existence on, and this many scans, an object is believed in for certain.
    private static let matureExistence = 0.9
    private static let matureScans = 3

    fileprivate mutating func learn(existence: Double, seconds: Double, _ lesson: inout SurveyState.Lesson) {
        scans += 1
        if isMature {
            lesson.deaths += existenceBefore - existence
            lesson.livedSeconds += existenceBefore * seconds
        } else if existence > Self.matureExistence, scans > Self.matureScans {
            isMature = true
        }
        guard scans <= Self.youngScans else { return }
        lesson.births += existence - countedBirth
        countedBirth = existence
    }
}

extension TrackingSettings {
    /// The existence from which a track that was shown before is shown: 1 / (2 - 2 d^2 / c^2), where d^2 is the
    /// mean squared error that it states and c the distance beyond which a track is of no use. Showing then costs
    /// less than not showing, in the measure of GOSPA (Rahmathullah et al. 2017) with the same c.
    fileprivate func shownExistence(of mixture: MotionMixture) -> Double {
        let overall = mixture.overall
        let up = LocalFrame.up(at: overall.position)
        let variance = overall.positionBlock.trace - overall.positionBlock.along(up)
        let share = min(0.5, Self.doubtShare * variance / (usefulDistance * usefulDistance))
        return max(shownExistence, 1 / (2 - 2 * share))
    }

    /// Stated errors of fused hypotheses are larger than the true ones.
    private static let doubtShare = 0.7
}
