internal import RealModule

/// The state of one object: a Gaussian for every motion model (interacting multiple models, Blom and Bar-Shalom
/// 1988) under every hypothesis of which sightings were its own.
///
/// Mixing needs only the overall mean of a hypothesis, because the chain of models forgets at a constant rate
/// (``MotionSteps``): the mixed state of model j is its own with weight e w_j and the overall one with weight
/// (1 - e) share_j.
struct MotionMixture: Hashable, Sendable, Codable {
    struct Mode: Hashable, Sendable {
        private var packed: PackedGaussian
        /// Over all hypotheses and models the weights add up to 1.
        var weight: Double
        /// What the state says about the height; the same for all modes of a hypothesis.
        var altitude: AltitudeAssumption

        @inline(__always)
        init(state: Gaussian, weight: Double, altitude: AltitudeAssumption = .free) {
            packed = PackedGaussian(state)
            self.weight = weight
            self.altitude = altitude
        }

        var state: Gaussian {
            @inline(__always) get { packed.unpacked }
            @inline(__always) set { packed = PackedGaussian(newValue) }
        }
    }

    /// Hypothesis after hypothesis, model after model. A single mode is an object seen once: before its velocity
    /// is known its models cannot be told apart.
    var modes: [Mode]

    init(modes: [Mode]) { self.modes = modes }

    /// An object seen for the first time.
    init(_ state: Gaussian) { modes = [Mode(state: state, weight: 1)] }

    /// The mean and covariance of the whole mixture.
    var overall: Gaussian { Self.overall(modes.span) }

    /// The mean and covariance of some modes, whatever their weights add up to.
    static func overall(_ modes: ArraySlice<Mode>) -> Gaussian { overall(modes.span) }

    /// The mean and covariance of some modes, whatever their weights add up to.
    @inline(__always)
    static func overall(_ modes: Span<Mode>) -> Gaussian {
        if modes.count == 1 { return modes[0].state }
        let (position, velocity, total) = sum(modes)
        let inverse = 1 / total
        var result = Gaussian(position: position * inverse, velocity: velocity * inverse)
        for index in modes.indices { result.add(modes[index].state, weight: modes[index].weight * inverse) }
        return result
    }

    /// The mean alone.
    var mean: (position: SIMD4<Double>, velocity: SIMD4<Double>) { Self.mean(modes.span) }

    /// The mean of some modes, whatever their weights add up to.
    @inline(__always)
    static func mean(_ modes: Span<Mode>) -> (position: SIMD4<Double>, velocity: SIMD4<Double>) {
        let (position, velocity, total) = sum(modes)
        return (position * (1 / total), velocity * (1 / total))
    }

    /// The weighted sums of the means, and that of the weights.
    @inline(__always)
    private static func sum(
        _ modes: Span<Mode>
    ) -> (position: SIMD4<Double>, velocity: SIMD4<Double>, weight: Double) {
        var total = 0.0
        var position = SIMD4<Double>.zero
        var velocity = SIMD4<Double>.zero
        for index in modes.indices {
            let (state, weight) = (modes[index].state, modes[index].weight)
            total += weight
            position += state.position * weight
            velocity += state.velocity * weight
        }
        return (position, velocity, total)
    }

    /// A circle in the plane outside of which no place with `variance` per axis is within the squared distance
    /// `gate` of any of some modes.
    static func reach(
        of modes: Span<Mode>, gate: Double, variance: Double
    ) -> (center: SIMD4<Double>, radius: Double) {
        let center = modes.count == 1 ? modes[0].state.position : mean(modes).position
        let up = LocalFrame.up(at: center)
        var radius = 0.0
        for index in modes.indices {
            let step = modes[index].state.position - center
            let block = modes[index].state.positionBlock
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
        var span = modes.mutableSpan
        Self.predict(&span, span.indices, steps)
    }

    /// The same for the mixture that a part of `modes` is.
    static func predict(_ modes: inout MutableSpan<Mode>, _ part: Range<Int>, _ steps: borrowing MotionSteps) {
        mix(&modes, part, steps)
        move(&modes, part, steps)
    }

    /// The same, and the covariance of the state before with the state after.
    mutating func predictWithCross(_ steps: borrowing MotionSteps) -> Matrix6 {
        do {
            var span = modes.mutableSpan
            Self.mix(&span, span.indices, steps)
        }
        let before = self
        do {
            var span = modes.mutableSpan
            Self.move(&span, span.indices, steps)
        }
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
    private static func mix(_ modes: inout MutableSpan<Mode>, _ part: Range<Int>, _ steps: borrowing MotionSteps) {
        guard part.count > 1 else { return }
        var first = part.lowerBound
        while first < part.upperBound {
            let hypothesis = first..<(first + steps.count)
            let overall = overall(modes.span.extracting(hypothesis))
            var total = 0.0
            for index in hypothesis { total += modes[index].weight }
            for index in hypothesis {
                let renewed = (1 - steps.same) * steps[index - first].share * total
                let weight = steps.same * modes[index].weight + renewed
                modes[index].state.blend(with: overall, weight: renewed / weight)
                modes[index].weight = weight
            }
            first += steps.count
        }
    }

    private static func move(_ modes: inout MutableSpan<Mode>, _ part: Range<Int>, _ steps: borrowing MotionSteps) {
        let up = LocalFrame.up(at: modes[part.lowerBound].state.position)
        let width = min(steps.count, part.count)
        var model = 0
        for index in part {
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

extension MotionMixture.Mode: Codable {
    private enum CodingKeys: String, CodingKey { case state, weight, altitude }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            state: try container.decode(Gaussian.self, forKey: .state),
            weight: try container.decode(Double.self, forKey: .weight),
            altitude: try container.decode(AltitudeAssumption.self, forKey: .altitude))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try container.encode(weight, forKey: .weight)
        try container.encode(altitude, forKey: .altitude)
    }
}
