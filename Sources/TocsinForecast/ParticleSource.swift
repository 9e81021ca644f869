// Numeric kernel: bare SI units.
internal import RealModule
internal import TocsinModel

/// The present state of a track, drawn again and again: evenly spread (quasi-random) points of its covariance.
///
/// The points are the additive recurrence of Roberts (2018, "The unreasonable effectiveness of quasirandom
/// sequences") in six dimensions, shifted by an amount that depends on the track number alone, so that the same
/// track always has the same particles.
struct ParticleSource {
    private let mean: SIMD4<Double>
    /// Rows of the lower triangular root of the covariance (Cholesky).
    private let root: [SIMD4<Double>]
    private let shifts: [Double]

    /// 1 / g, 1 / g^2 ... 1 / g^6 with g^7 = g + 1.
    private static let steps: [Double] = {
        let base = 1.112_775_684_278_705_5
        return (1...6).map { 1 / Double.pow(base, $0) }
    }()

    init(track: Track) {
        mean = SIMD4(0, 0, track.velocity.east, track.velocity.north)
        root = Self.root(of: track.covariance)
        var noise = Noise(seed: track.number.rawValue)
        shifts = Self.steps.map { _ in noise.uniform() }
    }

    /// The point number `index` of the sequence: where the object is (east, north of the track's point), how it
    /// moves, one more standard normal number and one uniform number.
    func draw(_ index: Int) -> (state: SIMD4<Double>, normal: Double, uniform: Double) {
        let normals = SIMD4(
            normalQuantile(point(0, index)), normalQuantile(point(1, index)), normalQuantile(point(2, index)),
            normalQuantile(point(3, index)))
        var state = mean
        for row in 0..<4 { state[row] += (root[row] * normals).sum() }
        return (state, normalQuantile(point(4, index)), point(5, index))
    }

    private func point(_ dimension: Int, _ index: Int) -> Double {
        let sum = shifts[dimension] + Double(index) * Self.steps[dimension]
        return sum - sum.rounded(.down)
    }

    /// Rounding may have made the covariance slightly indefinite; what falls below zero counts as zero.
    private static func root(of covariance: HorizontalCovariance) -> [SIMD4<Double>] {
        let c = covariance
        let matrix = [
            SIMD4(c.eastEast, c.eastNorth, c.eastVelocityEast, c.eastVelocityNorth),
            SIMD4(c.eastNorth, c.northNorth, c.northVelocityEast, c.northVelocityNorth),
            SIMD4(c.eastVelocityEast, c.northVelocityEast, c.velocityEastEast, c.velocityEastNorth),
            SIMD4(c.eastVelocityNorth, c.northVelocityNorth, c.velocityEastNorth, c.velocityNorthNorth),
        ]
        var root = [SIMD4<Double>](repeating: .zero, count: 4)
        for row in 0..<4 {
            for column in 0...row {
                let rest = matrix[row][column] - (root[row] * root[column]).sum()
                if row == column {
                    root[row][row] = max(0, rest).squareRoot()
                } else if root[column][column] > 1e-9 {
                    root[row][column] = rest / root[column][column]
                }
            }
        }
        return root
    }
}

/// A repeatable stream of numbers that look random: SplitMix64 (Steele, Lea and Flood 2014).
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 0x9E37_79B9_7F4A_7C15 }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Uniform between 0 and 1, neither included.
    @inline(__always)
    mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    /// Mean 0, variance 1: the sum of four uniform numbers of 16 bits. Its tails end at 3.5 sigma; the heading adds
    /// up many of them.
    @inline(__always)
    mutating func roughNormal() -> Double {
        let bits = next()
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
        return (Double(sum) / 65_536 - 2) * 1.732_050_807_568_877_2
    }
}

/// The quantile of the standard normal distribution: Acklam's rational approximation (2003), relative error below
/// 1.2e-9. `share` is clamped to 1e-12 ... 1 - 1e-12.
func normalQuantile(_ share: Double) -> Double {
    let p = max(1e-12, min(1 - 1e-12, share))
    if p < 0.024_25 { return normalTail((-2 * Double.log(p)).squareRoot()) }
    if p > 1 - 0.024_25 { return -normalTail((-2 * Double.log(1 - p)).squareRoot()) }
    let q = p - 0.5
    let r = q * q
    let above =
        ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
            + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00
    let below =
        ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
            + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1
    return above * q / below
}

private func normalTail(_ q: Double) -> Double {
    let above =
        ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
            - 2.549732539343734e+00) * q + 4.374664141464968e+00) * q + 2.938163982698783e+00
    let below =
        (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
            + 3.754408661907416e+00) * q + 1
    return above / below
}
