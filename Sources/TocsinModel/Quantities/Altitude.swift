/// Altitude by barometer against the standard pressure of 1013.25 hPa. Stored in meters; never mixed with
/// ``GeometricHeight``: on a day of low pressure the two differ by several hundred meters.
public struct PressureAltitude: Hashable, Comparable, Sendable, Codable {
    public var meters: Double
    public init(meters: Double) { self.meters = meters }
    public init(feet: Double) { self.init(meters: feet * 0.304_8) }
    public var feet: Double { meters / 0.304_8 }
    /// Hundreds of feet.
    public var flightLevel: Double { feet / 100 }
    public init(flightLevel: Double) { self.init(feet: flightLevel * 100) }
    public static func < (left: PressureAltitude, right: PressureAltitude) -> Bool { left.meters < right.meters }
}

/// Height above the WGS-84 ellipsoid. Stored in meters.
public struct GeometricHeight: Hashable, Comparable, Sendable, Codable {
    public var meters: Double
    public init(meters: Double) { self.meters = meters }
    public init(feet: Double) { self.init(meters: feet * 0.304_8) }
    public var feet: Double { meters / 0.304_8 }
    public static func < (left: GeometricHeight, right: GeometricHeight) -> Bool { left.meters < right.meters }
}
