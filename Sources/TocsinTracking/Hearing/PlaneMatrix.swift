internal import RealModule

// Kernel types of hearing: bare numbers in SI units. A state in the plane is east, north (m) and the velocity
// east, north (m/s), in this order.

/// A symmetric 4 x 4 matrix over a state in the plane, as columns.
struct PlaneMatrix: Hashable, Sendable, Codable {
    var first: SIMD4<Double>
    var second: SIMD4<Double>
    var third: SIMD4<Double>
    var fourth: SIMD4<Double>

    static let zero = PlaneMatrix(first: .zero, second: .zero, third: .zero, fourth: .zero)

    static func diagonal(_ values: SIMD4<Double>) -> PlaneMatrix {
        PlaneMatrix(
            first: SIMD4(values.x, 0, 0, 0), second: SIMD4(0, values.y, 0, 0), third: SIMD4(0, 0, values.z, 0),
            fourth: SIMD4(0, 0, 0, values.w))
    }

    @inline(__always)
    static func * (left: PlaneMatrix, right: SIMD4<Double>) -> SIMD4<Double> {
        left.first * right.x + left.second * right.y + (left.third * right.z + left.fourth * right.w)
    }

    @inline(__always)
    static func * (left: PlaneMatrix, factor: Double) -> PlaneMatrix {
        PlaneMatrix(
            first: left.first * factor, second: left.second * factor, third: left.third * factor,
            fourth: left.fourth * factor)
    }

    @inline(__always)
    static func + (left: PlaneMatrix, right: PlaneMatrix) -> PlaneMatrix {
        PlaneMatrix(
            first: left.first + right.first, second: left.second + right.second, third: left.third + right.third,
            fourth: left.fourth + right.fourth)
    }

    /// Adds `factor` times the outer product of `vector` with itself.
    @inline(__always)
    mutating func addSquare(_ vector: SIMD4<Double>, _ factor: Double) {
        let scaled = vector * factor
        first += scaled * vector.x
        second += scaled * vector.y
        third += scaled * vector.z
        fourth += scaled * vector.w
    }

    var transposed: PlaneMatrix {
        PlaneMatrix(
            first: SIMD4(first.x, second.x, third.x, fourth.x), second: SIMD4(first.y, second.y, third.y, fourth.y),
            third: SIMD4(first.z, second.z, third.z, fourth.z), fourth: SIMD4(first.w, second.w, third.w, fourth.w))
    }

    /// The sum of the variances of the place.
    var placeVariance: Double { first.x + second.y }
}

/// The Cholesky factor L of a positive definite matrix, M = L L^T.
struct PlaneFactor {
    private let diagonal: SIMD4<Double>
    /// The rows of L left of the diagonal.
    private let second: Double
    private let third: SIMD2<Double>
    private let fourth: SIMD3<Double>

    /// - Returns: `nil` if the matrix is not positive definite.
    init?(_ matrix: PlaneMatrix) {
        guard matrix.first.x > 0 else { return nil }
        let a = matrix.first.x.squareRoot()
        let ba = matrix.first.y / a
        let bb = matrix.second.y - ba * ba
        guard bb > 0 else { return nil }
        let b = bb.squareRoot()
        let ca = matrix.first.z / a
        let cb = (matrix.second.z - ca * ba) / b
        let cc = matrix.third.z - ca * ca - cb * cb
        guard cc > 0 else { return nil }
        let c = cc.squareRoot()
        let da = matrix.first.w / a
        let db = (matrix.second.w - da * ba) / b
        let dc = (matrix.third.w - da * ca - db * cb) / c
        let dd = matrix.fourth.w - da * da - db * db - dc * dc
        guard dd > 0 else { return nil }
        diagonal = SIMD4(a, b, c, dd.squareRoot())
        second = ba
        third = SIMD2(ca, cb)
        fourth = SIMD3(da, db, dc)
    }

    /// The squared Mahalanobis length of a step.
    func squaredLength(of step: SIMD4<Double>) -> Double {
        let solved = solveLower(step)
        return solved.dot(solved)
    }

    var inverse: PlaneMatrix {
        PlaneMatrix(
            first: solve(SIMD4(1, 0, 0, 0)), second: solve(SIMD4(0, 1, 0, 0)), third: solve(SIMD4(0, 0, 1, 0)),
            fourth: solve(SIMD4(0, 0, 0, 1)))
    }

    func solve(_ right: SIMD4<Double>) -> SIMD4<Double> {
        let y = solveLower(right)
        let w = y.w / diagonal.w
        let z = (y.z - fourth.z * w) / diagonal.z
        let second = (y.y - third.y * z - fourth.y * w) / diagonal.y
        return SIMD4((y.x - self.second * second - third.x * z - fourth.x * w) / diagonal.x, second, z, w)
    }

    private func solveLower(_ right: SIMD4<Double>) -> SIMD4<Double> {
        let x = right.x / diagonal.x
        let y = (right.y - second * x) / diagonal.y
        let z = (right.z - third.x * x - third.y * y) / diagonal.z
        return SIMD4(x, y, z, (right.w - fourth.x * x - fourth.y * y - fourth.z * z) / diagonal.w)
    }
}

/// The standard normal distribution.
enum Normal {
    static func density(_ x: Double) -> Double { Double.exp(-0.5 * x * x) * 0.398_942_280_401_432_7 }
    static func cumulative(_ x: Double) -> Double { 0.5 * Double.erfc(-x * 0.707_106_781_186_547_5) }
}
