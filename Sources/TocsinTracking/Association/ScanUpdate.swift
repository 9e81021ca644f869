internal import RealModule
internal import TocsinModel

/// Gates, associates and corrects tracks with what one sensor saw in one look. The storage is kept from look to
/// look, so that a steady stream of looks allocates nothing.
struct ScanUpdate {
    /// A track in view of the sensor.
    struct Target {
        var slot: Int
        /// The probability that the sensor detects the object, if it exists.
        var detectionProbability: Double
    }

    /// Whether silence about a track says something.
    enum Silence {
        /// What is not here was not seen.
        case counts
        /// More of the same look may come: misses are counted over time (``Retirement``).
        case saysNothing
    }

    /// The tracks in view, by ascending slot; they must have been predicted.
    private(set) var targets: [Target] = []
    private(set) var association = Association()
    /// Per sighting: the slot of its likeliest track, if that is likelier than not; otherwise -1.
    private(set) var owners: [Int] = []
    /// Per target: its likeliest sighting; -1: it was likelier not seen.
    private(set) var likeliest: [Int] = []
    /// The likelihood of every gated pair under every mode of its track, pair after pair.
    private var likelihoods: [Double] = []
    private var branches = BranchList()
    /// Of the target that is concluded next.
    private var nextPair = 0
    private var nextLikelihood = 0

    /// Per sighting: the probability that no known track caused it.
    var unexplained: [Double] { association.unexplained }

    /// The probability that a target caused a sighting. Not for the hot path.
    func probability(ofTarget target: Int, sighting: Int) -> Double {
        association.pairs.first { Int($0.track) == target && Int($0.sighting) == sighting }?.probability ?? 0
    }

    mutating func begin() {
        targets.removeAll(keepingCapacity: true)
        likelihoods.removeAll(keepingCapacity: true)
        association.begin()
    }

    /// A track as predicted, without its modes.
    struct Prior {
        var existence: Double
        var at: Instant
    }

    /// Adds the next track in view and compares its modes with the sightings near it.
    /// - Returns: Whether any of them is in its gate.
    @discardableResult
    mutating func add(
        _ target: Target, _ prior: Prior, _ modes: Span<MotionMixture.Mode>, near candidates: [Int32],
        _ sightings: borrowing some SightingList, silence: Silence, gate: Double
    ) -> Bool {
        let position = targets.count
        targets.append(target)
        let expected = prior.existence * target.detectionProbability
        association.missed.append(silence == .counts ? 1 - expected : 1)
        guard !candidates.isEmpty else { return false }
        let before = association.pairs.count
        let frame = LocalFrame(at: modes[0].state.position)
        for candidate in candidates {
            let sighting = Int(candidate)
            let likelihood = likelihood(of: sighting, sightings, modes, at: prior.at, frame: frame, gate: gate)
            guard likelihood > 0 else { continue }
            association.add(Association.Pair(track: position, sighting: sighting, weight: expected * likelihood))
        }
        return association.pairs.count > before
    }

    /// The likelihood of a sighting under all modes, noted mode by mode; 0, and nothing noted, outside the gate.
    private mutating func likelihood(
        of sighting: Int, _ sightings: borrowing some SightingList, _ modes: Span<MotionMixture.Mode>,
        at instant: Instant, frame: LocalFrame, gate: Double
    ) -> Double {
        let first = likelihoods.count
        var least = Double.infinity
        var sum = 0.0
        for index in modes.indices {
            let agreement = sightings.agreement(sighting, with: modes[index].state, at: instant, frame: frame)
            least = min(least, agreement.squaredDistance)
            let likelihood = agreement.likelihood
            likelihoods.append(likelihood)
            sum += likelihood * modes[index].weight
        }
        if least <= gate, sum > 0 { return sum }
        likelihoods.removeLast(likelihoods.count - first)
        return 0
    }

    /// Finds how likely every pair belongs together.
    /// - Parameter otherDensity: Other causes, per unit of the scan: clutter and objects not yet known.
    mutating func associate(_ sightings: borrowing some SightingList, otherDensity: Double) {
        owners.removeAll(keepingCapacity: true)
        likeliest.removeAll(keepingCapacity: true)
        for sighting in 0..<sightings.count {
            association.other.append(otherDensity * sightings.unitDensity(sighting))
            owners.append(-1)
        }
        association.solve()
        nextPair = 0
        nextLikelihood = 0
    }

    /// What came of a target.
    struct Outcome {
        var existence: Double
        /// Some sighting was in its gate, so that its modes change: ``settle(_:at:_:settings:into:)``.
        var isCompared: Bool
    }

    /// What came of the next target, in the order in which they were added.
    mutating func conclude(
        existence: Double, _ modes: Span<MotionMixture.Mode>, silence: Silence, models: Int
    ) -> Outcome {
        let position = likeliest.count
        let first = nextPair
        while nextPair < association.pairs.count, Int(association.pairs[nextPair].track) == position { nextPair += 1 }
        let unseen = association.unseen[position] * Self.remaining(existence, targets[position], silence)
        likeliest.append(-1)
        guard nextPair > first else { return Outcome(existence: min(unseen, 1 - 1e-6), isCompared: false) }
        branches.begin(modes, models: models)
        branches.addUnseen(weight: unseen)
        var seen = 0.0
        var greatest = unseen
        for index in first..<nextPair {
            let found = association.pairs[index]
            seen += found.probability
            if found.probability > greatest {
                greatest = found.probability
                likeliest[position] = Int(found.sighting)
            }
            if found.probability > 0.5 { owners[Int(found.sighting)] = targets[position].slot }
            branches.add(
                sighting: Int(found.sighting), probability: found.probability, mixture: modes,
                likelihoods: likelihoods, from: nextLikelihood)
            nextLikelihood += modes.count
        }
        return Outcome(existence: min(seen + unseen, 1 - 1e-6), isCompared: true)
    }

    /// Puts the corrected modes of the target that was concluded last at the end of `list`.
    mutating func settle(
        _ modes: Span<MotionMixture.Mode>, at instant: Instant, _ sightings: borrowing some SightingList,
        settings: TrackingSettings, into list: inout [MotionMixture.Mode]
    ) {
        branches.settle(modes, at: instant, sightings, likelihoods: likelihoods, settings: settings)
        list.append(contentsOf: branches.modes)
    }

    /// Associates, and corrects the tracks, of which no silence counts.
    mutating func finish(
        _ sightings: borrowing some SightingList, otherDensity: Double, tracks: inout [TrackState],
        settings: TrackingSettings
    ) {
        associate(sightings, otherDensity: otherDensity)
        for target in targets {
            let modes = tracks[target.slot].mixture.modes
            let outcome = conclude(
                existence: tracks[target.slot].existence, modes.span, silence: .saysNothing,
                models: settings.models.count)
            tracks[target.slot].existence = outcome.existence
            guard outcome.isCompared else { continue }
            branches.settle(&tracks[target.slot], sightings, likelihoods: likelihoods, settings: settings)
        }
    }

    /// The existence of a track that was not seen.
    private static func remaining(_ existence: Double, _ target: Target, _ silence: Silence) -> Double {
        guard silence == .counts else { return existence }
        return existence * (1 - target.detectionProbability) / (1 - existence * target.detectionProbability)
    }
}
