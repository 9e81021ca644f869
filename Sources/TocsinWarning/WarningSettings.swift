/// What decides when an area is warned. Defaults and their sources stand in the configuration.
package struct WarningSettings: Hashable, Sendable, Codable {
    package init() {}

    package static let standard = WarningSettings()
}
