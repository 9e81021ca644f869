// Numeric kernel: bare meters and seconds on a plane, x east, y north.

/// Where an object flew, every second, by all that is known of it afterwards: tracks wander around the true way, and
/// none of that may count as a turn.
///
/// The places make the sum of |fix - place|^2 / variance and of |acceleration|^2 / usual^2 least. The usual
/// acceleration is found anew around every second, as for noise of Student's t distribution (iteratively reweighted
/// least squares; Lange, Little and Taylor 1989): it is small on a leg, which comes out smooth, and large in a turn,
/// which keeps its rate. All constants were chosen on drills, whose true turns are known.
package struct SmoothedFlight: Sendable {
    /// Where the object was believed to be.
    package struct Fix: Hashable, Sendable {
        package var time: Double
        package var place: SIMD2<Double>
        /// Of the place along each axis. Square meters.
        package var variance: Double

        package init(time: Double, place: SIMD2<Double>, variance: Double) {
            self.time = time
            self.place = place
            self.variance = variance
        }
    }

    /// One place a second, from the first whole second after the first fix to the last before the last one.
    package private(set) var points: [SIMD2<Double>] = []
    /// A fix between two seconds: the first of them, the share of the second one, and what the fix counts.
    private var terms: [(second: Int, share: Double, weight: Double, place: SIMD2<Double>)] = []

    /// Fixes of one track err alike for some time: they count as if so many were one.
    private static let alikeFixes = 2.0
    /// No fix is believed to be better. Meters.
    private static let leastSigma = 20.0
    /// How fast a course changes on a leg. Degrees per second.
    private static let legRate = 0.55
    /// Degrees of freedom: how readily an acceleration is a turn's.
    private static let freedom = 4.0
    /// The acceleration is judged over so many seconds to both sides.
    private static let neighbours = 6
    private static let rounds = 15
    private static let leastSeconds = 10

    /// - Parameters:
    ///   - fixes: by ascending time. Of fewer than ten seconds nothing is made.
    ///   - speed: meters per second.
    /// - Complexity: O(*n*), *n* being the number of fixes and seconds.
    package init(of fixes: [Fix], speed: Double) {
        guard let first = fixes.first, let last = fixes.last else { return }
        let start = first.time.rounded(.up)
        let count = Int((last.time - start).rounded(.down)) + 1
        guard count > Self.leastSeconds else { return }
        terms = fixes.map { fix in
            let time = max(0, min(Double(count - 1), fix.time - start))
            let second = min(count - 2, Int(time))
            let variance = Self.alikeFixes * max(Self.leastSigma * Self.leastSigma, fix.variance)
            return (second, time - Double(second), 1 / variance, fix.place)
        }
        let leg = max(1, speed) * Self.legRate * .pi / 180
        var stiffness = [Double](repeating: 1 / (leg * leg), count: count)
        for _ in 0..<Self.rounds {
            points = solved(stiffness)
            stiffness = Self.stiffness(of: points, leg: leg)
        }
    }

    /// One over the square of the usual acceleration, every second.
    private static func stiffness(of points: [SIMD2<Double>], leg: Double) -> [Double] {
        var squares = [Double](repeating: 0, count: points.count)
        for index in 1..<(points.count - 1) {
            let acceleration = points[index + 1] - 2 * points[index] + points[index - 1]
            squares[index] = (acceleration * acceleration).sum()
        }
        return points.indices.map { index in
            let around = squares[max(0, index - neighbours)...min(points.count - 1, index + neighbours)]
            let mean = around.reduce(0, +) / Double(around.count)
            return (freedom + 1) / (freedom * leg * leg + mean)
        }
    }

    /// The places for given accelerations: a band of five numbers a row, solved as L D L^T.
    private func solved(_ stiffness: [Double]) -> [SIMD2<Double>] {
        let count = stiffness.count
        var diagonal = [Double](repeating: 0, count: count)
        var beside = diagonal
        var beyond = diagonal
        var places = [SIMD2<Double>](repeating: .zero, count: count)
        for term in terms {
            let (second, share, weight) = (term.second, term.share, term.weight)
            diagonal[second] += weight * (1 - share) * (1 - share)
            diagonal[second + 1] += weight * share * share
            beside[second] += weight * share * (1 - share)
            places[second] += weight * (1 - share) * term.place
            places[second + 1] += weight * share * term.place
        }
        for index in 1..<(count - 1) {
            let weight = stiffness[index]
            diagonal[index - 1] += weight
            diagonal[index] += 4 * weight
            diagonal[index + 1] += weight
            beside[index - 1] -= 2 * weight
            beside[index] -= 2 * weight
            beyond[index - 1] += weight
        }
        for index in 0..<count {
            if index >= 1 { diagonal[index] -= beside[index - 1] * beside[index - 1] * diagonal[index - 1] }
            if index >= 2 { diagonal[index] -= beyond[index - 2] * beyond[index - 2] * diagonal[index - 2] }
            if index >= 1 { beside[index] -= beyond[index - 1] * beside[index - 1] * diagonal[index - 1] }
            beside[index] /= diagonal[index]
            beyond[index] /= diagonal[index]
            if index >= 1 { places[index] -= beside[index - 1] * places[index - 1] }
            if index >= 2 { places[index] -= beyond[index - 2] * places[index - 2] }
        }
        for index in (0..<count).reversed() {
            places[index] /= diagonal[index]
            if index + 1 < count { places[index] -= beside[index] * places[index + 1] }
            if index + 2 < count { places[index] -= beyond[index] * places[index + 2] }
        }
        return places
    }
}
