/// What decides how reports become tracks. Defaults and their sources stand in the configuration.
public struct TrackingSettings: Hashable, Sendable, Codable {
    public init() {}

    public static let standard = TrackingSettings()
}
