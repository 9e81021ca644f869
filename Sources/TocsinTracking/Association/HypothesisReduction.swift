internal import RealModule

/// Keeps the likely hypotheses of a track and merges those that say nearly the same.
struct HypothesisReduction {
    let settings: TrackingSettings
    /// Modes per hypothesis.
    let width: Int

    /// Reduces hypotheses, one after the other, and makes the weights add up to 1. Few: quadratic.
    func reduce(_ modes: inout [MotionMixture.Mode]) {
        dropUnlikely(&modes)
        mergeAlike(&modes)
    }

    /// The same for hypotheses that are all likely, the heaviest first.
    func mergeAlike(_ modes: inout [MotionMixture.Mode]) {
        var first = 0
        while (first + 1) * width < modes.count {
            var one = overall(modes, first)
            var second = first + 1
            while second * width < modes.count {
                if distance(modes, first, one, second) < settings.mergingDistance {
                    merge(&modes, second, into: first)
                    one = overall(modes, first)
                } else {
                    second += 1
                }
            }
            first += 1
        }
        while modes.count / width > max(settings.hypotheses, 1) { mergeLast(&modes) }
        var sum = 0.0
        for mode in modes { sum += mode.weight }
        for index in modes.indices { modes[index].weight /= sum }
    }

    /// Heaviest first; of equals, the first; without the unlikely ones.
    private func dropUnlikely(_ modes: inout [MotionMixture.Mode]) {
        var total = 0.0
        for mode in modes { total += mode.weight }
        let count = modes.count / width
        for target in 0..<count {
            var heaviest = (index: target, weight: weight(modes, target))
            for index in (target + 1)..<max(count, target + 1) {
                let weight = weight(modes, index)
                if weight > heaviest.weight { heaviest = (index, weight) }
            }
            if target > 0, heaviest.weight < settings.leastBranchShare * total {
                modes.removeLast((count - target) * width)
                return
            }
            guard heaviest.index != target else { continue }
            for model in 0..<width { modes.swapAt(target * width + model, heaviest.index * width + model) }
        }
    }

    private func weight(_ modes: [MotionMixture.Mode], _ hypothesis: Int) -> Double {
        var sum = 0.0
        for index in (hypothesis * width)..<((hypothesis + 1) * width) { sum += modes[index].weight }
        return sum
    }

    /// The last, lightest hypothesis goes into the nearest other.
    private func mergeLast(_ modes: inout [MotionMixture.Mode]) {
        let last = modes.count / width - 1
        var nearest = (index: 0, distance: Double.infinity)
        for index in 0..<last {
            let distance = distance(modes, index, overall(modes, index), last)
            if distance < nearest.distance { nearest = (index, distance) }
        }
        // One that is like no other is the least likely one, and goes.
        if nearest.distance == .infinity { return modes.removeLast(width) }
        merge(&modes, last, into: nearest.index)
    }

    private func overall(_ modes: [MotionMixture.Mode], _ hypothesis: Int) -> Gaussian {
        MotionMixture.overall(modes.span.extracting((hypothesis * width)..<((hypothesis + 1) * width)))
    }

    /// How far the means lie apart: squared distance of the positions and of the velocities in the plane, each in
    /// the covariance `one` of the first hypothesis.
    private func distance(_ modes: [MotionMixture.Mode], _ first: Int, _ one: Gaussian, _ second: Int) -> Double {
        guard modes[first * width].altitude == modes[second * width].altitude else { return .infinity }
        if let limit = settings.mergingSizeRatio {
            guard isSameSize(one, overall(modes, second), within: limit) else { return .infinity }
        }
        let two = MotionMixture.mean(modes.span.extracting((second * width)..<((second + 1) * width)))
        let frame = LocalFrame(at: one.position)
        return one.positionBlock.squaredDistance(of: two.position - one.position, frame)
            + one.velocityBlock.squaredDistance(of: two.velocity - one.velocity, frame)
    }

    /// Whether neither is much wider than the other: one that knows little is kept apart from one that knows much.
    /// The meter and the 0.3 m/s keep rounding out of it.
    private func isSameSize(_ one: Gaussian, _ two: Gaussian, within limit: Double) -> Bool {
        let position = (one.positionBlock.trace + 1) / (two.positionBlock.trace + 1)
        let velocity = (one.velocityBlock.trace + 0.1) / (two.velocityBlock.trace + 0.1)
        return max(position, 1 / position, velocity, 1 / velocity) < limit
    }

    /// Moment matching, model by model; the hypothesis is taken out.
    private func merge(_ modes: inout [MotionMixture.Mode], _ source: Int, into target: Int) {
        for model in 0..<width {
            let index = target * width + model
            let other = modes[source * width + model]
            let total = modes[index].weight + other.weight
            guard total > 0 else { continue }
            modes[index].state.blend(with: other.state, weight: other.weight / total)
            modes[index].weight = total
        }
        // The order of weights does not matter any more: the last takes the place.
        let last = modes.count / width - 1
        if source != last {
            for model in 0..<width { modes.swapAt(source * width + model, last * width + model) }
        }
        modes.removeLast(width)
    }
}

extension Matrix3 {
    /// The squared Mahalanobis length of `step` in the horizontal plane.
    func squaredDistance(of step: SIMD4<Double>, _ frame: LocalFrame) -> Double {
        let northProduct = self * frame.north
        let eastVariance = along(frame.east)
        let northVariance = frame.north.dot(northProduct)
        let mixed = frame.east.dot(northProduct)
        let east = step.dot(frame.east)
        let north = step.dot(frame.north)
        let determinant = max(eastVariance * northVariance - mixed * mixed, 1e-12)
        return (east * east * northVariance - 2 * east * north * mixed + north * north * eastVariance) / determinant
    }
}
