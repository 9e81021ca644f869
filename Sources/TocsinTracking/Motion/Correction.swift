internal import RealModule

/// One measured number that depends linearly on the state: value = position . p + velocity . v + noise.
///
/// Measurements with independent errors are taken one number after the other, which equals the joint update
/// exactly and needs no matrix inverse (Bierman 1977). A curved measurement is a row at its linearization.
struct MeasuredRow {
    var position: SIMD4<Double>
    var velocity: SIMD4<Double>
    var value: Double
    var variance: Double
}

/// The rows of one measurement, at most six: a place with height and velocity.
struct MeasuredRows {
    private var rows = InlineArray<6, MeasuredRow>(
        repeating: MeasuredRow(position: .zero, velocity: .zero, value: 0, variance: 1))
    private(set) var count = 0

    mutating func append(_ row: MeasuredRow) {
        rows[count] = row
        count += 1
    }

    subscript(_ index: Int) -> MeasuredRow { rows[index] }

    /// The same rows, each changed by `change`.
    func map(_ change: (MeasuredRow) -> MeasuredRow) -> MeasuredRows {
        var result = self
        for index in 0..<count { result.rows[index] = change(rows[index]) }
        return result
    }

    func correct(_ state: inout Gaussian) -> Agreement {
        var agreement = Agreement()
        for index in 0..<count { state.correct(with: rows[index], &agreement) }
        return agreement
    }
}

/// How well a measurement agrees with a prediction.
struct Agreement: Hashable, Sendable {
    /// Squared Mahalanobis distance: chi-squared with as many degrees of freedom as rows.
    var squaredDistance = 0.0
    /// The product of 2 pi S over the rows, S being the variance of the innovation.
    var volume = 1.0

    /// The measurement cannot come from this state.
    static let impossible = Agreement(squaredDistance: .infinity, volume: 1)

    /// The density of the measurement, in the units of its rows.
    var likelihood: Double { Double.exp(-0.5 * min(squaredDistance, 1_400)) / volume.squareRoot() }

    /// Natural logarithm of the density of the measurement, in the units of its rows.
    var logLikelihood: Double { -0.5 * (squaredDistance + Double.log(volume)) }
}

extension Gaussian {
    /// The Kalman update with one row; adds how well it agreed to `agreement`.
    ///
    /// g = P h, S = h . g + R, x += g y / S, P -= g g^T / S.
    mutating func correct(with row: MeasuredRow, _ agreement: inout Agreement) {
        let positionGain = positionBlock * row.position + crossBlock * row.velocity
        let velocityGain = crossBlock.transposeTimes(row.position) + velocityBlock * row.velocity
        let innovation = row.value - row.position.dot(position) - row.velocity.dot(velocity)
        let variance = row.position.dot(positionGain) + row.velocity.dot(velocityGain) + row.variance
        let inverse = 1 / variance
        agreement.squaredDistance += innovation * innovation * inverse
        agreement.volume *= 2 * .pi * variance
        position += positionGain * (innovation * inverse)
        velocity += velocityGain * (innovation * inverse)
        positionBlock = positionBlock - Matrix3.outer(positionGain * inverse, positionGain)
        crossBlock = crossBlock - Matrix3.outer(positionGain * inverse, velocityGain)
        velocityBlock = velocityBlock - Matrix3.outer(velocityGain * inverse, velocityGain)
    }
}
