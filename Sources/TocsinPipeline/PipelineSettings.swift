package import TocsinForecast
package import TocsinModel
package import TocsinTracking
package import TocsinWarning

/// Everything that decides what the pipeline decides. Recorded at the head of every journal.
package struct PipelineSettings: Hashable, Sendable, Codable {
    package var feeds: [FeedSettings]
    package var sensors: [SensorSettings]
    package var areas: [Area]
    package var tracking: TrackingSettings
    package var forecast: ForecastSettings
    package var warning: WarningSettings

    package init(
        feeds: [FeedSettings], sensors: [SensorSettings], areas: [Area], tracking: TrackingSettings,
        forecast: ForecastSettings, warning: WarningSettings
    ) {
        self.feeds = feeds
        self.sensors = sensors
        self.areas = areas
        self.tracking = tracking
        self.forecast = forecast
        self.warning = warning
    }
}
