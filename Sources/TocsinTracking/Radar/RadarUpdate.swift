internal import RealModule
internal import TocsinModel

/// Associates the plots of one sector with the tracks that the beam may have passed, and corrects the tracks. Like
/// ``ScanUpdate``, but the chance to be seen differs between the hypotheses of a track. The storage is kept.
struct RadarUpdate {
    /// A track that the beam may have passed.
    struct Target {
        var slot: Int
        /// The probability that the radar gives a plot of the object in this sector, if it exists and is visible.
        var chance = 0.0
        /// The probability that the object is visible, if it exists.
        var visible: Double
        /// Whether its absence says something.
        var isWatched: Bool
        /// Where its hypotheses begin in `chances`.
        var first: Int
        var outlierShare: Double
    }

    private(set) var targets: [Target] = []
    private(set) var association = Association()
    /// Per hypothesis of each target, the chance to be seen.
    private var chances: [Double] = []
    /// The likelihood of every pair under every mode times the chance of its hypothesis, pair after pair.
    private var likelihoods: [Double] = []
    /// Per pair: the part of its weight that says that the plot is an outlier.
    private var outlierParts: [Double] = []
    private var branches = BranchList()

    /// A pair that is less likely than another cause by this factor is not one.
    private static let leastRatio = 1e-4

    mutating func begin(_ look: RadarLook) {
        targets.removeAll(keepingCapacity: true)
        chances.removeAll(keepingCapacity: true)
        likelihoods.removeAll(keepingCapacity: true)
        outlierParts.removeAll(keepingCapacity: true)
        association.begin()
        for plot in look.plots {
            association.other.append(plot.otherDensity * (plot.height == nil ? 1 : 1 / plot.heightSpan))
        }
    }

    /// - Parameter chances: For each hypothesis, the chance to be seen.
    mutating func add(_ target: Target, _ state: TrackState, chances list: some Collection<Double>, width: Int) {
        var target = target
        target.first = chances.count
        chances.append(contentsOf: list)
        for (hypothesis, chance) in list.enumerated() {
            for mode in state.mixture.modes[(hypothesis * width)..<((hypothesis + 1) * width)] {
                target.chance += mode.weight * chance
            }
        }
        targets.append(target)
        association.missed.append(target.isWatched ? 1 - state.existence * target.visible * target.chance : 1)
    }

    /// Compares the last target with a plot.
    /// - Parameters:
    ///   - detections: For each hypothesis, the probability to be seen when the beam passes.
    ///   - factor: How much likelier than by its place the plot is this object's, by who they say they are.
    mutating func compare(
        _ plot: Int, _ look: RadarLook, _ state: TrackState, detections: [Double], factor: Double, width: Int
    ) {
        guard let target = targets.last else { return }
        let first = likelihoods.count
        var sum = 0.0
        var outlier = 0.0
        for (index, mode) in state.mixture.modes.enumerated() {
            let detection = detections[index / width]
            let likelihood =
                detection > 0
                ? look.likelihood(plot, mode, at: state.at) : RadarLook.Likelihood(inlier: 0, outlier: 0)
            likelihoods.append(detection * likelihood.sum)
            sum += mode.weight * detection * likelihood.sum
            outlier += mode.weight * detection * likelihood.outlier
        }
        let weight = state.existence * target.visible * sum * factor
        let least = Self.leastRatio * association.other[plot] * association.missed[targets.count - 1]
        guard weight > least, weight > 0 else {
            likelihoods.removeSubrange(first...)
            return
        }
        outlierParts.append(outlier / sum)
        association.add(Association.Pair(track: targets.count - 1, sighting: plot, weight: weight))
    }

    /// Per plot: the target that most likely caused it, and with what probability.
    private(set) var owners: [(target: Int, probability: Double)] = []
    /// Per plot: the probability that no known track caused it.
    var unexplained: [Double] { association.unexplained }

    mutating func associate(plots: Int) {
        association.solve()
        owners.removeAll(keepingCapacity: true)
        for _ in 0..<plots { owners.append((-1, 0)) }
        for pair in association.pairs where pair.probability > owners[Int(pair.sighting)].probability {
            owners[Int(pair.sighting)] = (Int(pair.track), pair.probability)
        }
    }

    /// The pairs that are certain: what they say of the radar's noise is to be learnt.
    func forEachSurePair(
        _ body: (_ slot: Int, _ plot: Int, _ likelihoods: ArraySlice<Double>) -> Void, in tracks: [TrackState]
    ) {
        var likelihood = 0
        for (index, pair) in association.pairs.enumerated() {
            let slot = targets[Int(pair.track)].slot
            let next = likelihood + tracks[slot].mixture.modes.count
            if pair.probability > 0.9, tracks[slot].existence > 0.9, tracks[slot].reportCount > 5,
                outlierParts[index] < 0.5
            {
                body(slot, Int(pair.sighting), likelihoods[likelihood..<next])
            }
            likelihood = next
        }
    }

    /// Corrects the tracks.
    /// - Parameter learn: Is told what came of each target.
    mutating func settle(
        _ look: RadarLook, _ tracks: inout [TrackState], settings: TrackingSettings,
        learn: (_ slot: Int, _ outcome: RadarVisibility.Outcome, _ state: inout TrackState) -> Void
    ) {
        var look = look
        var pair = 0
        var likelihood = 0
        for (position, target) in targets.enumerated() {
            let begin = pair
            while pair < association.pairs.count, Int(association.pairs[pair].track) == position { pair += 1 }
            let modes = tracks[target.slot].mixture.modes
            let existence = tracks[target.slot].existence
            let expected = target.isWatched ? target.visible * target.chance : 0
            let remaining = existence * (1 - expected) / (1 - existence * expected)
            var outcome = RadarVisibility.Outcome()
            outcome.chance = target.isWatched ? target.chance : 0
            outcome.unseen = association.unseen[position] * remaining
            branches.begin(modes.span, models: settings.models.count)
            let count = modes.count / min(settings.models.count, modes.count)
            let missed = chances[target.first..<(target.first + count)].map {
                target.isWatched ? 1 - target.visible * $0 : 1
            }
            branches.addUnseen(weight: outcome.unseen, likelihoods: missed)
            for index in begin..<pair {
                let found = association.pairs[index]
                outcome.seen += found.probability
                outcome.outlier += found.probability * outlierParts[index]
                branches.add(
                    sighting: Int(found.sighting), probability: found.probability, mixture: modes.span,
                    likelihoods: likelihoods, from: likelihood)
                likelihood += modes.count
            }
            look.outlierShare = target.outlierShare
            tracks[target.slot].existence = min(outcome.seen + outcome.unseen, 1 - 1e-6)
            if pair > begin || count > 1 {
                branches.settle(&tracks[target.slot], look, likelihoods: likelihoods, settings: settings)
            }
            learn(target.slot, outcome, &tracks[target.slot])
        }
    }
}
