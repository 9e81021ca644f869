/// A block of a covariance matrix, 3 x 3, as three columns. Kernel type: bare numbers in SI units.
///
/// Vectors are built by `SIMD4(x, y, z, 0)`: an array literal would allocate. The fourth lane of every vector and column stays zero. Four lanes of `Double` are one AVX register; a
/// generic matrix is two times slower at best and a thousand times at worst (not specialized).
struct Matrix3: Hashable, Sendable {
    var first: SIMD4<Double>
    var second: SIMD4<Double>
    var third: SIMD4<Double>

    static let zero = Matrix3(first: .zero, second: .zero, third: .zero)
    static let identity = Matrix3.diagonal(1)

    @inline(__always)
    static func diagonal(_ value: Double) -> Matrix3 {
        Matrix3(first: SIMD4(value, 0, 0, 0), second: SIMD4(0, value, 0, 0), third: SIMD4(0, 0, value, 0))
    }

    /// `left` times the transpose of `right`.
    @inline(__always)
    static func outer(_ left: SIMD4<Double>, _ right: SIMD4<Double>) -> Matrix3 {
        Matrix3(first: left * right.x, second: left * right.y, third: left * right.z)
    }

    /// The matrix that turns a vector v into the cross product `axis` x v.
    @inline(__always)
    static func cross(_ axis: SIMD4<Double>) -> Matrix3 {
        Matrix3(
            first: SIMD4(0, axis.z, -axis.y, 0), second: SIMD4(-axis.z, 0, axis.x, 0),
            third: SIMD4(axis.y, -axis.x, 0, 0))
    }

    @inline(__always)
    var transposed: Matrix3 {
        Matrix3(
            first: SIMD4(first.x, second.x, third.x, 0), second: SIMD4(first.y, second.y, third.y, 0),
            third: SIMD4(first.z, second.z, third.z, 0))
    }

    @inline(__always)
    static func + (left: Matrix3, right: Matrix3) -> Matrix3 {
        Matrix3(
            first: left.first + right.first, second: left.second + right.second, third: left.third + right.third)
    }

    @inline(__always)
    static func - (left: Matrix3, right: Matrix3) -> Matrix3 {
        Matrix3(
            first: left.first - right.first, second: left.second - right.second, third: left.third - right.third)
    }

    @inline(__always)
    static func * (left: Matrix3, factor: Double) -> Matrix3 {
        Matrix3(first: left.first * factor, second: left.second * factor, third: left.third * factor)
    }

    @inline(__always)
    static func * (left: Matrix3, right: SIMD4<Double>) -> SIMD4<Double> {
        left.first * right.x + left.second * right.y + left.third * right.z
    }

    @inline(__always)
    static func * (left: Matrix3, right: Matrix3) -> Matrix3 {
        Matrix3(first: left * right.first, second: left * right.second, third: left * right.third)
    }

    /// The transpose of this matrix times `vector`, without building the transpose.
    @inline(__always)
    func transposeTimes(_ vector: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4(first.dot(vector), second.dot(vector), third.dot(vector), 0)
    }

    @inline(__always)
    var trace: Double { first.x + second.y + third.z }

    /// The variance along `axis`, and in general axis^T M axis.
    @inline(__always)
    func along(_ axis: SIMD4<Double>) -> Double { axis.dot(self * axis) }
}

extension SIMD4<Double> {
    @inline(__always)
    func dot(_ other: SIMD4<Double>) -> Double {
        let product = self * other
        return product.x + product.y + (product.z + product.w)
    }

    @inline(__always)
    var length: Double { dot(self).squareRoot() }
}
