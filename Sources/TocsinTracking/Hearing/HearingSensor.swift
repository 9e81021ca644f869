internal import RealModule
internal import TocsinModel

/// A microphone, camera or observer that reports directions, in the plane of its field.
struct HearingSensor: Hashable, Sendable, Codable {
    let id: SensorID
    let kind: SensorKind
    var ear: Ear
    /// Configured, meters.
    var range: Double
    let intervalSeconds: Double
    /// Since when it is alive without a break, seconds; ``never``: it is not.
    var aliveFrom = Self.never
    /// Up to when its looks are counted, seconds.
    var lookedAt = -Self.never
    /// The detection curve of its kind, in meters.
    var reach = 0.0
    var spread = 1.0
    var probability = 0.0

    static let never = 1e9

    mutating func take(_ curve: DetectionCurve) {
        reach = curve.reach * range
        spread = curve.spread * range
        probability = curve.probability
    }

    /// The probability that it senses an object that far away.
    @inline(__always)
    func detection(at distance: Double) -> Double { probability * Normal.cumulative((reach - distance) / spread) }

    /// Beyond, it senses practically nothing, meters.
    var farthest: Double { reach + 2.5 * spread }
}

/// A direction that some sensor reported.
struct HeardBearing: Hashable, Sendable, Codable {
    /// Position in the field's list of sensors.
    var sensor: Int
    /// Seconds of the field's time.
    var at: Double
    /// East and north, a unit vector.
    var direction: SIMD2<Double>
    /// Standard deviation, radians.
    var sigma: Double
    /// The probability that no followed track caused it.
    var free: Double
    /// The tick in which it was taken.
    var tick = 0
    /// Density of young tracks that are chosen already, and what that leaves of it.
    var explained = 0.0
    var left = 1.0

    /// A listener and a sound are no points, meters (assumption). Without it a track that passes a listener closely
    /// is known to a few meters by a few degrees, and is held there by whatever else that listener hears.
    private static let blur = 30.0

    /// Of the direction to an object at `distance` (meters), squared radians.
    @inline(__always)
    func variance(at distance: Double) -> Double {
        let blur = Self.blur / distance
        return sigma * sigma + blur * blur
    }
}

/// A plane that touches the earth at one place: places on the ground project along its normal. Within 500 km of
/// the place distances shrink by less than 0.4 %, which neither a bearing nor a learnt range can tell.
struct HearingPlane: Hashable, Sendable, Codable {
    private let origin: SIMD4<Double>
    private let east: SIMD4<Double>
    private let north: SIMD4<Double>
    private let up: SIMD4<Double>

    init(at position: SIMD4<Double>) {
        let frame = LocalFrame(at: position)
        origin = Self.ground(position)
        (east, north, up) = (frame.east, frame.north, frame.up)
    }

    private static func ground(_ position: SIMD4<Double>) -> SIMD4<Double> {
        position - LocalFrame.up(at: position) * LocalFrame.height(of: position)
    }

    func project(_ position: SIMD4<Double>) -> SIMD2<Double> {
        let step = Self.ground(position) - origin
        return SIMD2(step.dot(east), step.dot(north))
    }

    /// The direction of an azimuth (clockwise from true north, radians) at a place.
    func direction(azimuth: Double, at position: SIMD4<Double>) -> SIMD2<Double> {
        let frame = LocalFrame(at: position)
        let line = frame.east * Double.sin(azimuth) + frame.north * Double.cos(azimuth)
        let flat = SIMD2(line.dot(east), line.dot(north))
        return flat / (flat * flat).sum().squareRoot()
    }

    /// Meters from the origin in space.
    func distance(to position: SIMD4<Double>) -> Double { (position - origin).length }

    /// The state in space of an object at `height` above the ellipsoid (meters) with these vertical variances.
    func state(
        mean: SIMD4<Double>, covariance: PlaneMatrix, height: Double, heightVariance: Double, climbVariance: Double
    ) -> Gaussian {
        var position = origin + east * mean.x + north * mean.y
        for _ in 0..<3 {
            position += up * ((height - LocalFrame.height(of: position)) / up.dot(LocalFrame.up(at: position)))
        }
        let local = LocalFrame.up(at: position)
        // Level vectors over the axes of the plane.
        let eastward = east - up * (east.dot(local) / up.dot(local))
        let northward = north - up * (north.dot(local) / up.dot(local))
        func block(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Matrix3 {
            Matrix3.outer(eastward * a + northward * c, eastward)
                + Matrix3.outer(eastward * b + northward * d, northward)
        }
        let p = covariance
        return Gaussian(
            position: position, velocity: eastward * mean.z + northward * mean.w,
            positionBlock: block(p.first.x, p.first.y, p.first.y, p.second.y) + Matrix3.outer(local, local)
                * heightVariance,
            crossBlock: block(p.third.x, p.fourth.x, p.third.y, p.fourth.y),
            velocityBlock: block(p.third.z, p.third.w, p.third.w, p.fourth.w) + Matrix3.outer(local, local)
                * climbVariance)
    }
}
