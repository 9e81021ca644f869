internal import RealModule

/// An object that may explain what was heard: straight flight, as of now.
struct HearingCandidate {
    var state: SIMD4<Double>
    var covariance = PlaneMatrix.zero
    /// The logarithm of its likelihood ratio, with what is known of speeds.
    var score = 0.0
    var sensors = 0
    /// The young track that it goes on from; `nil`: none.
    var young: Int?

    /// Speeds are spread like (v^2 + v0^2)^-2, v0 being that of slow drones, m/s.
    private static let usualSpeed = 50.0
    private static let speedPower = 2.0
    /// Faster than anything that is heard before it comes, m/s.
    private static let greatestSpeed = 320.0
    /// The spread with which the first steps search, radians.
    static let searchSigma = 5 * Double.pi / 180
    /// One step goes no farther, meters.
    private static let longestStep = 1_500.0

    init(state: SIMD4<Double>) { self.state = state }

    mutating func evaluate(in scene: HearingScene) {
        let found = scene.score(state, sigma: nil)
        let squared = state.z * state.z + state.w * state.w
        score = found.value - Double.log((squared + Self.usualSpeed * Self.usualSpeed) / 5_000)
        sensors = found.sensors
    }

    /// The sums of the normal equations.
    private struct Sums {
        var information: PlaneMatrix
        var gradient: SIMD4<Double>
        var count = 0
    }

    /// Gauss-Newton with soft association: every bearing counts as far as this object likely caused it.
    /// - Returns: Whether it is an object.
    mutating func refine(in scene: HearingScene, steps: Int) -> Bool {
        for step in 0..<steps {
            let narrowing = step == 0 ? 1.0 : 0.7
            let sums = sums(in: scene, searchSigma: step < 2 ? Self.searchSigma * narrowing : nil)
            guard sums.count >= 2, let factor = PlaneFactor(sums.information) else { return false }
            let change = factor.solve(sums.gradient)
            let length = (change.x * change.x + change.y * change.y).squareRoot()
            state += change * (length > Self.longestStep ? Self.longestStep / length : 1)
            covariance = factor.inverse
            guard state.z * state.z + state.w * state.w <= Self.greatestSpeed * Self.greatestSpeed else { return false }
            if step >= 2, length < 10 { break }
        }
        return true
    }

    private func sums(in scene: HearingScene, searchSigma: Double?) -> Sums {
        let squared = state.z * state.z + state.w * state.w
        let slow = 2 * Self.speedPower / (squared + Self.usualSpeed * Self.usualSpeed)
        var sums = Sums(
            information: .diagonal(SIMD4(1e-10, 1e-10, slow, slow)),
            gradient: SIMD4(0, 0, -slow * state.z, -slow * state.w))
        var shares: [(density: Double, residual: Double, variance: Double)] = []
        scene.forEachLook(around: state, newest: .max, silent: false) { look in
            let sensor = scene.sensors[look.sensor]
            guard let heard = HeardLook(straight: state, lag: look.lag, ear: sensor.ear),
                heard.distance <= sensor.farthest
            else { return }
            let chance = sensor.detection(at: heard.distance)
            guard chance >= 0.01 else { return }
            let other = scene.otherDensity(look)
            var total = 1 - chance
            shares.removeAll(keepingCapacity: true)
            for index in look.bearings where scene.bearings[index].free >= 0.01 {
                let bearing = scene.bearings[index]
                let variance = bearing.variance(at: heard.distance)
                let sigma = searchSigma ?? variance.squareRoot()
                let residual = heard.residual(of: bearing.direction)
                guard abs(residual) <= 4 * sigma else { continue }
                let density =
                    bearing.free * chance * Normal.density(residual / sigma) / sigma / (other + bearing.explained)
                total += density
                shares.append((density, residual, variance))
            }
            for share in shares where share.density >= 1e-3 * total {
                let weight = share.density / total / share.variance
                sums.count += 1
                sums.gradient += heard.angleGradient * (weight * share.residual)
                sums.information.addSquare(heard.angleGradient, weight)
            }
        }
        return sums
    }

    /// Whether another says the same.
    func isSame(as other: HearingCandidate) -> Bool {
        PlaneFactor(covariance).map { $0.squaredLength(of: state - other.state) < 0.3 } ?? false
    }

    /// Meters.
    func distance(to place: SIMD4<Double>) -> Double {
        let step = SIMD2(state.x - place.x, state.y - place.y)
        return (step * step).sum().squareRoot()
    }
}
