internal import RealModule
internal import TocsinModel

/// The disc around a microphone, camera or person within which it senses an object. Sound points to where the
/// object was when it made it.
///
/// A Gaussian cut by a disc is no Gaussian; it is replaced by the one with the same mean and covariance in the
/// plane (assumed density filtering, Maybeck 1982, section 12.7), and what is not in the plane follows by
/// regression. Cutting again and again by one disc would shrink it without new information: see ``Presence``
/// handling in the tracker.
struct SensingDisc {
    var origin: SIMD4<Double>
    var frame: LocalFrame
    /// Meters, in the plane.
    var radius: Double
    /// m/s; `nil`: light, no delay.
    var propagationSpeed: Double?
    /// The wind that carries sound, east and north, m/s.
    var wind = SIMD2<Double>.zero

    /// The probability that the object is inside.
    func mass(of state: Gaussian, lag: Double) -> Double {
        PlaneView(of: state, from: self, lag: lag).cut(by: radius).mass
    }

    /// The state, given that the object is inside.
    /// - Returns: The probability of that.
    func keepInside(_ state: inout Gaussian, lag: Double) -> Double {
        let view = PlaneView(of: state, from: self, lag: lag)
        let inside = view.cut(by: radius)
        if inside.mass > 1e-6 { view.replace(in: &state, mean: inside.mean, covariance: inside.covariance) }
        return inside.mass
    }

    /// The state, given that the sensor stayed silent, which it does with probability 1 - `chance` if the object
    /// is inside.
    /// - Returns: The probability of the silence.
    func miss(_ state: inout Gaussian, chance: Double, lag: Double) -> Double {
        let view = PlaneView(of: state, from: self, lag: lag)
        let inside = view.cut(by: radius)
        let silent = 1 - chance * inside.mass
        guard inside.mass > 1e-6, silent > 1e-6 else { return silent }
        // The whole without the part inside that would have been heard.
        let part = -chance * inside.mass / silent
        let mean = view.mean + (inside.mean - view.mean) * part
        let covariance =
            (view.covariance + PlaneCovariance.outer(view.mean - mean)) * (1 / silent)
            + (inside.covariance + PlaneCovariance.outer(inside.mean - mean)) * part
        view.replace(in: &state, mean: mean, covariance: covariance)
        return silent
    }
}

/// A symmetric 2 x 2 matrix over east and north.
struct PlaneCovariance: Hashable, Sendable {
    var eastEast: Double
    var eastNorth: Double
    var northNorth: Double

    var determinant: Double { eastEast * northNorth - eastNorth * eastNorth }

    static func outer(_ vector: SIMD2<Double>) -> PlaneCovariance {
        PlaneCovariance(
            eastEast: vector.x * vector.x, eastNorth: vector.x * vector.y, northNorth: vector.y * vector.y)
    }
    static func + (left: PlaneCovariance, right: PlaneCovariance) -> PlaneCovariance {
        PlaneCovariance(
            eastEast: left.eastEast + right.eastEast, eastNorth: left.eastNorth + right.eastNorth,
            northNorth: left.northNorth + right.northNorth)
    }
    static func - (left: PlaneCovariance, right: PlaneCovariance) -> PlaneCovariance { left + right * -1 }
    static func * (left: PlaneCovariance, factor: Double) -> PlaneCovariance {
        PlaneCovariance(
            eastEast: left.eastEast * factor, eastNorth: left.eastNorth * factor, northNorth: left.northNorth * factor)
    }
}

/// Where an object was when it made what is heard now, as a Gaussian in the plane of the listener, and how the
/// state hangs on it.
struct PlaneView {
    /// East and north of the listener, meters.
    let mean: SIMD2<Double>
    let covariance: PlaneCovariance
    /// Covariances of the state with east and north.
    private let positionEast: SIMD4<Double>
    private let positionNorth: SIMD4<Double>
    private let velocityEast: SIMD4<Double>
    private let velocityNorth: SIMD4<Double>

    init(of state: Gaussian, from disc: SensingDisc, lag: Double) {
        let present = state.position + state.velocity * lag - disc.origin
        let wind = disc.frame.vector(east: disc.wind.x, north: disc.wind.y, up: 0)
        let delay = disc.propagationSpeed.flatMap {
            BearingSighting.delay(relative: present, velocity: state.velocity - wind, propagationSpeed: $0)
        }
        // y = H (p + v age)
        let age = lag - (delay ?? 0)
        // Sound is sensed as far as it goes through the air.
        let emitted = state.position + state.velocity * age + wind * (delay ?? 0) - disc.origin
        let (east, north) = (disc.frame.east, disc.frame.north)
        mean = SIMD2(emitted.dot(east), emitted.dot(north))
        positionEast = state.positionBlock * east + (state.crossBlock * east) * age
        positionNorth = state.positionBlock * north + (state.crossBlock * north) * age
        velocityEast = state.crossBlock.transposeTimes(east) + (state.velocityBlock * east) * age
        velocityNorth = state.crossBlock.transposeTimes(north) + (state.velocityBlock * north) * age
        let eastSum = positionEast + velocityEast * age
        let northSum = positionNorth + velocityNorth * age
        covariance = PlaneCovariance(
            eastEast: max(east.dot(eastSum), 1), eastNorth: east.dot(northSum), northNorth: max(north.dot(northSum), 1))
    }

