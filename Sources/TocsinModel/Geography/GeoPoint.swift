internal import RealModule

/// A place on the WGS-84 ellipsoid. Degrees; latitude positive north, longitude positive east.
public struct GeoPoint: Hashable, Sendable, Codable {
    /// -90 ... 90.
    public var latitudeDegrees: Double
    /// -180 ... 180.
    public var longitudeDegrees: Double

    public init(latitudeDegrees: Double, longitudeDegrees: Double) {
        self.latitudeDegrees = latitudeDegrees
        self.longitudeDegrees = longitudeDegrees
    }

    /// Whether both coordinates are finite and inside their ranges.
    public var isValid: Bool {
        abs(latitudeDegrees) <= 90 && abs(longitudeDegrees) <= 180
    }

    /// The distance over a sphere of the mean earth radius 6,371,008.8 m (IUGG R1), by the haversine formula;
    /// within 0.6 % of the ellipsoid's.
    public func greatCircleDistance(to other: GeoPoint) -> Distance {
        let radians = Double.pi / 180
        let halfLatitude = Double.sin((other.latitudeDegrees - latitudeDegrees) * radians / 2)
        let halfLongitude = Double.sin((other.longitudeDegrees - longitudeDegrees) * radians / 2)
        let cosines = Double.cos(latitudeDegrees * radians) * Double.cos(other.latitudeDegrees * radians)
        let haversine = halfLatitude * halfLatitude + cosines * halfLongitude * halfLongitude
        return Distance(meters: 2 * 6_371_008.8 * Double.asin(min(1, haversine.squareRoot())))
    }
}
