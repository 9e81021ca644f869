internal import RealModule
internal import TocsinModel

/// East, north and up at a place, as unit vectors of the Earth-centred Earth-fixed frame.
///
/// Up is the normal of the WGS-84 ellipsoid through the place, taken from the gradient (x/a^2, y/a^2, z/b^2):
/// exact on the ellipsoid, within 0.04 mrad at 20 km height.
struct LocalFrame: Hashable, Sendable {
    let east: SIMD4<Double>
    let north: SIMD4<Double>
    let up: SIMD4<Double>

    init(at position: SIMD4<Double>) {
        let up = Self.up(at: position)
        let horizontal = (up.x * up.x + up.y * up.y).squareRoot()
        let east: SIMD4<Double> =
            horizontal > 1e-12 ? SIMD4(-up.y / horizontal, up.x / horizontal, 0, 0) : SIMD4(0, 1, 0, 0)
        self.up = up
        self.east = east
        north = SIMD4(
            up.y * east.z - up.z * east.y, up.z * east.x - up.x * east.z, up.x * east.y - up.y * east.x, 0)
    }

    static func up(at position: SIMD4<Double>) -> SIMD4<Double> {
        let axis = EarthFixed.semiMajorAxisMeters
        let minor = axis * (1 - EarthFixed.flattening)
        let ratio = axis / minor
        let gradient = position * SIMD4<Double>(1, 1, ratio * ratio, 0)
        return gradient * (1 / gradient.length)
    }

    /// The height of `position` above the ellipsoid, meters: exact on a sphere, within 0.1 m up to 30 km here.
    static func height(of position: SIMD4<Double>) -> Double {
        let axis = EarthFixed.semiMajorAxisMeters
        let ratio = 1 / (1 - EarthFixed.flattening)
        let gradient = position * SIMD4<Double>(1, 1, ratio * ratio, 0)
        let level = position.dot(gradient).squareRoot() / axis
        return (level - 1) * level * axis * axis / gradient.length
    }

    /// The vector with these components, meters or meters per second.
    func vector(east eastward: Double, north northward: Double, up upward: Double) -> SIMD4<Double> {
        east * eastward + north * northward + up * upward
    }
}

extension SIMD4<Double> {
    init(_ point: GeoPoint, heightMeters: Double) {
        let fixed = EarthFixed(point, height: GeometricHeight(meters: heightMeters))
        self.init(fixed.x, fixed.y, fixed.z, 0)
    }

    init(_ sensor: SensorPosition) { self.init(sensor.point, heightMeters: sensor.height.meters) }

    /// Read as a position in the Earth-fixed frame.
    var geographic: (point: GeoPoint, height: GeometricHeight) { EarthFixed(x: x, y: y, z: z).geographic }
}
