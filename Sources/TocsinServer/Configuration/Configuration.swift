package import Foundation
package import TocsinAreas
package import TocsinFeeds
package import TocsinFormats
package import TocsinForecast
package import TocsinModel
package import TocsinTracking
package import TocsinWarning

/// What an operator decides before the start. Read from one YAML file by ``Configuration/read(_:)``.
package struct Configuration: Sendable {
    package var system: String
    package var exercise: Bool
    package var http: HTTP
    package var journalDirectory: URL
    /// Seconds shown per real second.
    package var clockRate: Double
    package var feeds: [Feed]
    package var sensors: [SensorSettings]
    package var areas: [Area]
    /// What was mended in the file of areas.
    package var areaNotices: [AreaNotice]
    package var tracking: TrackingSettings
    package var forecast: ForecastSettings
    package var warning: WarningSettings
    package var issuer: CAPIssuer

    package struct HTTP: Sendable {
        package var host: String
        package var port: Int
        package var assets: URL?
        package var limits: HTTPLimits
    }

    package struct Feed: Hashable, Sendable {
        package var name: String
        package var format: WireFormat
        package var source: FeedSource
        package var exercise: Bool
        package var sensor: SensorID?
        package var editions: [AsterixEditionPin]
    }

    /// Recordings have their own time: with any of them, or at another pace, the clock shows that and not UTC.
    package var clockMode: WallClock.Mode {
        clockRate != 1 || feeds.contains { $0.source.isRecording } ? .scenario : .live
    }

    /// Reads the file at `url` and all files that it names.
    /// - Throws: Every mistake, those of single values in the order of the file, then those between them.
    package static func read(_ url: URL) throws(ConfigurationProblems) -> Configuration {
        var builder = ConfigurationBuilder(directory: url.deletingLastPathComponent())
        guard let configuration = builder.build(url), builder.problems.isEmpty else {
            throw ConfigurationProblems(problems: builder.problems)
        }
        return configuration
    }
}
