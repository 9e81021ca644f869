public import TocsinModel

// Whole scans of one survey sensor: everything in the field is in view, and misses count at once. Each step is
// linear in the tracks, the places and the pairs of them within a gate.
extension Tracker {
    /// Weak tracks are dropped below this part of the existence of a new one (TRACKING.md).
    private static let pruningShare = 0.1

    /// Takes a whole scan. Scans must come in the order of their times.
    public mutating func observe(_ scan: SurveyScan, _ field: SurveySettings) -> [TrackEvent] {
        var state = survey ?? SurveyState()
        let survival = state.begin(at: scan.at, field)
        workspace.places.variance = field.sigma * field.sigma
        workspace.places.places.removeAll(keepingCapacity: true)
        for place in scan.places { workspace.places.places.append(SIMD4(place.x, place.y, place.z, 0)) }
        workspace.grid.fill(workspace.places.places)
        let expected = predictAndGate(to: scan.at, survival: survival, field)
        state.estimateClutter(detections: scan.places.count, expected: expected, field)
        let undetected = field.detectionProbability * state.undetectedDensity
        let other = state.clutterDensity + undetected
        workspace.update.finish(
            workspace.places, otherDensity: other, silence: .counts, tracks: &list.states, settings: settings)
        noteOwners(at: scan.at)
        startSurveyed(first: undetected / other, at: scan.at)
        let confirmed = confirmLikely()
        state.end(newlyDiscovered: confirmed.count, field)
        survey = state
        return confirmed + prune(below: Self.pruningShare * undetected / other)
    }

    /// Moves every track to the scan's time and compares it with the places near it.
    /// - Returns: How many of the places tracks are expected to have caused.
    private mutating func predictAndGate(to instant: Instant, survival: Double, _ field: SurveySettings) -> Double {
        workspace.update.begin()
        var expected = 0.0
        var steps = MotionSteps(settings.models, seconds: 0, forgettingRate: settings.forgettingRate)
        for slot in list.states.indices {
            let seconds = list.states[slot].lag(to: instant)
            if seconds != steps.seconds {
                steps = MotionSteps(settings.models, seconds: seconds, forgettingRate: settings.forgettingRate)
            }
            list.states[slot].predict(steps, to: instant, historySpan: settings.historySpan)
            list.states[slot].existence *= survival
            expected += list.states[slot].existence * field.detectionProbability
            let reach = list.states[slot].mixture.reach(gate: settings.gate, variance: workspace.places.variance)
            workspace.grid.collect(around: reach.center, radius: reach.radius, into: &workspace.near)
            workspace.update.add(
                ScanUpdate.Target(slot: slot, detectionProbability: field.detectionProbability), of: list.states,
                near: workspace.near, workspace.places, silence: .counts, gate: settings.gate)
        }
        return expected
    }

    /// From now on keeps the past of `seconds`, for ``tracks(at:_:)``.
    public mutating func keepPast(seconds: Double) { settings.historySpan = seconds }

    /// The confirmed tracks as they were at the time of an earlier scan, by everything known now: those that
    /// existed then more likely than not, by ascending number. The past must be kept (``keepPast(seconds:)``).
    public func tracks(at instant: Instant, _ field: SurveySettings) -> [Track] {
        let all = (survey?.ended ?? []) + list.states
        return all.compactMap { $0.published(at: instant, lifetime: field.lifetime) }
            .filter { $0.existence >= settings.confirmingExistence }.sorted { $0.number < $1.number }
    }

    private mutating func noteOwners(at instant: Instant) {
        for slot in workspace.update.owners where slot >= 0 {
            list.states[slot].reportCount += 1
            list.states[slot].lastReportAt = instant
        }
    }

    private mutating func startSurveyed(first: Double, at instant: Instant) {
        let initiation = Initiation(settings: settings)
        for (index, unexplained) in workspace.update.unexplained.enumerated() where unexplained > Self.pruningShare {
            let state = initiation.firstState(
                at: workspace.places.places[index], variance: workspace.places.variance)
            let number = start(state, existence: first * unexplained, at: instant, exercise: false)
            guard number != nil else { return }
            list.states[list.states.count - 1].reportCount = 1
        }
    }

    private mutating func confirmLikely() -> [TrackEvent] {
        var events: [TrackEvent] = []
        for slot in list.states.indices
        where !list.states[slot].isConfirmed && list.states[slot].existence >= settings.confirmingExistence {
            list.states[slot].isConfirmed = true
            events.append(.confirmed(list.states[slot].published))
        }
        return events
    }

    private mutating func prune(below least: Double) -> [TrackEvent] {
        var events: [TrackEvent] = []
        for slot in list.states.indices where list.states[slot].existence < least && list.states[slot].isConfirmed {
            events.append(.ended(list.states[slot].published, reason: .improbable))
        }
        if settings.historySpan > 0 {
            let ended = list.states.filter { $0.existence < least && $0.isConfirmed }
            survey?.keep(ended, span: settings.historySpan)
        }
        list.remove(below: least)
        return events
    }
}
