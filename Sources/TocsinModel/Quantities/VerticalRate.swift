/// A rate of climb, positive upwards. Stored in meters per second.
public struct VerticalRate: Hashable, Comparable, Sendable, Codable {
    public var metersPerSecond: Double
    public init(metersPerSecond: Double) { self.metersPerSecond = metersPerSecond }
    public init(feetPerMinute: Double) { self.init(metersPerSecond: feetPerMinute * 0.304_8 / 60) }
    public var feetPerMinute: Double { metersPerSecond * 60 / 0.304_8 }
    public static func < (left: VerticalRate, right: VerticalRate) -> Bool {
        left.metersPerSecond < right.metersPerSecond
    }
}
