/// A Gaussian over position (m) and velocity (m/s) in the Earth-centred Earth-fixed frame.
///
/// The 6 x 6 covariance is kept as blocks: [[position, cross], [cross^T, velocity]].
struct Gaussian: Hashable, Sendable {
    var position: SIMD4<Double>
    var velocity: SIMD4<Double>
    var positionBlock: Matrix3
    /// Row: position; column: velocity.
    var crossBlock: Matrix3
    var velocityBlock: Matrix3

    init(
        position: SIMD4<Double>, velocity: SIMD4<Double>, positionBlock: Matrix3 = .zero,
        crossBlock: Matrix3 = .zero, velocityBlock: Matrix3 = .zero
    ) {
        self.position = position
        self.velocity = velocity
        self.positionBlock = positionBlock
        self.crossBlock = crossBlock
        self.velocityBlock = velocityBlock
    }

    /// Adds the covariance of one part of a mixture that has this mean: w (P + (x - mean) (x - mean)^T).
    @inline(__always)
    mutating func add(_ part: Gaussian, weight: Double) {
        let positionStep = part.position - position
        let velocityStep = part.velocity - velocity
        let weighted = positionStep * weight
        positionBlock = positionBlock + part.positionBlock * weight + Matrix3.outer(weighted, positionStep)
        crossBlock = crossBlock + part.crossBlock * weight + Matrix3.outer(weighted, velocityStep)
        velocityBlock =
            velocityBlock + part.velocityBlock * weight + Matrix3.outer(velocityStep * weight, velocityStep)
    }

    /// Moves this Gaussian towards `other` by moment matching: the result has the mean and covariance of
    /// the mixture (1 - `weight`) self + `weight` other.
    @inline(__always)
    mutating func blend(with other: Gaussian, weight: Double) {
        let own = 1 - weight
        let positionStep = other.position - position
        let velocityStep = other.velocity - velocity
        let spread = own * weight
        positionBlock =
            positionBlock * own + other.positionBlock * weight
            + Matrix3.outer(positionStep * spread, positionStep)
        crossBlock =
            crossBlock * own + other.crossBlock * weight + Matrix3.outer(positionStep * spread, velocityStep)
        velocityBlock =
            velocityBlock * own + other.velocityBlock * weight
            + Matrix3.outer(velocityStep * spread, velocityStep)
        position += positionStep * weight
        velocity += velocityStep * weight
    }
}

extension Gaussian: Codable {
    /// 33 numbers in the order of the properties, columns in turn: every bit survives, and a checkpoint of
    /// thousands of tracks stays small.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for vector in vectors {
            for lane in 0..<3 { try container.encode(vector[lane]) }
        }
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        func vector() throws -> SIMD4<Double> {
            let x = try container.decode(Double.self)
            let y = try container.decode(Double.self)
            return [x, y, try container.decode(Double.self), 0]
        }
        func matrix() throws -> Matrix3 {
            let first = try vector()
            let second = try vector()
            return Matrix3(first: first, second: second, third: try vector())
        }
        position = try vector()
        velocity = try vector()
        positionBlock = try matrix()
        crossBlock = try matrix()
        velocityBlock = try matrix()
    }

    private var vectors: [SIMD4<Double>] {
        [
            position, velocity, positionBlock.first, positionBlock.second, positionBlock.third, crossBlock.first,
            crossBlock.second, crossBlock.third, velocityBlock.first, velocityBlock.second, velocityBlock.third,
        ]
    }
}
