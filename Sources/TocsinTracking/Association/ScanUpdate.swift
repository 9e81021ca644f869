internal import TocsinModel

/// Sightings of one sensor to be told apart together: no two of them come from the same object.
struct Scan {
    var sightings: [Sighting]
    /// The probability that an object in view is among the sightings.
    var detectionProbability: Double
    /// Whether silence about a track says something: true for a whole scan, false for a part of one, whose
    /// misses are counted over time (``Retirement``).
    var isComplete: Bool
    /// Other causes, per square meter (places) or per report (bearings): clutter and objects not yet known.
    var otherDensity: Double
    var exercise: Bool
}

/// Predicts, gates, associates and corrects the tracks with one scan.
struct ScanUpdate {
    let settings: TrackingSettings
    /// Association probabilities below this change nothing that matters.
    static let leastProbability = 1e-3

    struct Result {
        /// Per sighting: the probability that no known track caused it.
        var unexplained: [Double]
        /// Per sighting: the slot of its likeliest track, if that is likelier than not.
        var owners: [Int?]
    }

    /// A track and a sighting of the scan near enough to be compared.
    struct Candidate: Hashable {
        var slot: Int
        var sighting: Int
    }

    /// - Parameter candidates: By ascending slot, then sighting. The tracks of a complete scan must stand at its
    ///   time, and all of them are in view.
    func apply(_ scan: Scan, to tracks: inout TrackList, candidates: [Candidate]) -> Result {
        let slots =
            scan.isComplete
            ? Array(tracks.states.indices)
            : candidates.reduce(into: [Int]()) { if $0.last != $1.slot { $0.append($1.slot) } }
        predict(&tracks, slots: slots, to: scan)
        let pairs = gatedPairs(scan, tracks: tracks, slots: slots, candidates: candidates)
        let missed = slots.map { slot in
            scan.isComplete ? 1 - tracks.states[slot].existence * scan.detectionProbability : 1
        }
        let association = Association(
            pairs: pairs, missed: missed, other: scan.sightings.map { scan.otherDensity * $0.unitDensity })
        var owners = [Int?](repeating: nil, count: scan.sightings.count)
        var next = 0
        for (position, slot) in slots.enumerated() {
            let first = next
            while next < association.pairs.count, association.pairs[next].track == position { next += 1 }
            let mine = association.pairs[first..<next]
            guard scan.isComplete || !mine.isEmpty else { continue }
            for pair in mine where pair.probability > 0.5 { owners[pair.sighting] = slot }
            let remaining =
                scan.isComplete
                ? tracks.states[slot].existence * (1 - scan.detectionProbability) / missed[position]
                : tracks.states[slot].existence
            tracks.change(slot) { state in
                update(&state, with: mine, of: scan, unseen: association.unseen[position] * remaining)
            }
        }
        return Result(unexplained: association.unexplained, owners: owners)
    }

    private func predict(_ tracks: inout TrackList, slots: [Int], to scan: Scan) {
        guard let latest = scan.sightings.map(\.at).max() else { return }
        for slot in slots { tracks.change(slot) { $0.predict(to: latest, settings) } }
    }

    private func gatedPairs(
        _ scan: Scan, tracks: TrackList, slots: [Int], candidates: [Candidate]
    ) -> [Association.Pair] {
        var pairs: [Association.Pair] = []
        var position = 0
        for candidate in candidates {
            while slots[position] < candidate.slot { position += 1 }
            let sighting = scan.sightings[candidate.sighting]
            let existence = tracks.states[candidate.slot].existence
            let lag = tracks.states[candidate.slot].lag(to: sighting.at)
            let fit = tracks.states[candidate.slot].mixture.fit(of: sighting, lag: lag)
            guard fit.squaredDistance <= settings.gate else { continue }
            let weight = existence * scan.detectionProbability * Gate.exponential(fit.logLikelihood)
            pairs.append(Association.Pair(track: position, sighting: candidate.sighting, weight: weight))
        }
        return pairs
    }

    /// The track after the scan: the union of what each sighting, and none, would make of it.
    private func update(
        _ state: inout TrackState, with pairs: ArraySlice<Association.Pair>, of scan: Scan, unseen: Double
    ) {
        let seen = pairs.reduce(0) { $0 + $1.probability }
        state.existence = min(seen + unseen, 1 - 1e-6)
        var parts: [(mixture: MotionMixture, weight: Double)] = []
        if unseen > Self.leastProbability { parts.append((state.mixture, unseen)) }
        for pair in pairs where pair.probability > Self.leastProbability {
            var mixture = state.mixture
            let sighting = scan.sightings[pair.sighting]
            mixture.correct(with: sighting, lag: state.lag(to: sighting.at))
            parts.append((mixture, pair.probability))
        }
        let total = parts.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return }
        state.mixture =
            parts.count == 1
            ? parts[0].mixture
            : MotionMixture.union(parts.map { (mixture: $0.mixture, weight: $0.weight / total) })
    }
}
