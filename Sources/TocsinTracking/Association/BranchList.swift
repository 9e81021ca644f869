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
    private(set) var modes: [MotionMixture.Mode] = []
    private var hypothesisWeights: [Double] = []
    /// Modes per hypothesis, before and after.
    private var width = 0
    private var widthAfter = 0

    mutating func begin(_ mixture: Span<MotionMixture.Mode>, models: Int) {
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
        sighting: Int, probability: Double, mixture: Span<MotionMixture.Mode>, likelihoods: [Double], from first: Int
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
        settle(state.mixture.modes.span, at: state.at, sightings, likelihoods: likelihoods, settings: settings)
        guard !modes.isEmpty else { return }
        state.mixture.modes.removeAll(keepingCapacity: true)
        state.mixture.modes.append(contentsOf: modes)
    }

    /// Works out the hypotheses that follow from those of `mixture`, as ``modes``.
    mutating func settle(
        _ mixture: Span<MotionMixture.Mode>, at instant: Instant, _ sightings: borrowing some SightingList,
        likelihoods: [Double], settings: TrackingSettings
    ) {
        modes.removeAll(keepingCapacity: true)
        widthAfter = settings.models.count
        let frame = LocalFrame(at: mixture[0].state.position)
        keepLikely(share: settings.leastBranchShare)
        for branch in branches {
            append(
                branch, of: mixture, sightings, likelihoods: likelihoods,
                Setting(at: instant, frame: frame, models: settings.models))
        }
        HypothesisReduction(settings: settings, width: widthAfter).mergeAlike(&modes)
    }

    /// Heaviest first; of equals, the first; without those of a smaller share, but at least one. Few: by insertion.
    private mutating func keepLikely(share: Double) {
        // What is far too little is not counted either.
        let least = 0.1 * branches.reduce(0) { $0 + $1.weight } * share
        var total = 0.0
        for index in branches.indices {
            let branch = branches[index]
            if branch.weight > least { total += branch.weight }
            var place = index
            while place > 0, branches[place - 1].weight < branch.weight {
                branches[place] = branches[place - 1]
                place -= 1
            }
            branches[place] = branch
        }
        while branches.count > 1, branches[branches.count - 1].weight < share * total { branches.removeLast() }
    }

    /// When and where branches are worked out, and the models they are given.
    private struct Setting {
        var at: Instant
        var frame: LocalFrame
        var models: [MotionModel]
    }

    /// Works out a branch and puts its modes at the end.
    @inline(__always)
    private mutating func append(
        _ branch: Branch, of mixture: Span<MotionMixture.Mode>, _ sightings: borrowing some SightingList,
        likelihoods: [Double], _ setting: Setting
    ) {
        let first = modes.count
        let begin = branch.hypothesis * width
        var sum = 0.0
        for model in 0..<widthAfter {
            let source = begin + (width == 1 ? 0 : model)
            modes.append(mixture[source])
            let last = modes.count - 1
            if width == 1 { modes[last].weight *= setting.models[model].share }
            if branch.sighting >= 0 {
                modes[last].weight *= max(likelihoods[branch.likelihood + source - begin], 1e-300)
                sightings.correct(branch.sighting, &modes[last], at: setting.at, frame: setting.frame)
            }
            sum += modes[last].weight
        }
        let scale = branch.weight / max(sum, 1e-300)
        for index in first..<modes.count { modes[index].weight *= scale }
    }
}
