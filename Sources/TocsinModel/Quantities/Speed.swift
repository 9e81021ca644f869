/// A rate of travel. Stored in meters per second.
public struct Speed: Hashable, Comparable, Sendable, Codable {
    public var metersPerSecond: Double
    public init(metersPerSecond: Double) { self.metersPerSecond = metersPerSecond }
    public init(knots: Double) { self.init(metersPerSecond: knots * 1_852 / 3_600) }
    public var knots: Double { metersPerSecond * 3_600 / 1_852 }
    public static func < (left: Speed, right: Speed) -> Bool { left.metersPerSecond < right.metersPerSecond }
}
