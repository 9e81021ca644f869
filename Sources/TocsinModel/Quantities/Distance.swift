/// A length. Stored in meters.
public struct Distance: Hashable, Comparable, Sendable, Codable {
    public var meters: Double
    public init(meters: Double) { self.meters = meters }
    public init(kilometers: Double) { self.init(meters: kilometers * 1_000) }
    /// International nautical miles of 1,852 m.
    public init(nauticalMiles: Double) { self.init(meters: nauticalMiles * 1_852) }
    public var nauticalMiles: Double { meters / 1_852 }
    public static func < (left: Distance, right: Distance) -> Bool { left.meters < right.meters }
}
