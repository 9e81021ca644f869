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

/// A Gaussian as it is kept: its vectors without their empty fourth lane, in 264 bytes instead of 352. With many tracks
/// it is the reading of them that takes the time.
struct PackedGaussian: Hashable, Sendable {
    private struct Vector: Hashable {
        var (x, y, z): (Double, Double, Double)

        @inline(__always)
        init(_ vector: SIMD4<Double>) { (x, y, z) = (vector.x, vector.y, vector.z) }

        var unpacked: SIMD4<Double> {
            @inline(__always) get { SIMD4(x, y, z, 0) }
        }
    }

    private struct Block: Hashable {
        var first: Vector
        var second: Vector
        var third: Vector

        @inline(__always)
        init(_ block: Matrix3) {
            (first, second, third) = (Vector(block.first), Vector(block.second), Vector(block.third))
        }

        var unpacked: Matrix3 {
            @inline(__always) get {
                Matrix3(first: first.unpacked, second: second.unpacked, third: third.unpacked)
            }
        }
    }

    private var position: Vector
    private var velocity: Vector
    private var positionBlock: Block
    private var crossBlock: Block
    private var velocityBlock: Block

    @inline(__always)
    init(_ state: Gaussian) {
        position = Vector(state.position)
        velocity = Vector(state.velocity)
        positionBlock = Block(state.positionBlock)
        crossBlock = Block(state.crossBlock)
        velocityBlock = Block(state.velocityBlock)
    }

    var unpacked: Gaussian {
        @inline(__always) get {
            Gaussian(
                position: position.unpacked, velocity: velocity.unpacked, positionBlock: positionBlock.unpacked,
                crossBlock: crossBlock.unpacked, velocityBlock: velocityBlock.unpacked)
        }
    }
}

extension Gaussian: Codable {
    /// 33 numbers in the order of the properties, columns in turn: every bit survives, and a checkpoint of
    /// thousands of tracks stays small.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(position)
        try container.encode(velocity)
        for block in [positionBlock, crossBlock, velocityBlock] { try container.encode(block) }
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        position = try container.vector()
        velocity = try container.vector()
        positionBlock = try container.matrix3()
        crossBlock = try container.matrix3()
        velocityBlock = try container.matrix3()
    }
}

extension UnkeyedEncodingContainer {
    /// Three numbers; the fourth lane is always zero.
    mutating func encode(_ vector: SIMD4<Double>) throws {
        for lane in 0..<3 { try encode(vector[lane]) }
    }

    mutating func encode(_ matrix: Matrix3) throws {
        for column in [matrix.first, matrix.second, matrix.third] { try encode(column) }
    }
}

extension UnkeyedDecodingContainer {
    mutating func vector() throws -> SIMD4<Double> {
        let x = try decode(Double.self)
        let y = try decode(Double.self)
        return SIMD4(x, y, try decode(Double.self), 0)
    }

    mutating func matrix3() throws -> Matrix3 {
        let first = try vector()
        let second = try vector()
        return Matrix3(first: first, second: second, third: try vector())
    }

    mutating func matrix6() throws -> Matrix6 {
        let positionPosition = try matrix3()
        let positionVelocity = try matrix3()
        let velocityPosition = try matrix3()
        return Matrix6(
            positionPosition: positionPosition, positionVelocity: positionVelocity,
            velocityPosition: velocityPosition, velocityVelocity: try matrix3())
    }
}
