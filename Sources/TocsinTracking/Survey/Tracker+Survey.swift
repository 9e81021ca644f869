internal import RealModule
public import TocsinModel

// Whole scans of one survey sensor: everything in the field is in view, and misses count at once. Each step is
// linear in the tracks, the places and the pairs of them within a gate.
extension Tracker {
    /// Weak tracks are dropped below this part of the existence of a new one.
    private static let pruningShare = 0.3

    /// Takes a whole scan. Scans must come in the order of their times.
    public mutating func observe(_ scan: SurveyScan, _ field: SurveySettings) -> [TrackEvent] {
        // Taken out while it is changed, so that there is only one of it.
        var state = survey.take() ?? SurveyState()
        let last = state.lastAt ?? scan.at
        let survival = state.begin(at: scan.at, detections: scan.places.count, field)
        let undetected = field.detectionProbability * state.undetectedDensity
        let other = state.clutterDensity + undetected
        let least = Self.pruningShare * undetected / other
        let step = SurveyStep(from: last, to: scan.at, survival: survival, leastExistence: least)
        lookAt(scan, field)
        predictAndGate(&state.tracks, step, field)
        workspace.update.associate(workspace.places, otherDensity: other)
        var lesson = SurveyState.Lesson()
        lesson.detections = scan.places.count
        let ended = correct(&state.tracks, step, field, &lesson)
        start(&state.tracks, first: undetected / other, step, &lesson)
        merge(&state.tracks, at: scan.at)
        state.learn(lesson, field)
        if settings.historySpan > 0 { state.keep(ended, span: settings.historySpan) }
        let events = ended.map { TrackEvent.ended($0.published, reason: .improbable) } + show(&state)
        survey = state
        note(events, at: scan.at)
        return events
    }

    /// One scan after another.
    private struct SurveyStep {
        var from: Instant
        var to: Instant
        /// The probability that an object has survived.
        var survival: Double
        /// Tracks with less are dropped.
        var leastExistence: Double

        var seconds: Double { to.seconds(since: from) }
    }

    /// From now on keeps the past of `seconds`, for ``tracks(at:_:)``.
    public mutating func keepPast(seconds: Double) { settings.historySpan = seconds }

    /// The tracks of the last scan that are likely enough to be shown, by ascending number.
    public var surveyed: [Track] { survey?.shown ?? [] }

    /// The tracks as they were at the time of an earlier scan, by everything known now: those that existed then
    /// more likely than not, by ascending number. The past must be kept (``keepPast(seconds:)``).
    public func tracks(at instant: Instant, _ field: SurveySettings) -> [Track] {
        (survey?.states ?? []).compactMap { $0.published(at: instant, lifetime: field.lifetime) }
            .filter { $0.existence >= 0.5 }.sorted { $0.number < $1.number }
    }

    private mutating func lookAt(_ scan: SurveyScan, _ field: SurveySettings) {
        workspace.places.variance = field.sigma * field.sigma
        workspace.places.places.removeAll(keepingCapacity: true)
        for place in scan.places { workspace.places.places.append(SIMD4(place.x, place.y, place.z, 0)) }
        workspace.grid.fill(workspace.places.places)
        workspace.grid.arrange(&workspace.places.places)
    }

    /// Moves every track to the scan's time and compares it with the places near it.
    private mutating func predictAndGate(_ tracks: inout SurveyTracks, _ step: SurveyStep, _ field: SurveySettings) {
        workspace.update.begin()
        let steps = MotionSteps(
            settings.models, seconds: step.seconds, forgettingRate: settings.forgettingRate)
        for slot in tracks.all.indices {
            tracks.predict(slot, steps, from: step.from, keeping: settings.historySpan)
            noteExpectation(of: tracks.all[slot], tracks.modes.span.extracting(tracks.all[slot].range))
            tracks.all[slot].record.existenceBefore = tracks.all[slot].existence
            tracks.all[slot].existence *= step.survival
            tracks.gate(
                slot, at: step.to, detectionProbability: field.detectionProbability, gate: settings.gate, &workspace)
        }
    }

