internal import RealModule
internal import TocsinModel

// Reports about the past. While they come, every track keeps its smoothed past (``TrackHistory``), and a late
// report is taken as one about the present: nothing is computed again, and nobody's number changes.
extension Tracker {
    /// Up to this much older than a track's state a report is taken as it is, seconds.
    static let promptSeconds = 0.5
    /// The past is kept for so long after the last late report, seconds.
    private static let memoryOfLateness = 600.0

    /// Whether `sighting` is about the past of one of these tracks.
    func isLate(_ sighting: Sighting, for candidates: [Candidate]) -> Bool {
        candidates.contains { list.states[$0.slot].lag(to: sighting.at) < -Self.promptSeconds }
    }

    /// Keeps the tracks' past from now on.
    mutating func noteLateness(at now: Instant) {
        lateSeenAt = now
        settings.historySpan = settings.lateness
    }

    /// Stops keeping the tracks' past when no report has been late for long.
    mutating func forgetLateness(at now: Instant) {
        guard let lateSeenAt, now.seconds(since: lateSeenAt) > Self.memoryOfLateness else { return }
        self.lateSeenAt = nil
        settings.historySpan = 0
        for slot in list.states.indices { list.states[slot].history = TrackHistory() }
    }

    /// A sighting as the track sees it now: through its past, if it is late and the past is known.
    func view(of sighting: Sighting, from state: TrackState) -> Sighting {
        guard state.lag(to: sighting.at) < -Self.promptSeconds, let node = state.history.node(near: sighting.at),
            let seen = sighting.seen(through: node, present: state.mixture.overall, at: state.at)
        else { return sighting }
        return seen
    }

    /// Takes one anonymous report about the past; other tracks may be at other times.
    mutating func takeLate(
        _ report: Report, _ sighting: Sighting, candidates: [Candidate], otherDensity: Double
    ) -> [TrackNumber] {
        let other = otherDensity * sighting.unitDensity
        var total = other
        var found: [(slot: Int, view: Sighting, weight: Double)] = []
        for slot in candidates.map(\.slot) {
            list.states[slot].predict(to: sighting.at, settings)
            list.states[slot].mixture.expand(settings.models)
            let state = list.states[slot]
            let view = view(of: sighting, from: state)
            let fit = state.mixture.fit(of: view, lag: state.lag(to: view.at))
            guard fit.squaredDistance <= settings.gate else { continue }
            let weight = state.existence * Double.exp(min(fit.logLikelihood, 700))
            found.append((slot, view, weight))
            total += weight
        }
        var updated: [TrackNumber] = []
        for (slot, view, weight) in found {
            let probability = weight / total
            list.change(slot) { state in
                var corrected = state.mixture
                corrected.correct(with: view, lag: state.lag(to: view.at))
                state.mixture.blend(with: corrected, weight: probability)
                state.existence = min(probability + (1 - probability) * state.existence, 1 - 1e-6)
                if probability > 0.5 { state.note(report) }
            }
            if probability > 0.5 { updated.append(list.states[slot].number) }
        }
        guard updated.isEmpty, other > 0.5 * total else { return updated }
        return startAnonymous(report, sighting: sighting, unexplained: other / total)
    }
}
