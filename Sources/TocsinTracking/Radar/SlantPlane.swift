internal import RealModule

/// What a mode of a track says about the height of its object.
enum AltitudeAssumption: UInt8, Hashable, Sendable, Codable {
    /// The state holds the height with its uncertainty.
    case free
    /// Nothing is known of it: the state lies in the slant plane of the one radar that has seen the object.
    case slantPlane
    /// The same, and a height has branched off that would explain why the object was not seen.
    case slantPlaneAsked
}

/// The horizontal plane through a radar, in which plots without a height are taken to lie at their slant range.
///
/// A radar that measures range and azimuth tells next to nothing of the height: a height estimated from how the
/// range bends is worse than none (Barcelona radar: 141 of 171 aircraft followed instead of 159). In the slant plane
/// an object in level flight moves nearly straight, except close to the radar. As soon as a height is known the
/// state is raised to it.
struct SlantPlane {
    let origin: SIMD4<Double>
    let frame: LocalFrame

    /// Beyond 30 degrees of elevation... the ground speed is not stretched more than this on the way out of the plane.
    private static let stretchAtMost = 2.0
    /// Standard deviation of the vertical speed of an object whose height has just become known, m/s.
    private static let verticalSigma = 6.0
    /// Of the height of a state in the plane, meters: small, and not zero, so that the covariance can be inverted.
    private static let thickness = 1.0

    init(origin: SIMD4<Double>) {
        self.origin = origin
        frame = LocalFrame(at: origin)
    }

    /// Puts a state that has moved on along the curved earth back into the plane.
    func flatten(_ state: inout Gaussian) {
        let up = frame.up
        state.position -= up * (state.position - origin).dot(up)
        state.velocity -= up * state.velocity.dot(up)
        let level = Matrix3.identity - Matrix3.outer(up, up)
        state = state.mapped(by: level)
        state.positionBlock = state.positionBlock + Matrix3.outer(up, up) * (Self.thickness * Self.thickness)
        state.velocityBlock = state.velocityBlock + Matrix3.outer(up, up) * 1e-4
    }

    /// Raises a state from the plane to a height `upward` meters above it.
    ///
    /// The slant range r stays: d = sqrt(r^2 - z^2) = r cos e, dd/dr = 1 / cos e, dd/dz = -tan e, and the speed
    /// across the line of sight shrinks with d.
    func raise(_ state: inout Gaussian, to upward: Double, sigma: Double, verticalSigma: Double = verticalSigma) {
        let relative = state.position - origin
        let level = relative - frame.up * relative.dot(frame.up)
        let along = level * (1 / max(level.length, 1))
        let across = frame.across(along)
        let range = max(level.length, abs(upward) * 1.05 + 10)
        let sine = upward / range
        let cosine = (1 - sine * sine).squareRoot()
        let stretch = min(1 / cosine, Self.stretchAtMost)
        state = state.mapped(by: Matrix3.outer(along, along) * stretch + Matrix3.outer(across, across) * cosine)
        state.position = origin + along * (range * cosine) + frame.up * upward
        state.velocity =
            along * (state.velocity.dot(along) * stretch) + across * (state.velocity.dot(across) * cosine)
        // Level flight does not move straight in the plane: the higher above the radar, the less its speed is known.
        let bent = (1 - cosine) * state.velocity.length
        state.velocityBlock =
            state.velocityBlock + (Matrix3.identity - Matrix3.outer(frame.up, frame.up)) * (bent * bent)
        let lift = frame.up - along * (sine * stretch)
        state.positionBlock = state.positionBlock + Matrix3.outer(lift, lift) * (sigma * sigma)
        state.velocityBlock =
            state.velocityBlock + Matrix3.outer(frame.up, frame.up) * (verticalSigma * verticalSigma)
    }

    /// Puts a state in the plane where objects of unknown height z lie on average: nearer by r - sqrt(r^2 - z^2),
    /// about z^2 / 2r, and uncertain by as much as that varies: E z^2 = m^2 + s^2, var z^2 = 2 s^4 + 4 m^2 s^2.
    func shorten(_ state: inout Gaussian, heightMean: Double, heightSigma: Double) {
        let relative = state.position - origin
        let level = relative - frame.up * relative.dot(frame.up)
        let range = max(level.length, 2 * (heightMean + heightSigma))
        let (square, variance) = (heightMean * heightMean, heightSigma * heightSigma)
        let along = level * (1 / max(level.length, 1))
        state.position -= along * ((square + variance) / (2 * range))
        state.positionBlock =
            state.positionBlock
            + Matrix3.outer(along, along) * ((2 * variance * variance + 4 * square * variance) / (4 * range * range))
    }

    /// A state of any height as it would look in the plane.
    func project(_ state: Gaussian) -> Gaussian {
        let relative = state.position - origin
        let upward = relative.dot(frame.up)
        let level = relative - frame.up * upward
        let ground = max(level.length, 1)
        let range = (ground * ground + upward * upward).squareRoot()
        let along = level * (1 / ground)
        let across = frame.across(along)
        let line = (relative * (1 / range))
        let stretch = min(range / ground, 3)
        // Radial: as the range changes; across: as the azimuth changes, at the range instead of the ground distance.
        var result = state.mapped(by: Matrix3.outer(along, line) + Matrix3.outer(across, across) * stretch)
        result.position = origin + along * range
        result.velocity = along * state.velocity.dot(line) + across * (state.velocity.dot(across) * stretch)
        return result
    }
}

extension LocalFrame {
    /// The horizontal unit vector to the right of the horizontal unit vector `along`.
    fileprivate func across(_ along: SIMD4<Double>) -> SIMD4<Double> {
        east * along.dot(north) - north * along.dot(east)
    }
}

extension Gaussian {
    /// The covariance of the state under a linear map of the position and the same of the velocity; the mean stays.
    fileprivate func mapped(by map: Matrix3) -> Gaussian {
        let transposed = map.transposed
        var result = self
        result.positionBlock = map * positionBlock * transposed
        result.crossBlock = map * crossBlock * transposed
        result.velocityBlock = map * velocityBlock * transposed
        return result
    }
}
