internal import RealModule
internal import TocsinModel

/// What one look makes of one track: every hypothesis of it, with every sighting that may be its own and with
/// none, is a branch. The likely ones are kept as hypotheses; those that say nearly the same are merged.
struct BranchList {
    private struct Branch {
        var hypothesis: Int
        /// -1: not seen.
        var sighting: Int
        var weight: Double
        /// Where the likelihoods of its modes begin.
        var likelihood: Int
    }

    private var branches: [Branch] = []
    /// The modes of the branches that are worked out, branch after branch.
    private var modes: [MotionMixture.Mode] = []
    private var hypothesisWeights: [Double] = []
    /// Modes per hypothesis, before and after.
    private var width = 0
    private var widthAfter = 0

    mutating func begin(_ mixture: [MotionMixture.Mode], models: Int) {
        branches.removeAll(keepingCapacity: true)
        hypothesisWeights.removeAll(keepingCapacity: true)
        width = min(models, mixture.count)
        var first = 0
        while first < mixture.count {
            var weight = 0.0
            for index in first..<(first + width) { weight += mixture[index].weight }
            hypothesisWeights.append(weight)
            first += width
        }
    }

    /// - Parameter weight: The probability that the object exists and was not seen.
    mutating func addUnseen(weight: Double) {
        for (index, share) in hypothesisWeights.enumerated() {
            branches.append(Branch(hypothesis: index, sighting: -1, weight: weight * share, likelihood: 0))
        }
    }

    /// The same where the hypotheses differ in how likely they would have been seen.
    /// - Parameter likelihoods: For each hypothesis, how likely it was not seen, in any unit.
    mutating func addUnseen(weight: Double, likelihoods: some Collection<Double>) {
        let products = zip(hypothesisWeights, likelihoods).map { $0 * $1 }
        let scale = weight / max(products.reduce(0, +), 1e-300)
        for (index, product) in products.enumerated() {
            branches.append(Branch(hypothesis: index, sighting: -1, weight: product * scale, likelihood: 0))
        }
    }

    /// - Parameter first: Where the sighting's likelihoods under the track's modes begin.
    mutating func add(
        sighting: Int, probability: Double, mixture: [MotionMixture.Mode], likelihoods: [Double], from first: Int
    ) {
        let start = branches.count
        var total = 0.0
        for hypothesis in hypothesisWeights.indices {
            let begin = hypothesis * width
            var sum = 0.0
            for index in begin..<(begin + width) { sum += mixture[index].weight * likelihoods[first + index] }
            total += sum
            branches.append(
                Branch(hypothesis: hypothesis, sighting: sighting, weight: sum, likelihood: first + begin))
        }
        let scale = probability / total
        for index in start..<branches.count { branches[index].weight *= scale }
    }

    /// Gives the track the hypotheses that follow.
    mutating func settle(
        _ state: inout TrackState, _ sightings: borrowing some SightingList, likelihoods: [Double],
        settings: TrackingSettings
    ) {
        modes.removeAll(keepingCapacity: true)
        widthAfter = settings.models.count
        let frame = LocalFrame(at: state.mixture.modes[0].state.position)
        let least = 0.1 * branches.reduce(0) { $0 + $1.weight } * settings.leastBranchShare
        for branch in branches where branch.weight > least {
            append(branch, of: state, sightings, likelihoods: likelihoods, frame: frame, models: settings.models)
        }
        guard !modes.isEmpty else { return }
        HypothesisReduction(settings: settings, width: widthAfter).reduce(&modes)
        state.mixture.modes.removeAll(keepingCapacity: true)
        state.mixture.modes.append(contentsOf: modes)
    }

    /// Works out a branch and puts its modes at the end.
    @inline(__always)
    private mutating func append(
        _ branch: Branch, of state: TrackState, _ sightings: borrowing some SightingList, likelihoods: [Double],
        frame: LocalFrame, models: [MotionModel]
    ) {
        let first = modes.count
        let begin = branch.hypothesis * width
        var sum = 0.0
        for model in 0..<widthAfter {
            let source = begin + (width == 1 ? 0 : model)
            var mode = state.mixture.modes[source]
            if width == 1 { mode.weight *= models[model].share }
            if branch.sighting >= 0 {
                mode.weight *= max(likelihoods[branch.likelihood + source - begin], 1e-300)
                sightings.correct(branch.sighting, &mode, at: state.at, frame: frame)
            }
            sum += mode.weight
            modes.append(mode)
        }
        let scale = branch.weight / max(sum, 1e-300)
        for index in first..<modes.count { modes[index].weight *= scale }
    }
}
