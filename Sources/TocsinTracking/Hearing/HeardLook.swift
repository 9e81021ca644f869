internal import RealModule

/// A listener in the plane.
struct Ear: Hashable, Sendable, Codable {
    /// East and north, meters.
    var place: SIMD2<Double>
    /// Of what it senses: sound or light, m/s.
    var speed: Double
    /// The wind that carries it, east and north, m/s.
    var wind: SIMD2<Double>
}

/// From where an object is heard now, and how that hangs on its state.
///
/// In the air's frame the object moves at u = v - w and the sensor at -w: sound that arrives now left d seconds
/// ago from p(te), |r| = c d with r = p(te) + w d - s, and r is the direction that an array measures. In straight
/// flight r = q - u d, q being the present relative position, so that
/// d = |q|^2 / (q . u + sqrt((q . u)^2 + (c^2 - u^2) |q|^2)). In a turn p(te) = p - B(d) v and two Newton steps
/// solve the same equation. With n = r / |r| and e = v(te) - w the delay's gradient is n^T / (c + n . e), and that
/// of an angle g at the place of emission h = g - (g . e) n / (c + n . e).
struct HeardLook {
    /// That the sound went, meters.
    let distance: Double
    /// The unit vector from which it comes.
    let direction: SIMD2<Double>
    /// The gradients of the angle (counter-clockwise, radians) and of the distance by the state.
    let angleGradient: SIMD4<Double>
    let distanceGradient: SIMD4<Double>

    /// More than any sound of a small object lives, seconds.
    private static let longestDelay = 40.0

    /// - Parameter lag: The time of hearing minus that of the state, seconds.
    /// - Returns: `nil` if an object so fast is not heard yet.
    @inline(__always)
    init?(straight state: SIMD4<Double>, lag: Double, ear: Ear) {
        let velocity = SIMD2(state.z, state.w)
        let relative = SIMD2(state.x, state.y) + velocity * lag - ear.place
        guard let delay = Self.delay(relative, velocity - ear.wind, speed: ear.speed) else { return nil }
        let age = delay - lag
        self.init(
            reach: relative - (velocity - ear.wind) * delay, emission: velocity - ear.wind, ear: ear,
            velocityGradient: { $0 * -age })
    }

    init?(_ motion: HeardMotion, now: Double, lag: Double, ear: Ear) {
        guard !motion.isStraight else {
            self.init(straight: motion.state, lag: lag, ear: ear)
            return
        }
        let velocity = SIMD2(motion.state.z, motion.state.w)
        let place = SIMD2(motion.state.x, motion.state.y) - ear.place
        guard var delay = Self.delay(place + velocity * lag, velocity - ear.wind, speed: ear.speed) else { return nil }
        var past = motion.past(delay - lag, now: now)
        var reach = place - past.shift(velocity) + ear.wind * delay
        for _ in 0..<2 {
            let distance = max((reach * reach).sum().squareRoot(), 1)
            let emission = past.velocity(velocity) - ear.wind
            let slope = -(reach * emission).sum() / distance - ear.speed
            delay = min(max(delay - (distance - ear.speed * delay) / slope, 0), Self.longestDelay)
            past = motion.past(delay - lag, now: now)
            reach = place - past.shift(velocity) + ear.wind * delay
        }
        self.init(
            reach: reach, emission: past.velocity(velocity) - ear.wind, ear: ear,
            velocityGradient: past.velocityGradient)
    }

    @inline(__always)
    private init(
        reach: SIMD2<Double>, emission: SIMD2<Double>, ear: Ear,
        velocityGradient: (SIMD2<Double>) -> SIMD2<Double>
    ) {
        distance = max((reach * reach).sum().squareRoot(), 1)
        direction = reach / distance
        let scale = 1 / (ear.speed + (direction * emission).sum())
        let across = SIMD2(-direction.y, direction.x) / distance
        let angle = across - direction * ((across * emission).sum() * scale)
        let length = direction * (ear.speed * scale)
        let (angleByVelocity, lengthByVelocity) = (velocityGradient(angle), velocityGradient(length))
        angleGradient = SIMD4(angle.x, angle.y, angleByVelocity.x, angleByVelocity.y)
        distanceGradient = SIMD4(length.x, length.y, lengthByVelocity.x, lengthByVelocity.y)
    }

    /// - Parameters:
    ///   - relative: At the time of hearing, from the sensor.
    ///   - velocity: Through the air.
    @inline(__always)
    static func delay(_ relative: SIMD2<Double>, _ velocity: SIMD2<Double>, speed: Double) -> Double? {
        let along = (relative * velocity).sum()
        let squared = (relative * relative).sum()
        let discriminant = along * along + (speed * speed - (velocity * velocity).sum()) * squared
        guard discriminant >= 0 else { return nil }
        let denominator = along + discriminant.squareRoot()
        guard denominator > 1e-9 else { return nil }
        return min(squared / denominator, longestDelay)
    }

    /// Counter-clockwise from where it is expected to `measured`, a unit vector; radians.
    @inline(__always)
    func residual(of measured: SIMD2<Double>) -> Double {
        Double.atan2(
            y: direction.x * measured.y - direction.y * measured.x, x: (direction * measured).sum())
    }

    /// What bending of the angle over the state's uncertainty adds: (s_r^2 s_a^2 + s_ra^2) / r^2, the second order
    /// term of the extended filter (Jazwinski 1970, section 9.3); s_a in radians.
    func curvature(_ covariance: PlaneMatrix) -> Double {
        let product = covariance * angleGradient
        let angle = angleGradient.dot(product)
        let mixed = distanceGradient.dot(product)
        let length = distanceGradient.dot(covariance * distanceGradient)
        return min((angle * length + mixed * mixed) / (distance * distance), 1)
    }
}
