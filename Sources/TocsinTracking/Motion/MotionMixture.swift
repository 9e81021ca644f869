internal import RealModule

/// The state of one object under several motion models at once (interacting multiple models, Blom and
/// Bar-Shalom 1988), one Gaussian per model.
///
/// The models change as a Markov chain that forgets at a constant rate k: after t seconds the model is the
/// same with probability e = exp(-k t), otherwise drawn anew from the long-run shares. So the chain is exact
/// for any time step, and mixing needs only the overall mean: the mixed state of model j is its own with
/// weight e w_j and the overall one with weight (1 - e) share_j.
struct MotionMixture: Hashable, Sendable, Codable {
    struct Mode: Hashable, Sendable, Codable {
        var state: Gaussian
        var weight: Double
    }

    private(set) var modes: [Mode]

    /// Every model starts from the same state, weighted by its share.
    init(_ state: Gaussian, models: [MotionModel]) {
        modes = models.map { Mode(state: state, weight: $0.share) }
    }

    init(modes: [Mode]) { self.modes = modes }

    /// The mean and covariance of the whole mixture.
    var overall: Gaussian {
        var total = modes[0].weight
        var result = modes[0].state
        for mode in modes.dropFirst() {
            total += mode.weight
            if mode.weight > 0 { result.blend(with: mode.state, weight: mode.weight / total) }
        }
        return result
    }

    /// The mean alone.
    var mean: (position: SIMD4<Double>, velocity: SIMD4<Double>) {
        var position = SIMD4<Double>.zero
        var velocity = SIMD4<Double>.zero
        for mode in modes {
            position += mode.state.position * mode.weight
            velocity += mode.state.velocity * mode.weight
        }
        return (position, velocity)
    }

    /// Mixes the models and moves each on by `seconds`.
    mutating func predict(by seconds: Double, with models: [MotionModel], forgettingRate: Double) {
        let same = Double.exp(-forgettingRate * abs(seconds))
        let overall = overall
        let up = LocalFrame.up(at: overall.position)
        for index in modes.indices {
            let model = models[index]
            let renewed = (1 - same) * model.share
            let weight = same * modes[index].weight + renewed
            modes[index].state.blend(with: overall, weight: renewed / weight)
            modes[index].weight = weight
            Prediction(model: model, seconds: seconds, up: up).apply(to: &modes[index].state)
        }
    }

    /// How well a sighting agrees with a mixture: the log of the mean likelihood, the least squared distance.
    struct Fit: Hashable {
        var logLikelihood: Double
        var squaredDistance: Double
    }

    /// Corrects every model's state by `sighting` and weighs the models by how well they foretold it.
    @discardableResult
    mutating func correct(with sighting: Sighting, lag: Double) -> Fit {
        var logarithms = SIMD8<Double>(repeating: -.infinity)
        var least = Double.infinity
        for index in modes.indices {
            let agreement = sighting.correct(&modes[index].state, lag: lag)
            logarithms[index] = agreement.logLikelihood
            least = min(least, agreement.squaredDistance)
        }
        let greatest = logarithms.max()
        guard greatest > -.infinity else { return Fit(logLikelihood: -.infinity, squaredDistance: least) }
        var sum = 0.0
        for index in modes.indices {
            // No model is ever ruled out for good.
            modes[index].weight *= max(1e-12, Double.exp(logarithms[index] - greatest))
            sum += modes[index].weight
        }
        for index in modes.indices { modes[index].weight /= sum }
        return Fit(logLikelihood: greatest + Double.log(sum), squaredDistance: least)
    }

    /// How well `sighting` agrees, without taking it.
    func fit(of sighting: Sighting, lag: Double) -> Fit {
        var logarithms = SIMD8<Double>(repeating: -.infinity)
        var least = Double.infinity
        for index in modes.indices {
            var state = modes[index].state
            let agreement = sighting.correct(&state, lag: lag)
            logarithms[index] = agreement.logLikelihood
            least = min(least, agreement.squaredDistance)
        }
        let greatest = logarithms.max()
        guard greatest > -.infinity else { return Fit(logLikelihood: -.infinity, squaredDistance: least) }
        var sum = 0.0
        for index in modes.indices { sum += modes[index].weight * Double.exp(logarithms[index] - greatest) }
        return Fit(logLikelihood: greatest + Double.log(sum), squaredDistance: least)
    }

    /// The moment-matched union, model by model, of several possible pasts with weights that add up to 1.
    static func union(_ parts: [(mixture: MotionMixture, weight: Double)]) -> MotionMixture {
        var result = parts[0].mixture
        for index in result.modes.indices { result.modes[index].weight *= parts[0].weight }
        for part in parts.dropFirst() {
            for index in result.modes.indices {
                let added = part.mixture.modes[index].weight * part.weight
                let total = result.modes[index].weight + added
                guard total > 0 else { continue }
                result.modes[index].state.blend(with: part.mixture.modes[index].state, weight: added / total)
                result.modes[index].weight = total
            }
        }
        return result
    }
}
