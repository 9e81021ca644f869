package import TocsinFeeds
package import TocsinModel
internal import TocsinPipeline

/// How everything stands at one moment, for the public and for health pages. Holds no tracks and no sensors.
package struct Snapshot: Sendable {
    package var at: Instant
    /// Seconds of `at` per second of a wall clock.
    package var rate: Double
    package var systemName: String
    /// The whole system runs as an exercise.
    package var exercise: Bool
    /// At least one configured sensor is heard as often as it should be; if not, a quiet sky means nothing.
    package var covered: Bool
    /// The last event of every warning in force, by ascending warning number.
    package var warnings: [WarningEvent]
    /// The number of the newest event; a stream that begins with this snapshot continues after it.
    package var lastEvent: UInt64
    package var health: Health
}

/// What operators must know of the server itself.
package struct Health: Sendable {
    package var inputs: UInt64
    package var feeds: [FeedHealth]
    /// `nil`: the journal is written as it should be. Otherwise why not.
    package var journalProblem: String?
    /// Records that could not be written since the start.
    package var journalRecordsLost: UInt64
    /// The machine's wall clock minus the conductor's, in seconds.
    package var clockOffsetSeconds: Double
    package var clockTrusted: Bool
    package var rejections: [(kind: Board.RejectionKind, count: UInt64)]
    package var notWarned: [(reason: NotWarnedReason, count: UInt64)]
    package var subscribers: Int

    /// Nothing is degraded.
    package var isGood: Bool { journalProblem == nil && clockTrusted && feeds.allSatisfy { !$0.isDegraded } }
}

/// All tracks as predicted at one moment. For signed-in operators only.
package struct TrackPicture: Sendable {
    package var at: Instant
    /// By ascending number.
    package var tracks: [Track]
}

/// The sensors and how they do. For signed-in operators only.
package struct SensorPicture: Sendable {
    package var at: Instant
    /// By ascending id.
    package var sensors: [SensorStanding]
    /// The areas that no sensor with instruments reaches that is heard: a quiet sky there means nothing.
    package var uncoveredAreas: [AreaID]
}

/// A configured sensor and how it does.
package struct SensorStanding: Sendable {
    package var settings: SensorSettings
    package var health: SensorHealth
    package var state: State

    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case healthy, silent, neverHeard
    }

    /// A sensor is silent after three of its intervals without a word.
    package init(settings: SensorSettings, health: SensorHealth, at now: Instant) {
        self.settings = settings
        self.health = health
        let isSilent = settings.isSilent(lastHeardAt: health.lastHeardAt, at: now)
        state = health.lastHeardAt == nil ? .neverHeard : (isSilent ? .silent : .healthy)
    }
}
