internal import RealModule

/// A vector in the Earth-centred, Earth-fixed frame of WGS-84 (x through 0 N 0 E, z through the north pole).
/// Meters for positions, meters per second for velocities.
public struct EarthFixed: Hashable, Sendable, Codable {
    public var x: Double
    public var y: Double
    public var z: Double

    public init(x: Double, y: Double, z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// WGS-84 semi-major axis, meters (NGA.STND.0036).
    public static let semiMajorAxisMeters = 6_378_137.0
    /// WGS-84 flattening, 1 / 298.257223563 (NGA.STND.0036).
    public static let flattening = 1 / 298.257_223_563
    static let eccentricitySquared = flattening * (2 - flattening)

    /// The position of `point` at `height` above the ellipsoid.
    public init(_ point: GeoPoint, height: GeometricHeight) {
        let latitude = point.latitudeDegrees * .pi / 180
        let longitude = point.longitudeDegrees * .pi / 180
        let sine = Double.sin(latitude)
        let cosine = Double.cos(latitude)
        let normal = Self.semiMajorAxisMeters / (1 - Self.eccentricitySquared * sine * sine).squareRoot()
        self.init(
            x: (normal + height.meters) * cosine * Double.cos(longitude),
            y: (normal + height.meters) * cosine * Double.sin(longitude),
            z: (normal * (1 - Self.eccentricitySquared) + height.meters) * sine)
    }

    /// The geographic place of this position: three turns of Bowring's iteration (1976), exact to below a
    /// nanometer within 100 km of the surface.
    public var geographic: (point: GeoPoint, height: GeometricHeight) {
        let axis = Self.semiMajorAxisMeters
        let minor = axis * (1 - Self.flattening)
        let secondEccentricitySquared = (axis * axis - minor * minor) / (minor * minor)
        let distance = (x * x + y * y).squareRoot()
        var reduced = Double.atan2(y: z * axis, x: distance * minor)
        var latitude = 0.0
        for _ in 0..<3 {
            let sine = Double.sin(reduced)
            let cosine = Double.cos(reduced)
            latitude = Double.atan2(
                y: z + secondEccentricitySquared * minor * sine * sine * sine,
                x: distance - Self.eccentricitySquared * axis * cosine * cosine * cosine)
            reduced = Double.atan2(y: minor * Double.sin(latitude), x: axis * Double.cos(latitude))
        }
        let sine = Double.sin(latitude)
        let normal = axis / (1 - Self.eccentricitySquared * sine * sine).squareRoot()
        let height = distance * Double.cos(latitude) + z * sine - axis * axis / normal
        let longitude = Double.atan2(y: y, x: x)
        return (
            GeoPoint(latitudeDegrees: latitude * 180 / .pi, longitudeDegrees: longitude * 180 / .pi),
            GeometricHeight(meters: height)
        )
    }
}
