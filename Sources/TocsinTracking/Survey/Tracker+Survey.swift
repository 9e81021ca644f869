package import TocsinModel

// Whole scans of one survey sensor: the same prediction, association and correction as single reports, and
// misses count at once.
extension Tracker {
    /// Weak tracks are dropped below this part of the existence of a new one (TRACKING.md).
    private static let pruningShare = 0.1

    /// Takes a whole scan. Scans must come in the order of their times.
    package mutating func observe(_ scan: SurveyScan, _ field: SurveySettings) -> [TrackEvent] {
        var state = survey ?? SurveyState()
        let survival = state.begin(at: scan.at, field)
        predictAll(to: scan.at, survival: survival)
        let expected = list.states.reduce(0) { $0 + $1.existence * field.detectionProbability }
        state.estimateClutter(detections: scan.places.count, expected: expected, field)
        let undetected = field.detectionProbability * state.undetectedDensity
        let other = state.clutterDensity + undetected
        let sightings = scan.places.map { sighting(of: $0, at: scan.at, field) }
        let whole = Scan(
            sightings: sightings, detectionProbability: field.detectionProbability, isComplete: true,
            otherDensity: other, exercise: false)
        let result = ScanUpdate(settings: settings).apply(whole, to: &list, candidates: candidates(for: whole))
        note(owners: result.owners, at: scan.at)
        let first = undetected / other
        for (sighting, unexplained) in zip(sightings, result.unexplained)
        where unexplained > Self.pruningShare {
            guard let mixture = Initiation(settings: settings).firstState(of: sighting) else { continue }
            _ = start(mixture, existence: first * unexplained, at: scan.at, exercise: false) { $0.reportCount = 1 }
        }
        let confirmed = confirmLikely()
        state.end(newlyDiscovered: confirmed.count, field)
        survey = state
        return confirmed + prune(below: Self.pruningShare * first)
    }

    private mutating func predictAll(to instant: Instant, survival: Double) {
        let settings = settings
        for slot in list.states.indices {
            list.change(slot) { state in
                state.predict(to: instant, settings)
                state.existence *= survival
            }
            list.relocate(slot: slot, to: list.states[slot].mixture.mean.position)
        }
    }

    private func sighting(of place: EarthFixed, at instant: Instant, _ field: SurveySettings) -> Sighting {
        let position = SIMD4<Double>(place.x, place.y, place.z, 0)
        let variance = field.sigma * field.sigma
        let sighting = PlaceSighting(
            position: position, frame: LocalFrame(at: position), variance: variance, heightVariance: nil,
            velocity: nil)
        // Four standard deviations of a track just started, two seconds or more ago.
        let spread = (2 * variance + 4 * settings.firstVelocitySigma * settings.firstVelocitySigma).squareRoot()
        return Sighting(
            at: instant, geometry: .place(sighting), unitDensity: 1, searchCenter: position,
            searchRadius: 6 * spread)
    }

    private mutating func note(owners: [Int?], at instant: Instant) {
        for case let slot? in owners {
            list.change(slot) { state in
                state.reportCount += 1
                state.lastReportAt = instant
            }
        }
    }

    private mutating func confirmLikely() -> [TrackEvent] {
        list.states.indices.compactMap { slot in
            let state = list.states[slot]
            guard !state.isConfirmed, state.existence >= settings.confirmingExistence else { return nil }
            list.change(slot) { $0.isConfirmed = true }
            return .confirmed(list.states[slot].published)
        }
    }

    private mutating func prune(below least: Double) -> [TrackEvent] {
        let weak = list.states.indices.filter { list.states[$0].existence < least }
        let events = weak.compactMap { slot -> TrackEvent? in
            let state = list.states[slot]
            return state.isConfirmed ? .ended(state.published, reason: .improbable) : nil
        }
        list.remove(weak)
        return events
    }
}
