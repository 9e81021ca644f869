internal import RealModule
internal import TocsinModel

/// A direction to a sound or a sight. Sound points to where the object was when it made it.
///
/// With q the object's position relative to the sensor at the time of hearing, and v its velocity, the delay d
/// solves |q - v d| = c d, that is (c^2 - v^2) d^2 + 2 (q . v) d - |q|^2 = 0. The root that is heard first is
/// d = |q|^2 / (q . v + sqrt((q . v)^2 + (c^2 - v^2) |q|^2)), well conditioned at v = c too.
struct BearingSighting {
    var origin: SIMD4<Double>
    var frame: LocalFrame
    /// Clockwise from true north, radians.
    var azimuth: Double
    var azimuthVariance: Double
    var elevation: Double?
    /// m/s; `nil`: light, no delay.
    var propagationSpeed: Double?
    /// Meters.
    var maximumRange: Double
    /// The wind that carries sound, Earth-fixed, m/s: in the equations above v becomes v - wind, the velocity
    /// through the air.
    var wind = SIMD4<Double>.zero

    /// The seconds between emission and hearing, for an object at `relative` with `velocity` at hearing.
    /// - Returns: `nil` if nothing is heard yet (a supersonic object that has not passed).
    static func delay(relative: SIMD4<Double>, velocity: SIMD4<Double>, propagationSpeed: Double) -> Double? {
        let along = relative.dot(velocity)
        let difference = propagationSpeed * propagationSpeed - velocity.dot(velocity)
        let squared = relative.dot(relative)
        let discriminant = along * along + difference * squared
        guard discriminant >= 0 else { return nil }
        let denominator = along + discriminant.squareRoot()
        return denominator > 0 ? squared / denominator : nil
    }

    /// The measured angles, linearized at `state`.
    /// - Returns: `nil` if an object in this state is not heard yet.
    func rows(for state: Gaussian, lag: Double) -> MeasuredRows? {
        var rows = MeasuredRows()
        let present = state.position + state.velocity * lag - origin
        var delay = 0.0
        if let speed = propagationSpeed {
            guard
                let heard = Self.delay(
                    relative: present, velocity: state.velocity - wind, propagationSpeed: speed)
            else { return nil }
            delay = heard
        }
        let relative = present - (state.velocity - wind) * delay
        let across = AzimuthGradient(relative: relative, frame: frame)
        let variance =
            azimuthVariance + curvature(of: state, relative: relative, across: across)
            + turned(of: state, over: delay) / across.groundSquared
        rows.append(
            linearized(
                across.gradient, residual: across.residual(of: azimuth), relative: relative, state: state, lag: lag,
                delay: delay, variance: variance))
        guard let elevation else { return rows }
        rows.append(
            linearized(
                elevationGradient(relative), residual: elevation - Self.elevation(of: relative, in: frame),
                relative: relative, state: state, lag: lag, delay: delay, variance: 2 * variance))
        return rows
    }

    /// The row of an angle with `gradient` at the place of emission.
    ///
    /// The place of emission moves with the state by r = q - v d(q, v); implicit differentiation gives
    /// h = g - (g . v) r / (r . v + c^2 d) for the position and (lag - d) h for the velocity.
    private func linearized(
        _ gradient: SIMD4<Double>, residual: Double, relative: SIMD4<Double>, state: Gaussian, lag: Double,
        delay: Double, variance: Double
    ) -> MeasuredRow {
        var position = gradient
        if let speed = propagationSpeed, delay > 0 {
            let through = state.velocity - wind
            let scale = relative.dot(through) + speed * speed * delay
            position -= relative * (gradient.dot(through) / scale)
        }
        let velocity = position * (lag - delay)
        return MeasuredRow(
            position: position, velocity: velocity,
            value: residual + position.dot(state.position) + velocity.dot(state.velocity), variance: variance)
    }

    /// What bending of the angle over the state's uncertainty adds: (s_r^2 s_a^2 + s_ra^2) / r^4, the second
    /// order term of the extended filter (Jazwinski 1970, section 9.3), along and across the line of sight.
    private func curvature(of state: Gaussian, relative: SIMD4<Double>, across: AzimuthGradient) -> Double {
        let ground = across.groundSquared.squareRoot()
        let acrossAxis = across.gradient * ground
        let flat = relative - frame.up * relative.dot(frame.up)
        let alongAxis = flat * (1 / max(ground, 1))
        let alongProduct = state.positionBlock * alongAxis
        let mixed = acrossAxis.dot(alongProduct)
        let product = alongAxis.dot(alongProduct) * state.positionBlock.along(acrossAxis)
        return min((product + mixed * mixed) / (across.groundSquared * across.groundSquared), .pi * .pi / 3)
    }

    /// A turn in the sound's travel time moves the place of emission aside by a t^2 / 2, for all listeners alike:
    /// they can't average it out. So its variance is counted once for each bearing of that time. m^2.
    private func turned(of state: Gaussian, over delay: Double) -> Double {
        let aside = 0.5 * delay * delay * Self.turning * state.velocity.length
        return Self.bearingsInTravel * aside * aside
    }

    /// The root mean square turn rate of what is heard, 30 % of the time 2.5 degrees per second; radians per second
    /// (assumption).
    private static let turning = 0.024
    /// Bearings to an object that share a turn (assumption: two or three listeners, for as long as the sound travels).
    private static let bearingsInTravel = 15.0

    private static func elevation(of relative: SIMD4<Double>, in frame: LocalFrame) -> Double {
        let upward = relative.dot(frame.up)
        return Double.atan2(y: upward, x: (relative - frame.up * upward).length)
    }

    private func elevationGradient(_ relative: SIMD4<Double>) -> SIMD4<Double> {
        let upward = relative.dot(frame.up)
        let flat = relative - frame.up * upward
        let ground = max(flat.length, 1)
        return (frame.up * ground - flat * (upward / ground)) * (1 / max(relative.dot(relative), 1))
    }
}