    /// Corrects the tracks, learns from what came of them, and drops the weak ones.
    /// - Returns: Those of them that were shown once.
    private mutating func correct(
        _ tracks: inout SurveyTracks, _ step: SurveyStep, _ field: SurveySettings, _ lesson: inout SurveyState.Lesson
    ) -> [TrackState] {
        var ended: [TrackState] = []
        var kept = 0
        workspace.modes.removeAll(keepingCapacity: true)
        for slot in tracks.all.indices {
            let outcome = tracks.conclude(slot, models: settings.models.count, &workspace)
            learn(&tracks.all[slot], outcome, target: slot, step, &lesson)
            lesson.explained += field.detectionProbability * outcome.existence
            let isKept = outcome.existence >= step.leastExistence
            if !isKept, !tracks.all[slot].isConfirmed {
                noteDrop(tracks.all[slot], at: step.to)
                continue
            }
            tracks.correct(slot, by: outcome, at: step.to, settings: settings, &workspace)
            if isKept {
                tracks.move(slot, to: kept)
                kept += 1
            } else {
                let modes = Array(workspace.modes[tracks.all[slot].range])
                workspace.modes.removeLast(modes.count)
                ended.append(tracks.state(slot, MotionMixture(modes: modes), at: step.to))
            }
        }
        tracks.cut(to: kept)
        swap(&tracks.modes, &workspace.modes)
        return ended
    }

    private mutating func learn(
        _ track: inout SurveyTrack, _ outcome: ScanUpdate.Outcome, target: Int, _ step: SurveyStep,
        _ lesson: inout SurveyState.Lesson
    ) {
        track.existence = outcome.existence
        let likeliest = workspace.update.likeliest[target]
        if likeliest >= 0 {
            track.reportCount += 1
            track.lastReportAt = step.to
        }
        track.record.likeliest = likeliest
        noteLook(track, target: target, at: step.to)
        track.record.learn(existence: outcome.existence, seconds: step.seconds, &lesson)
        if outcome.existence < step.leastExistence, track.record.scans <= SurveyRecord.youngScans {
            lesson.births -= track.record.countedBirth
        }
    }

    private mutating func start(
        _ tracks: inout SurveyTracks, first: Double, _ step: SurveyStep, _ lesson: inout SurveyState.Lesson
    ) {
        let initiation = Initiation(settings: settings)
        for (index, unexplained) in workspace.update.unexplained.enumerated() {
            let existence = first * unexplained
            guard existence >= step.leastExistence else { continue }
            guard list.states.count + tracks.count < settings.tracksAtMost else { return }
            let state = initiation.firstState(
                at: workspace.places.places[index], variance: workspace.places.variance)
            tracks.append(state, takeNumber(), existence: existence, at: step.to)
            let slot = tracks.count - 1
            tracks.all[slot].record.likeliest = index
            tracks.all[slot].record.countedBirth = existence
            noteStart(tracks.all[slot], unexplained: unexplained)
            lesson.births += existence
            lesson.explained += existence
        }
    }

    /// Shows what is likely enough: the existence must outweigh the error that a track shown too early or too
    /// late would have.
    private mutating func show(_ state: inout SurveyState) -> [TrackEvent] {
        var events: [TrackEvent] = []
        for slot in state.tracks.all.indices {
            let track = state.tracks.all[slot]
            let needed =
                track.isConfirmed ? settings.shownExistence(of: track.summary) : settings.firstShownExistence
            state.tracks.all[slot].isShown = track.existence >= max(needed, settings.firstShownExistence)
            guard state.tracks.all[slot].isShown, !track.isConfirmed else { continue }
            state.tracks.all[slot].isConfirmed = true
            if let published = state.published(slot) { events.append(.confirmed(published)) }
        }
        return events
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
    fileprivate func shownExistence(of summary: SurveySummary) -> Double {
        let share = min(0.5, Self.doubtShare * summary.positionVariance / (usefulDistance * usefulDistance))
        return max(shownExistence, 1 / (2 - 2 * share))
    }

    /// Stated errors of fused hypotheses are larger than the true ones.
    private static let doubtShare = 0.7
}
