internal import RealModule

/// The steps of all motion models over one time, worked out once and taken by many tracks.
///
/// The models change as a Markov chain that forgets at a constant rate k: after t seconds the model is the
/// same with probability exp(-k t), otherwise drawn anew from the long-run shares.
struct MotionSteps {
    private var steps = InlineArray<8, Prediction>(repeating: .none)
    /// The number of models.
    let count: Int
    let seconds: Double
    /// The probability that an object's model is still the same.
    let same: Double

    init(_ models: [MotionModel], seconds: Double, forgettingRate: Double) {
        count = models.count
        self.seconds = seconds
        same = Double.exp(-forgettingRate * abs(seconds))
        for index in models.indices { steps[index] = Prediction(model: models[index], seconds: seconds) }
    }

    subscript(_ model: Int) -> Prediction {
        @inline(__always) get { steps[model] }
    }
}

/// The step of one motion model over a time: x' = F x + w, F = [[I, drift], [0, turn]].
///
/// A coordinated turn at rate w about the local up u turns the velocity by the angle wt (Rodrigues):
/// turn = cos I + sin K + (1 - cos) u u^T with K v = u x v, and drift is its integral from 0 to t
/// (Bar-Shalom, Li, Kirubarajan 2001, section 11.7, written for any axis).
struct Prediction {
    let share: Double
    private let model: MotionModel
    private let seconds: Double
    private let cosine: Double
    private let sine: Double

    /// Local earth radius used for the centripetal term, meters (mean radius).
    private static let earthRadius = 6_371_008.8

    static let none = Prediction(
        model: MotionModel(turnRate: 0, lateralNoise: 0, longitudinalNoise: 0, verticalNoise: 0, share: 0),
        seconds: 0)

    init(model: MotionModel, seconds: Double) {
        self.model = model
        self.seconds = seconds
        share = model.share
        cosine = model.turnRate == 0 ? 1 : Double.cos(model.turnRate * seconds)
        sine = model.turnRate == 0 ? 0 : Double.sin(model.turnRate * seconds)
    }

    /// Moves `state` on. Level flight follows the earth: it is accelerated downwards by speed^2 / radius.
    @inline(__always)
    func apply(to state: inout Gaussian, up: SIMD4<Double>) {
        let vertical = Matrix3.outer(up, up)
        if model.turnRate == 0 {
            applyStraight(to: &state)
        } else {
            applyTurn(to: &state, up: up, vertical: vertical)
        }
        let upward = state.velocity.dot(up)
        let level = state.velocity - up * upward
        let speedSquared = level.dot(level)
        let fall = speedSquared / Self.earthRadius
        state.position -= up * (fall * seconds * seconds / 2)
        state.velocity -= up * (fall * seconds)
        addNoise(to: &state, level: level, speedSquared: speedSquared, vertical: vertical, up: up)
    }

    /// Continuous white acceleration: q [[t^3/3, t^2/2], [t^2/2, t]]. It is smaller along the velocity, as far
    /// as the direction of the velocity is known.
    @inline(__always)
    private func addNoise(
        to state: inout Gaussian, level: SIMD4<Double>, speedSquared: Double, vertical: Matrix3, up: SIMD4<Double>
    ) {
        let block = state.velocityBlock
        let doubt = block.first.x + block.second.y + block.third.z - block.along(up)
        let along = (model.longitudinalNoise - model.lateralNoise) / (speedSquared + doubt + 1e-9)
        let across = model.lateralNoise + along * doubt / 2
        let noise =
            Matrix3.diagonal(across) + vertical * (model.verticalNoise - across)
            + Matrix3.outer(level * along, level)
        let duration = abs(seconds)
        state.positionBlock = state.positionBlock + noise * (duration * duration * duration / 3)
        state.crossBlock = state.crossBlock + noise * (seconds * duration / 2)
        state.velocityBlock = block + noise * duration
    }

    /// P F^T: the covariance of the state with the state after the step. Before ``apply(to:up:)``.
    func cross(of state: Gaussian, up: SIMD4<Double>) -> Matrix6 {
        let (drift, turn) = matrices(up: up, vertical: Matrix3.outer(up, up))
        let (driftTransposed, turnTransposed) = (drift.transposed, turn.transposed)
        return Matrix6(
            positionPosition: state.positionBlock + state.crossBlock * driftTransposed,
            positionVelocity: state.crossBlock * turnTransposed,
            velocityPosition: state.crossBlock.transposed + state.velocityBlock * driftTransposed,
            velocityVelocity: state.velocityBlock * turnTransposed)
    }

    @inline(__always)
    private func matrices(up: SIMD4<Double>, vertical: Matrix3) -> (drift: Matrix3, turn: Matrix3) {
        guard model.turnRate != 0 else { return (.diagonal(seconds), .identity) }
        let inverse = 1 / model.turnRate
        let axis = Matrix3.cross(up)
        return (
            Matrix3.diagonal(sine * inverse) + axis * ((1 - cosine) * inverse) + vertical * (seconds - sine * inverse),
            Matrix3.diagonal(cosine) + axis * sine + vertical * (1 - cosine)
        )
    }

    @inline(__always)
    private func applyStraight(to state: inout Gaussian) {
        state.position += state.velocity * seconds
        let cross = state.crossBlock
        state.positionBlock =
            state.positionBlock + (cross + cross.transposed) * seconds
            + state.velocityBlock * (seconds * seconds)
        state.crossBlock = cross + state.velocityBlock * seconds
    }

    @inline(__always)
    private func applyTurn(to state: inout Gaussian, up: SIMD4<Double>, vertical: Matrix3) {
        let (drift, turn) = matrices(up: up, vertical: vertical)
        state.position += drift * state.velocity
        state.velocity = turn * state.velocity
        let driftTransposed = drift.transposed
        let turnTransposed = turn.transposed
        let moved = state.crossBlock + drift * state.velocityBlock
        let crossDrift = drift * state.crossBlock.transposed
        state.positionBlock = state.positionBlock + crossDrift + moved * driftTransposed
        state.crossBlock = moved * turnTransposed
        state.velocityBlock = turn * state.velocityBlock * turnTransposed
    }
}
