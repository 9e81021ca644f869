public import TocsinModel

/// Forecasts first passages of one track into the areas by deterministic quasi-random particles.
public struct Forecaster: Hashable, Sendable, Codable {
    private let settings: ForecastSettings
    private let areas: [Area]

    public init(settings: ForecastSettings, areas: [Area]) {
        self.settings = settings
        self.areas = areas
    }

    /// One forecast for every area that the track may reach within the horizon, by ascending area id.
    /// Cooperative and harmless tracks have none.
    public func forecasts(for track: Track, at now: Instant) -> [Forecast] { [] }
}
