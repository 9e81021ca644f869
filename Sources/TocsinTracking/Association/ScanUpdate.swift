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

    /// Adds the next track in view and compares it with the sightings near it.
    mutating func add(
        _ target: Target, of tracks: [TrackState], near candidates: [Int32],
        _ sightings: borrowing some SightingList, silence: Silence, gate: Double
    ) {
        let position = targets.count
        targets.append(target)
        let expected = tracks[target.slot].existence * target.detectionProbability
        association.missed.append(silence == .counts ? 1 - expected : 1)
        guard !candidates.isEmpty else { return }
        let modes = tracks[target.slot].mixture.modes
        let at = tracks[target.slot].at
        let frame = LocalFrame(at: modes[0].state.position)
        for candidate in candidates {
            let sighting = Int(candidate)
            let likelihood = likelihood(of: sighting, sightings, modes, at: at, frame: frame, gate: gate)
            guard likelihood > 0 else { continue }
            association.add(Association.Pair(track: position, sighting: sighting, weight: expected * likelihood))
        }
    }

    /// The likelihood of a sighting under all modes, noted mode by mode; 0, and nothing noted, outside the gate.
    private mutating func likelihood(
        of sighting: Int, _ sightings: borrowing some SightingList, _ modes: [MotionMixture.Mode], at instant: Instant,
        frame: LocalFrame, gate: Double
    ) -> Double {
        let first = likelihoods.count
        var least = Double.infinity
        var sum = 0.0
        for mode in modes {
            let agreement = sightings.agreement(sighting, with: mode.state, at: instant, frame: frame)
            least = min(least, agreement.squaredDistance)
            let likelihood = agreement.likelihood
            likelihoods.append(likelihood)
            sum += likelihood * mode.weight
        }
        if least <= gate, sum > 0 { return sum }
        likelihoods.removeSubrange(first...)
        return 0
    }

    /// Associates, and corrects the tracks.
    /// - Parameter otherDensity: Other causes, per unit of the scan: clutter and objects not yet known.
    mutating func finish(
        _ sightings: borrowing some SightingList, otherDensity: Double, silence: Silence,
        tracks: inout [TrackState], settings: TrackingSettings
    ) {
        owners.removeAll(keepingCapacity: true)
        likeliest.removeAll(keepingCapacity: true)
        for sighting in 0..<sightings.count {
            association.other.append(otherDensity * sightings.unitDensity(sighting))
            owners.append(-1)
        }
        association.solve()
        var pair = 0
        var likelihood = 0
        for (position, target) in targets.enumerated() {
            let first = pair
            while pair < association.pairs.count, Int(association.pairs[pair].track) == position { pair += 1 }
            let remaining = Self.remaining(tracks[target.slot].existence, target, silence)
            let unseen = association.unseen[position] * remaining
            likeliest.append(-1)
            guard pair > first else {
                tracks[target.slot].existence = min(unseen, 1 - 1e-6)
                continue
            }
            let modes = tracks[target.slot].mixture.modes
            branches.begin(modes, models: settings.models.count)
            branches.addUnseen(weight: unseen)
            var seen = 0.0
            var greatest = unseen
            for index in first..<pair {
                let found = association.pairs[index]
                seen += found.probability
                if found.probability > greatest {
                    greatest = found.probability
                    likeliest[position] = Int(found.sighting)
                }
                if found.probability > 0.5 { owners[Int(found.sighting)] = target.slot }
                branches.add(
                    sighting: Int(found.sighting), probability: found.probability, mixture: modes,
                    likelihoods: likelihoods, from: likelihood)
                likelihood += modes.count
            }
            tracks[target.slot].existence = min(seen + unseen, 1 - 1e-6)
            branches.settle(&tracks[target.slot], sightings, likelihoods: likelihoods, settings: settings)
        }
    }

    /// The existence of a track that was not seen.
    private static func remaining(_ existence: Double, _ target: Target, _ silence: Silence) -> Double {
        guard silence == .counts else { return existence }
        return existence * (1 - target.detectionProbability) / (1 - existence * target.detectionProbability)
    }
}
