internal import OrderedCollections
package import TocsinFeeds
package import TocsinFormats
package import TocsinJournal
package import TocsinModel
package import TocsinPipeline

/// The one place where inputs are accepted: stamps, records, steps, hands out. Between the stamp and the end of
/// the step nothing else happens, so that the journal's order is the order in which things were decided.
package actor Conductor {
    package nonisolated let identity: Identity
    private var situation: Situation
    private var clock: WallClock
    private var lastAcceptedAt: Instant
    private let journal: JournalWriter
    private let intakes: [FeedIntake]
    private var checkpointSequence: UInt64
    private var subscribers: OrderedDictionary<UInt64, AsyncStream<BoardEvent>.Continuation> = [:]
    private var subscriberNumber: UInt64 = 0

    /// Events that wait for a subscriber who does not read; with more it is ended, and may resume by event id.
    package static let subscriberBacklogMaximum = 1_024

    /// What does not change while the server runs.
    package struct Identity: Sendable {
        package var systemName: String
        package var exercise: Bool
        package var areas: [Area]
        package var sensors: [SensorSettings]
        package var feeds: [FeedSettings]
        /// The feed of reports that come by HTTP.
        package var reportFeed: FeedNumber

        package init(
            systemName: String, exercise: Bool, areas: [Area], sensors: [SensorSettings], feeds: [FeedSettings],
            reportFeed: FeedNumber
        ) {
            self.systemName = systemName
            self.exercise = exercise
            self.areas = areas
            self.sensors = sensors.sorted { $0.id < $1.id }
            self.feeds = feeds
            self.reportFeed = reportFeed
        }
    }

    /// - Parameters:
    ///   - situation: New, or as recovered.
    ///   - journal: Open, and standing at the last input of `situation`.
    ///   - intakes: The feeds, for their health.
    package init(
        identity: Identity, situation: Situation, clock: WallClock, journal: sending JournalWriter,
        intakes: [FeedIntake]
    ) {
        self.identity = identity
        self.situation = situation
        self.journal = journal
        self.intakes = intakes
        var clock = clock
        lastAcceptedAt = max(situation.acceptedAt ?? clock.read(.take()), clock.read(.take()))
        self.clock = clock
        checkpointSequence = situation.sequence
    }

    // MARK: In

    /// Takes one input: records it, decides, records what was decided, and hands it out.
    /// - Parameter payload: A frame must name one of the configured feeds.
    @discardableResult
    package func accept(_ payload: Input.Payload) -> Acceptance {
        let input = Input(sequence: situation.sequence + 1, acceptedAt: readClock(), payload: payload)
        journal.append(input)
        let step = situation.step(input)
        if let payload = step.outputsPayload { journal.append(outputsPayload: payload, of: input.sequence) }
        for event in step.events { publish(.warning(event)) }
        return Acceptance(sequence: input.sequence, acceptedAt: input.acceptedAt, outputs: step.outputs)
    }

    // MARK: Out

    package func snapshot() -> Snapshot {
        let now = readClock()
        return Snapshot(
            at: now, rate: clock.rate, systemName: identity.systemName, exercise: identity.exercise,
            covered: standings(at: now).contains { $0.state == .healthy }, warnings: situation.board.warnings,
            lastEvent: situation.board.lastEvent, health: health())
    }

    /// All tracks as predicted to now.
    package func tracks() -> TrackPicture {
        let now = readClock()
        return TrackPicture(at: now, tracks: situation.pipeline.tracks(at: now))
    }

    /// All that is believed now, and the time: for questions that are answered elsewhere.
    package func present() -> (pipeline: Pipeline, at: Instant) { (situation.pipeline, readClock()) }

    package func sensors() -> SensorPicture {
        let now = readClock()
        return SensorPicture(
            at: now, sensors: standings(at: now), uncoveredAreas: situation.pipeline.uncoveredAreas)
    }

    /// The kept events, oldest first.
    package func recentEvents() -> [WarningEvent] { situation.board.events }

    /// The kept events of one warning, by ascending revision; empty if there is none.
    package func history(of warning: WarningNumber) -> [WarningEvent] { situation.board.history(of: warning) }

    /// Follows the board from now on.
    ///
    /// - Parameter event: The last event that the subscriber has seen. What it missed comes first; if that is not
    ///   known any more, or `event` is `nil`, a snapshot comes first.
    /// - Returns: A stream that ends when the server stops, or when the subscriber reads too slowly.
    package func subscribe(after event: UInt64?) -> AsyncStream<BoardEvent> {
        let missed = event.flatMap { situation.board.events(after: $0) }
        let first = missed.map { $0.map(BoardEvent.warning) } ?? [.snapshot(snapshot())]
        let (stream, continuation) = AsyncStream.makeStream(
            of: BoardEvent.self,
            bufferingPolicy: .bufferingOldest(first.count + Self.subscriberBacklogMaximum))
        for event in first { continuation.yield(event) }
        subscriberNumber += 1
        subscribers[subscriberNumber] = continuation
        return stream
    }

    private func publish(_ event: BoardEvent) {
        for (number, continuation) in subscribers {
            if case .enqueued = continuation.yield(event) { continue }
            continuation.finish()
            subscribers[number] = nil
        }
    }

    /// Ends all subscriptions and the journal. Inputs that come later are not recorded.
    /// - Returns: The digest of all decisions.
    package func close() -> OutputDigest {
        for continuation in subscribers.values { continuation.finish() }
        subscribers = [:]
        journal.close()
        return situation.digest
    }

    // MARK: Checkpoints

    /// The situation to be kept, if at least `inputs` came since the last one that was.
    package func situation(after inputs: UInt64) -> Situation? {
        guard situation.sequence >= checkpointSequence + inputs else { return nil }
        return situation
    }

    /// Keeps an encoded situation.
    package func keep(_ checkpoint: Checkpoint) {
        checkpointSequence = checkpoint.sequence
        journal.writeCheckpoint(checkpoint)
    }

    // MARK: Time

    /// The conductor's time: never before that of the last input.
    package func readClock() -> Instant {
        lastAcceptedAt = max(lastAcceptedAt, clock.read(.take()))
        return lastAcceptedAt
    }

    /// How long to wait, on a wall clock, until the conductor's clock shows `instant`.
    package func wait(until instant: Instant) -> Duration { clock.wait(until: instant, from: .take()) }

    /// When a tick is due.
    package var nextDeadline: Instant? { situation.pipeline.nextDeadline }

    // MARK: Health

    private func standings(at now: Instant) -> [SensorStanding] {
        zip(identity.sensors, situation.pipeline.sensorHealth)
            .map { SensorStanding(settings: $0, health: $1, at: now) }
    }

    private func health() -> Health {
        var problem: String?
        if case .degraded(let cause, _) = journal.status { problem = cause }
        return Health(
            inputs: situation.sequence, feeds: intakes.map(\.health), journalProblem: problem,
            journalRecordsLost: journal.lostRecords,
            clockOffsetSeconds: clock.offsetSeconds, clockTrusted: clock.isTrusted,
            rejections: situation.board.rejectionTotals, notWarned: situation.board.notWarnedTotals,
            subscribers: subscribers.count)
    }
}
