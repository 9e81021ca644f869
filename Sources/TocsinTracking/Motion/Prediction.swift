internal import RealModule

/// The step of one motion model over a time: x' = F x + w, F = [[I, drift], [0, turn]].
///
/// A coordinated turn at rate w about the local up u turns the velocity by the angle wt (Rodrigues):
/// turn = cos I + sin K + (1 - cos) u u^T with K v = u x v, and drift is its integral from 0 to t
/// (Bar-Shalom, Li, Kirubarajan 2001, section 11.7, written for any axis).
struct Prediction {
    private let seconds: Double
    private let isStraight: Bool
    private let drift: Matrix3
    private let turn: Matrix3
    /// Spectral density of the acceleration: horizontal (I - u u^T) and vertical u u^T.
    private let noise: Matrix3
    private let up: SIMD4<Double>

    /// Local earth radius used for the centripetal term, meters (mean radius).
    private static let earthRadius = 6_371_008.8

    init(model: MotionModel, seconds: Double, up: SIMD4<Double>) {
        self.seconds = seconds
        self.up = up
        let vertical = Matrix3.outer(up, up)
        noise = Matrix3.diagonal(model.horizontalNoise) + vertical * (model.verticalNoise - model.horizontalNoise)
        isStraight = model.turnRate == 0
        guard !isStraight else {
            drift = .identity
            turn = .identity
            return
        }
        let rate = model.turnRate
        let sine = Double.sin(rate * seconds)
        let cosine = Double.cos(rate * seconds)
        let cross = Matrix3.cross(up)
        turn = Matrix3.diagonal(cosine) + cross * sine + vertical * (1 - cosine)
        drift =
            Matrix3.diagonal(sine / rate) + cross * ((1 - cosine) / rate)
            + vertical * (seconds - sine / rate)
    }

    /// Moves `state` on. Level flight follows the earth: it is accelerated downwards by speed^2 / radius.
    func apply(to state: inout Gaussian) {
        if isStraight { applyStraight(to: &state) } else { applyTurn(to: &state) }
        let upward = state.velocity.dot(up)
        let fall = (state.velocity.dot(state.velocity) - upward * upward) / Self.earthRadius
        state.position -= up * (fall * seconds * seconds / 2)
        state.velocity -= up * (fall * seconds)
        // Continuous white acceleration: q [[t^3/3, t^2/2], [t^2/2, t]].
        let duration = abs(seconds)
        state.positionBlock = state.positionBlock + noise * (duration * duration * duration / 3)
        state.crossBlock = state.crossBlock + noise * (seconds * duration / 2)
        state.velocityBlock = state.velocityBlock + noise * duration
    }

    private func applyStraight(to state: inout Gaussian) {
        state.position += state.velocity * seconds
        let cross = state.crossBlock
        state.positionBlock =
            state.positionBlock + (cross + cross.transposed) * seconds
            + state.velocityBlock * (seconds * seconds)
        state.crossBlock = cross + state.velocityBlock * seconds
    }

    private func applyTurn(to state: inout Gaussian) {
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
