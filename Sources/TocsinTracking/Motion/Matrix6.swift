/// A 6 x 6 matrix over position and velocity, as blocks. Not for the hot path.
struct Matrix6: Hashable, Sendable {
    var positionPosition: Matrix3
    /// Row: position; column: velocity.
    var positionVelocity: Matrix3
    var velocityPosition: Matrix3
    var velocityVelocity: Matrix3

    init(
        positionPosition: Matrix3, positionVelocity: Matrix3, velocityPosition: Matrix3, velocityVelocity: Matrix3
    ) {
        self.positionPosition = positionPosition
        self.positionVelocity = positionVelocity
        self.velocityPosition = velocityPosition
        self.velocityVelocity = velocityVelocity
    }

    static let zero = Matrix6(
        positionPosition: .zero, positionVelocity: .zero, velocityPosition: .zero, velocityVelocity: .zero)

    /// The covariance of a Gaussian.
    init(covarianceOf state: Gaussian) {
        self.init(
            positionPosition: state.positionBlock, positionVelocity: state.crossBlock,
            velocityPosition: state.crossBlock.transposed, velocityVelocity: state.velocityBlock)
    }

    var transposed: Matrix6 {
        Matrix6(
            positionPosition: positionPosition.transposed, positionVelocity: velocityPosition.transposed,
            velocityPosition: positionVelocity.transposed, velocityVelocity: velocityVelocity.transposed)
    }

    static func + (left: Matrix6, right: Matrix6) -> Matrix6 {
        Matrix6(
            positionPosition: left.positionPosition + right.positionPosition,
            positionVelocity: left.positionVelocity + right.positionVelocity,
            velocityPosition: left.velocityPosition + right.velocityPosition,
            velocityVelocity: left.velocityVelocity + right.velocityVelocity)
    }

    static func - (left: Matrix6, right: Matrix6) -> Matrix6 { left + right * -1 }

    static func * (left: Matrix6, factor: Double) -> Matrix6 {
        Matrix6(
            positionPosition: left.positionPosition * factor, positionVelocity: left.positionVelocity * factor,
            velocityPosition: left.velocityPosition * factor, velocityVelocity: left.velocityVelocity * factor)
    }

    static func * (left: Matrix6, right: Matrix6) -> Matrix6 {
        Matrix6(
            positionPosition: left.positionPosition * right.positionPosition
                + left.positionVelocity * right.velocityPosition,
            positionVelocity: left.positionPosition * right.positionVelocity
                + left.positionVelocity * right.velocityVelocity,
            velocityPosition: left.velocityPosition * right.positionPosition
                + left.velocityVelocity * right.velocityPosition,
            velocityVelocity: left.velocityPosition * right.positionVelocity
                + left.velocityVelocity * right.velocityVelocity)
    }

    static func * (left: Matrix6, right: Vector6) -> Vector6 {
        Vector6(
            position: left.positionPosition * right.position + left.positionVelocity * right.velocity,
            velocity: left.velocityPosition * right.position + left.velocityVelocity * right.velocity)
    }

    /// The inverse of a symmetric positive definite matrix, by the Schur complement of the velocity block.
    var inverseOfSymmetric: Matrix6 {
        let inner = velocityVelocity.inverse
        let coupling = positionVelocity * inner
        let outer = (positionPosition - coupling * velocityPosition).inverse
        let corner = outer * coupling * -1
        return Matrix6(
            positionPosition: outer, positionVelocity: corner, velocityPosition: corner.transposed,
            velocityVelocity: inner + coupling.transposed * (outer * coupling))
    }
}

/// Position and velocity, or their gradients.
struct Vector6: Hashable, Sendable {
    var position: SIMD4<Double>
    var velocity: SIMD4<Double>

    func dot(_ other: Vector6) -> Double { position.dot(other.position) + velocity.dot(other.velocity) }
    static func + (left: Vector6, right: Vector6) -> Vector6 {
        Vector6(position: left.position + right.position, velocity: left.velocity + right.velocity)
    }
    static func - (left: Vector6, right: Vector6) -> Vector6 {
        Vector6(position: left.position - right.position, velocity: left.velocity - right.velocity)
    }
    static func * (left: Vector6, factor: Double) -> Vector6 {
        Vector6(position: left.position * factor, velocity: left.velocity * factor)
    }

    /// `left` times the transpose of `right`.
    static func outer(_ left: Vector6, _ right: Vector6) -> Matrix6 {
        Matrix6(
            positionPosition: Matrix3.outer(left.position, right.position),
            positionVelocity: Matrix3.outer(left.position, right.velocity),
            velocityPosition: Matrix3.outer(left.velocity, right.position),
            velocityVelocity: Matrix3.outer(left.velocity, right.velocity))
    }
}

extension Gaussian {
    var mean: Vector6 {
        get { Vector6(position: position, velocity: velocity) }
        set { (position, velocity) = (newValue.position, newValue.velocity) }
    }

    /// Replaces mean and covariance; the covariance is taken as symmetric.
    init(mean: Vector6, covariance: Matrix6) {
        self.init(
            position: mean.position, velocity: mean.velocity, positionBlock: covariance.positionPosition,
            crossBlock: covariance.positionVelocity, velocityBlock: covariance.velocityVelocity)
    }
}

extension Matrix3 {
    /// By cofactors.
    var inverse: Matrix3 {
        let one = second.cross(third)
        let two = third.cross(first)
        let three = first.cross(second)
        let scale = 1 / first.dot(one)
        return Matrix3(first: one * scale, second: two * scale, third: three * scale).transposed
    }
}

extension SIMD4<Double> {
    func cross(_ other: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4(
            y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x, 0)
    }
}
