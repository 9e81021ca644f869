internal import RealModule

/// The state of one object: a Gaussian for every motion model (interacting multiple models, Blom and Bar-Shalom
/// 1988) under every hypothesis of which sightings were its own.
///
/// Mixing needs only the overall mean of a hypothesis, because the chain of models forgets at a constant rate
/// (``MotionSteps``): the mixed state of model j is its own with weight e w_j and the overall one with weight
/// (1 - e) share_j.
struct MotionMixture: Hashable, Sendable, Codable {
    struct Mode: Hashable, Sendable, Codable {
        var state: Gaussian
        /// Over all hypotheses and models the weights add up to 1.
        var weight: Double
        /// What the state says about the height; the same for all modes of a hypothesis.
        var altitude = AltitudeAssumption.free
    }

    /// Hypothesis after hypothesis, model after model. A single mode is an object seen once: before its velocity
    /// is known its models cannot be told apart.
    var modes: [Mode]

    init(modes: [Mode]) { self.modes = modes }

    /// An object seen for the first time.
    init(_ state: Gaussian) { modes = [Mode(state: state, weight: 1)] }

    /// The mean and covariance of the whole mixture.
    var overall: Gaussian { Self.overall(modes[...]) }

    /// The mean and covariance of some modes, whatever their weights add up to.
    @inline(__always)
    static func overall(_ modes: ArraySlice<Mode>) -> Gaussian {
        if modes.count == 1, let mode = modes.first { return mode.state }
        var total = 0.0
        var position = SIMD4<Double>.zero
        var velocity = SIMD4<Double>.zero
        for mode in modes {
            total += mode.weight
            position += mode.state.position * mode.weight
            velocity += mode.state.velocity * mode.weight
        }
        let inverse = 1 / total
        var result = Gaussian(position: position * inverse, velocity: velocity * inverse)
        for mode in modes { result.add(mode.state, weight: mode.weight * inverse) }
        return result
    }

    /// The mean alone.
    var mean: (position: SIMD4<Double>, velocity: SIMD4<Double>) { Self.mean(modes[...]) }

    /// The mean of some modes, whatever their weights add up to.
    @inline(__always)
    static func mean(_ modes: ArraySlice<Mode>) -> (position: SIMD4<Double>, velocity: SIMD4<Double>) {
        var total = 0.0
        var position = SIMD4<Double>.zero
        var velocity = SIMD4<Double>.zero
        for mode in modes {
            total += mode.weight
            position += mode.state.position * mode.weight
            velocity += mode.state.velocity * mode.weight
        }
        return (position * (1 / total), velocity * (1 / total))
    }

    /// A circle in the plane outside of which no place with `variance` per axis is within the squared distance
    /// `gate` of any mode.
    func reach(gate: Double, variance: Double) -> (center: SIMD4<Double>, radius: Double) {
        let center = modes.count == 1 ? modes[0].state.position : mean.position
        let up = LocalFrame.up(at: center)
        var radius = 0.0
        for mode in modes {
            let step = mode.state.position - center
            let block = mode.state.positionBlock
            // The trace is above the greatest variance in the plane.
            let spread = (gate * (block.trace - block.along(up) + variance)).squareRoot()
            radius = max(radius, step.length + spread)
        }
        return (center, radius)
    }

    /// Lets the models go apart, if they are still one.
    mutating func expand(_ models: [MotionModel]) {
        guard modes.count == 1, models.count > 1 else { return }
        let mode = modes[0]
        modes.removeAll(keepingCapacity: true)
        for model in models { modes.append(Mode(state: mode.state, weight: mode.weight * model.share)) }
    }

    /// Mixes the models of every hypothesis and moves each on.
    mutating func predict(_ steps: borrowing MotionSteps) {
        mix(steps)
        move(steps)
    }

    /// The same, and the covariance of the state before with the state after.
    mutating func predictWithCross(_ steps: borrowing MotionSteps) -> Matrix6 {
        mix(steps)
        let before = self
        move(steps)
        let (old, new) = (before.mean, mean)
        let width = min(steps.count, modes.count)
        var cross = Matrix6.zero
        for index in modes.indices {
            let state = before.modes[index].state
            let up = LocalFrame.up(at: state.position)
            let oldStep = state.mean - Vector6(position: old.position, velocity: old.velocity)
            let newStep = modes[index].state.mean - Vector6(position: new.position, velocity: new.velocity)
            let part = steps[index % width].cross(of: state, up: up) + Vector6.outer(oldStep, newStep)
            cross = cross + part * modes[index].weight
        }
        return cross
    }

