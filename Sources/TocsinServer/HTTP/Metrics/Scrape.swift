internal import Metrics
internal import Synchronization
internal import TocsinFeeds
internal import TocsinModel

/// What `/metrics` shows: what is counted as it happens, and how things stand when it is asked.
final class Scrape: Sendable {
    private let conductor: Conductor
    private let registry: MetricsRegistry
    private let last = Mutex<(text: String, at: ContinuousClock.Instant)?>(nil)
    /// Nobody who asks more often gets the conductor's attention for it.
    private static let leastInterval = Duration.seconds(1)

    init(conductor: Conductor, registry: MetricsRegistry) {
        self.conductor = conductor
        self.registry = registry
        let help = [
            ("tocsin_inputs_total", "Inputs accepted since the journal began."),
            ("tocsin_tracks", "Tracks by whether they are confirmed."),
            ("tocsin_warnings", "Warnings in force by stage."),
            ("tocsin_sensors", "Configured sensors by state."),
            ("tocsin_rejections_total", "Refused parts of inputs by feed and reason."),
            ("tocsin_not_warned_total", "Threats that did not raise a stage, by reason."),
            ("tocsin_feed_frames_total", "Frames handed on, by feed."),
            ("tocsin_feed_dropped_total", "Frames thrown away because they came too fast, by feed."),
            ("tocsin_feed_up", "1 while the feed runs or has finished."),
            ("tocsin_journal_healthy", "1 while the journal is written as it should be."),
            ("tocsin_journal_records_lost_total", "Records that could not be written."),
            ("tocsin_clock_offset_seconds", "The wall clock minus the conductor's clock."),
        ]
        for (name, line) in help { registry.describe(name, line) }
    }

    func text() async -> String {
        if let last = last.withLock({ $0 }), .now - last.at < Self.leastInterval { return last.text }
        let (snapshot, tracks, sensors) = await (conductor.snapshot(), conductor.tracks(), conductor.sensors())
        record(snapshot)
        record(snapshot.health)
        let confirmed = tracks.tracks.count { $0.isConfirmed }
        gauge("tocsin_tracks", Double(confirmed), [("confirmed", "true")])
        gauge("tocsin_tracks", Double(tracks.tracks.count - confirmed), [("confirmed", "false")])
        for state in SensorStanding.State.allCases {
            let count = sensors.sensors.count { $0.state == state }
            gauge("tocsin_sensors", Double(count), [("state", state.rawValue)])
        }
        let text = registry.exposition()
        last.withLock { $0 = (text, .now) }
        return text
    }

    private func record(_ snapshot: Snapshot) {
        for stage in WarningStage.allCases where stage != .quiet {
            let count = snapshot.warnings.count { $0.change.warning.stage == stage }
            gauge("tocsin_warnings", Double(count), [("stage", stage.rawValue)])
        }
    }

    private func record(_ health: Health) {
        total("tocsin_inputs_total", health.inputs)
        total("tocsin_journal_records_lost_total", health.journalRecordsLost)
        gauge("tocsin_journal_healthy", health.journalProblem == nil ? 1 : 0)
        gauge("tocsin_clock_offset_seconds", health.clockOffsetSeconds)
        for (kind, count) in health.rejections {
            total(
                "tocsin_rejections_total", count,
                [("feed", String(kind.feed.rawValue)), ("reason", kind.reason)])
        }
        for (reason, count) in health.notWarned {
            total("tocsin_not_warned_total", count, [("reason", reason.rawValue)])
        }
        for (number, feed) in health.feeds.enumerated() {
            let labels = [("feed", String(number))]
            total("tocsin_feed_frames_total", feed.frames, labels)
            total("tocsin_feed_dropped_total", feed.dropped, labels)
            gauge("tocsin_feed_up", feed.state == .running || feed.state == .finished ? 1 : 0, labels)
        }
    }

    private func gauge(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        Meter(label: name, dimensions: labels, factory: registry).set(value)
    }

    /// A counter that is kept elsewhere.
    private func total(_ name: String, _ value: UInt64, _ labels: [(String, String)] = []) {
        registry.set(total: name, labels: labels, to: Double(value))
    }
}
