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
    /// The modes of the hypotheses that are kept, and at the end those of the branch at work.
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
        sortByWeight()
        modes.removeAll(keepingCapacity: true)
        widthAfter = settings.models.count
        let frame = LocalFrame(at: state.mixture.modes[0].state.position)
        let least = branches.reduce(0) { $0 + $1.weight } * settings.leastBranchShare
        var kept = 0
        for branch in branches where branch.weight > least {
            append(branch, of: state, sightings, likelihoods: likelihoods, frame: frame, models: settings.models)
            if let same = twin(ofLastAmong: kept, settings: settings) {
                mergeLast(into: same, at: kept)
            } else {
                kept += 1
            }
        }
        guard kept > 0 else { return }
        var sum = 0.0
        for mode in modes { sum += mode.weight }
        state.mixture.modes.removeAll(keepingCapacity: true)
        for mode in modes {
            state.mixture.modes.append(MotionMixture.Mode(state: mode.state, weight: mode.weight / sum))
        }
    }

    /// Heaviest first; of equals, the first added. There are few.
    private mutating func sortByWeight() {
        for index in branches.indices.dropFirst() {
            let branch = branches[index]
            var place = index
            while place > 0, branches[place - 1].weight < branch.weight {
                branches[place] = branches[place - 1]
                place -= 1
            }
            branches[place] = branch
        }
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
                sightings.correct(branch.sighting, &mode.state, at: state.at, frame: frame)
            }
            sum += mode.weight
            modes.append(mode)
        }
        let scale = branch.weight / max(sum, 1e-300)
        for index in first..<modes.count { modes[index].weight *= scale }
    }

    /// The kept hypothesis that the last branch says nearly the same as; with no room for more, the nearest.
    private func twin(ofLastAmong kept: Int, settings: TrackingSettings) -> Int? {
        guard kept > 0 else { return nil }
        if settings.hypotheses == 1 { return 0 }
        let last = mean(of: kept)
        var nearest = (index: 0, distance: Double.infinity)
        for index in 0..<kept {
            let other = mean(of: index)
            let block = modes[index * widthAfter].state
            let positionStep = last.position - other.position
            let velocityStep = last.velocity - other.velocity
            let distance =
                positionStep.dot(positionStep) / block.positionBlock.trace
                + velocityStep.dot(velocityStep) / block.velocityBlock.trace
            if distance < nearest.distance { nearest = (index, distance) }
        }
        return nearest.distance < settings.mergingDistance || kept == settings.hypotheses ? nearest.index : nil
    }

    private func mean(of hypothesis: Int) -> (position: SIMD4<Double>, velocity: SIMD4<Double>) {
        var total = 0.0
        var position = SIMD4<Double>.zero
        var velocity = SIMD4<Double>.zero
        for index in (hypothesis * widthAfter)..<((hypothesis + 1) * widthAfter) {
            let mode = modes[index]
            total += mode.weight
            position += mode.state.position * mode.weight
            velocity += mode.state.velocity * mode.weight
        }
        return (position * (1 / total), velocity * (1 / total))
    }

    /// Moment matching, model by model; the last branch is taken off.
    private mutating func mergeLast(into hypothesis: Int, at last: Int) {
        for model in 0..<widthAfter {
            let target = hypothesis * widthAfter + model
            let source = modes[last * widthAfter + model]
            let total = modes[target].weight + source.weight
            guard total > 0 else { continue }
            modes[target].state.blend(with: source.state, weight: source.weight / total)
            modes[target].weight = total
        }
        modes.removeLast(widthAfter)
    }
}
