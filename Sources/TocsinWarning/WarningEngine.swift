package import TocsinModel

/// The state machines of all areas. Decides and explains; sends nothing.
package struct WarningEngine: Hashable, Sendable, Codable {
    private let settings: WarningSettings
    private let areas: [Area]

    package init(settings: WarningSettings, areas: [Area]) {
        self.settings = settings
        self.areas = areas
    }

    /// The warnings in force, by ascending number.
    package var warnings: [Warning] { [] }

    /// Takes the new forecasts of one track (all areas that it may reach; none means it reaches none).
    package mutating func take(_ forecasts: [Forecast], of track: Track, at now: Instant) -> [Output] { [] }

    /// Takes the end of a track and why it ended.
    package mutating func take(_ track: Track, endedFor reason: TrackEndReason, at now: Instant) -> [Output] { [] }

    /// Takes an operator's command.
    package mutating func take(_ command: OperatorCommand, at now: Instant) -> [Output] { [] }

    /// Lets holds elapse and warnings expire.
    package mutating func advance(to now: Instant) -> [Output] { [] }
}