    /// Lets every hypothesis forget a part of its models.
    private mutating func mix(_ steps: borrowing MotionSteps) {
        guard modes.count > 1 else { return }
        var first = 0
        while first < modes.count {
            let range = first..<(first + steps.count)
            let overall = Self.overall(modes[range])
            var total = 0.0
            for index in range { total += modes[index].weight }
            for index in range {
                let renewed = (1 - steps.same) * steps[index - first].share * total
                let weight = steps.same * modes[index].weight + renewed
                modes[index].state.blend(with: overall, weight: renewed / weight)
                modes[index].weight = weight
            }
            first += steps.count
        }
    }

    private mutating func move(_ steps: borrowing MotionSteps) {
        let up = LocalFrame.up(at: modes[0].state.position)
        let width = min(steps.count, modes.count)
        var model = 0
        for index in modes.indices {
            steps[model].apply(to: &modes[index].state, up: up)
            model = model + 1 == width ? 0 : model + 1
        }
    }

    /// How well a sighting agrees with a mixture: the log of the mean likelihood, the least squared distance.
    struct Fit: Hashable {
        var logLikelihood: Double
        var squaredDistance: Double
    }

    /// Corrects every mode by `sighting` and weighs the modes by how well they foretold it.
    @discardableResult
    mutating func correct(with sighting: Sighting, lag: Double) -> Fit {
        var greatest = -Double.infinity
        var least = Double.infinity
        for index in modes.indices {
            let agreement = sighting.correct(&modes[index].state, lag: lag)
            modes[index].weight = Double.log(modes[index].weight) + agreement.logLikelihood
            greatest = max(greatest, modes[index].weight)
            least = min(least, agreement.squaredDistance)
        }
        var sum = 0.0
        for index in modes.indices {
            // No mode is ever ruled out for good, and an impossible sighting says nothing about the modes.
            let share = greatest > -.infinity ? Double.exp(modes[index].weight - greatest) : 1
            modes[index].weight = max(share, 1e-12)
            sum += modes[index].weight
        }
        for index in modes.indices { modes[index].weight /= sum }
        return Fit(logLikelihood: greatest > -.infinity ? greatest + Double.log(sum) : greatest, squaredDistance: least)
    }

    /// How well `sighting` agrees, without taking it.
    func fit(of sighting: Sighting, lag: Double) -> Fit {
        var greatest = -Double.infinity
        var least = Double.infinity
        var sum = 0.0
        for mode in modes {
            var state = mode.state
            let agreement = sighting.correct(&state, lag: lag)
            least = min(least, agreement.squaredDistance)
            let logarithm = agreement.logLikelihood
            guard logarithm > -.infinity else { continue }
            if logarithm > greatest {
                sum = sum * Double.exp(greatest - logarithm) + mode.weight
                greatest = logarithm
            } else {
                sum += mode.weight * Double.exp(logarithm - greatest)
            }
        }
        guard sum > 0 else { return Fit(logLikelihood: -.infinity, squaredDistance: least) }
        return Fit(logLikelihood: greatest + Double.log(sum), squaredDistance: least)
    }

    /// The probability that the object is in a disc.
    func mass(in disc: SensingDisc, lag: Double) -> Double {
        modes.reduce(0) { $0 + $1.weight * disc.mass(of: $1.state, lag: lag) }
    }

    /// Changes every mode by `body`, which returns how likely it made what was sensed.
    mutating func weigh(_ body: (inout Gaussian) -> Double) {
        var sum = 0.0
        for index in modes.indices {
            modes[index].weight *= max(body(&modes[index].state), 1e-12)
            sum += modes[index].weight
        }
        for index in modes.indices { modes[index].weight /= sum }
    }

    /// Moves every mode towards that of `other`, which has the same models and hypotheses, by moment matching.
    mutating func blend(with other: MotionMixture, weight: Double) {
        for index in modes.indices {
            let total = modes[index].weight * (1 - weight) + other.modes[index].weight * weight
            modes[index].state.blend(
                with: other.modes[index].state, weight: other.modes[index].weight * weight / total)
            modes[index].weight = total
        }
    }
}
