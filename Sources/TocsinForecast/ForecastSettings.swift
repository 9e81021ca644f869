/// What decides how the future of a track is drawn. Defaults and their sources stand in the configuration.
public struct ForecastSettings: Hashable, Sendable, Codable {
    /// How far ahead arrivals are forecast. Seconds.
    public var horizonSeconds: Double
    /// How long a warning takes to reach people. Seconds. PHYSICS.md: 4 s cell broadcast, 1 s open stream.
    public var deliverySeconds: Double
    /// Added to every area's lead time. Seconds. RAID.md: 35 to 65.
    public var marginSeconds: Double

    public init(horizonSeconds: Double, deliverySeconds: Double, marginSeconds: Double) {
        self.horizonSeconds = horizonSeconds
        self.deliverySeconds = deliverySeconds
        self.marginSeconds = marginSeconds
    }

    public static let standard = ForecastSettings(horizonSeconds: 900, deliverySeconds: 5, marginSeconds: 35)
}