    /// The probability to be within `radius` of the listener, and mean and covariance of those that are.
    ///
    /// In the axes of the covariance the disc is cut into slices along the longer axis; in a slice the moments of
    /// the normal distribution between the chord's ends are exact.
    func cut(by radius: Double) -> (mass: Double, mean: SIMD2<Double>, covariance: PlaneCovariance) {
        let axes = PrincipalAxes(covariance)
        let center = SIMD2(-(mean * axes.long).sum(), -(mean * axes.short).sum())
        let low = max(center.x - radius, -5 * axes.longSigma)
        let high = min(center.x + radius, 5 * axes.longSigma)
        guard low < high else { return (0, mean, covariance) }
        var mass = 0.0
        var first = SIMD2<Double>.zero
        var second = SIMD3<Double>.zero
        let slices = 24
        let width = (high - low) / Double(slices)
        for slice in 0..<slices {
            let x = low + (Double(slice) + 0.5) * width
            let half = max(radius * radius - (x - center.x) * (x - center.x), 0).squareRoot()
            let chord = NormalSlice(from: center.y - half, to: center.y + half, sigma: axes.shortSigma)
            let ratio = x / axes.longSigma
            let weight = Double.exp(-0.5 * ratio * ratio) * width / (axes.longSigma * 2.506_628_274_631_000_2)
            mass += weight * chord.mass
            first += SIMD2(x * chord.mass, chord.first) * weight
            second += SIMD3(x * x * chord.mass, x * chord.first, chord.second) * weight
        }
        guard mass > 1e-12 else { return (0, mean, covariance) }
        let middle = first / mass
        let spread = PlaneCovariance(
            eastEast: second.x / mass - middle.x * middle.x, eastNorth: second.y / mass - middle.x * middle.y,
            northNorth: second.z / mass - middle.y * middle.y)
        return (min(mass, 1), mean + axes.long * middle.x + axes.short * middle.y, axes.turnedBack(spread))
    }

    /// Gives `state` this mean and covariance in the plane: x += K (m' - m), P -= K (S - S') K^T, K = C S^-1.
    func replace(in state: inout Gaussian, mean newMean: SIMD2<Double>, covariance newCovariance: PlaneCovariance) {
        let inverse = 1 / covariance.determinant
        func gains(_ east: SIMD4<Double>, _ north: SIMD4<Double>) -> (SIMD4<Double>, SIMD4<Double>) {
            (
                (east * covariance.northNorth - north * covariance.eastNorth) * inverse,
                (north * covariance.eastEast - east * covariance.eastNorth) * inverse
            )
        }
        let position = gains(positionEast, positionNorth)
        let velocity = gains(velocityEast, velocityNorth)
        let step = newMean - mean
        state.position += position.0 * step.x + position.1 * step.y
        state.velocity += velocity.0 * step.x + velocity.1 * step.y
        let shrink = covariance - newCovariance
        func product(
            _ left: (SIMD4<Double>, SIMD4<Double>), _ right: (SIMD4<Double>, SIMD4<Double>)
        ) -> Matrix3 {
            Matrix3.outer(left.0 * shrink.eastEast + left.1 * shrink.eastNorth, right.0)
                + Matrix3.outer(left.0 * shrink.eastNorth + left.1 * shrink.northNorth, right.1)
        }
        state.positionBlock = state.positionBlock - product(position, position)
        state.crossBlock = state.crossBlock - product(position, velocity)
        state.velocityBlock = state.velocityBlock - product(velocity, velocity)
    }
}

/// The axes of an ellipse in the plane.
private struct PrincipalAxes {
    let long: SIMD2<Double>
    let short: SIMD2<Double>
    let longSigma: Double
    let shortSigma: Double

    init(_ covariance: PlaneCovariance) {
        let half = (covariance.eastEast - covariance.northNorth) / 2
        let middle = (covariance.eastEast + covariance.northNorth) / 2
        let length = (half * half + covariance.eastNorth * covariance.eastNorth).squareRoot()
        let angle = 0.5 * Double.atan2(y: covariance.eastNorth, x: half)
        long = SIMD2(Double.cos(angle), Double.sin(angle))
        short = SIMD2(-long.y, long.x)
        longSigma = max(middle + length, 1e-6).squareRoot()
        shortSigma = max(middle - length, 1e-6).squareRoot()
    }

    /// A covariance along the axes, over east and north.
    func turnedBack(_ spread: PlaneCovariance) -> PlaneCovariance {
        PlaneCovariance.outer(long) * spread.eastEast + PlaneCovariance.outer(short) * spread.northNorth
            + PlaneCovariance(
                eastEast: 2 * long.x * short.x, eastNorth: long.x * short.y + long.y * short.x,
                northNorth: 2 * long.y * short.y) * spread.eastNorth
    }
}

/// The part of a normal distribution around 0 between two ends: its mass, and the integrals of y and y^2.
private struct NormalSlice {
    let mass: Double
    let first: Double
    let second: Double

    init(from low: Double, to high: Double, sigma: Double) {
        let (a, b) = (low / sigma, high / sigma)
        let root = 0.707_106_781_186_547_5
        mass = 0.5 * (Double.erf(b * root) - Double.erf(a * root))
        let scale = 0.398_942_280_401_432_7
        let (atLow, atHigh) = (scale * Double.exp(-0.5 * a * a), scale * Double.exp(-0.5 * b * b))
        first = sigma * (atLow - atHigh)
        second = sigma * sigma * (mass + a * atLow - b * atHigh)
    }
}
