internal import RealModule

/// East and north meters around an origin: the azimuthal equidistant projection on a sphere whose radius is
/// the ellipsoid's Gaussian radius of curvature at the origin. Distances and bearings from the origin are
/// right to 0.1 % within 500 km.
public struct LocalPlane: Hashable, Sendable, Codable {
    public let origin: GeoPoint
    private let radiusMeters: Double
    private let sineOfLatitude: Double
    private let cosineOfLatitude: Double

    public init(origin: GeoPoint) {
        self.origin = origin
        let latitude = origin.latitudeDegrees * .pi / 180
        sineOfLatitude = Double.sin(latitude)
        cosineOfLatitude = Double.cos(latitude)
        let eccentricitySquared = EarthFixed.eccentricitySquared
        let denominator = 1 - eccentricitySquared * sineOfLatitude * sineOfLatitude
        // Gaussian radius: the geometric mean of the meridian and prime vertical radii.
        radiusMeters = EarthFixed.semiMajorAxisMeters * (1 - eccentricitySquared).squareRoot() / denominator
    }

    /// East and north of the origin, in meters.
    public func project(_ point: GeoPoint) -> PlanePoint {
        let latitude = point.latitudeDegrees * .pi / 180
        let longitude = (point.longitudeDegrees - origin.longitudeDegrees) * .pi / 180
        let sine = Double.sin(latitude)
        let cosine = Double.cos(latitude)
        let x = cosine * Double.sin(longitude)
        let y = cosineOfLatitude * sine - sineOfLatitude * cosine * Double.cos(longitude)
        let z = sineOfLatitude * sine + cosineOfLatitude * cosine * Double.cos(longitude)
        let across = (x * x + y * y).squareRoot()
        guard across > 1e-15 else { return PlanePoint(east: 0, north: 0) }
        let scale = radiusMeters * Double.atan2(y: across, x: z) / across
        return PlanePoint(east: x * scale, north: y * scale)
    }

    /// The inverse of ``project(_:)``.
    public func unproject(_ point: PlanePoint) -> GeoPoint {
        let distance = (point.east * point.east + point.north * point.north).squareRoot()
        guard distance > 1e-9 else { return origin }
        let angle = distance / radiusMeters
        let sine = Double.sin(angle)
        let cosine = Double.cos(angle)
        let latitude = Double.asin(
            max(-1, min(1, cosine * sineOfLatitude + point.north * sine * cosineOfLatitude / distance)))
        let longitude = Double.atan2(
            y: point.east * sine,
            x: distance * cosineOfLatitude * cosine - point.north * sineOfLatitude * sine)
        let wrapped = origin.longitudeDegrees + longitude * 180 / .pi
        return GeoPoint(
            latitudeDegrees: latitude * 180 / .pi,
            longitudeDegrees: wrapped > 180 ? wrapped - 360 : (wrapped < -180 ? wrapped + 360 : wrapped))
    }
}

/// A point or vector of a ``LocalPlane``. Meters (or meters per second).
public struct PlanePoint: Hashable, Sendable, Codable {
    public var east: Double
    public var north: Double
    public init(east: Double, north: Double) {
        self.east = east
        self.north = north
    }
}
