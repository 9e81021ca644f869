internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import TocsinFeeds
package import TocsinFormats
package import TocsinJournal
internal import TocsinModel
internal import TocsinPipeline
internal import UnixSignals

/// Puts all parts together: journal, conductor, feeds, and the port.
package struct Server: Sendable {
    package let conductor: Conductor
    package let tokens: AccessTokens
    /// This is the first start: the tokens were made by it.
    package let tokensAreNew: Bool
    /// What was brought back from the journal; `nil`: it is new.
    package let recovery: RecoverySummary?
    private let http: HTTPService
    private let services: [any Service]

    /// The feed that is always there, behind those of the configuration.
    package static let reportFeedName = "http"

    package struct RecoverySummary: Sendable {
        package var lastSequence: UInt64
        package var inputsReplayed: Int
        package var warnings: Int
        package var tracks: Int
        package var seconds: Double
        package var problems: [JournalProblem]
    }

    /// Opens the journal and the ports.
    /// - Throws: ``ServerError``, `JournalError` or `FeedError`, each of which says in one line what to do about it.
    package static func open(_ configuration: Configuration) async throws -> Server {
        let start = ContinuousClock.now
        try await PortProbe.check(host: configuration.http.host, port: configuration.http.port)
        let recovered = try Recovered.open(configuration.journalDirectory)
        let clock = clock(for: configuration, recovered: recovered)
        let header =
            try recovered.map { try check($0, against: configuration, clock: clock) }
            ?? self.header(for: configuration, epoch: clock.start)
        let situation = recovered?.situation ?? Situation(settings: header.settings)
        let journal = try JournalWriter(directory: configuration.journalDirectory, header: header.bytes())
        if let last = recovered?.lastStep { journal.append(outputsPayload: last.outputsPayload, of: last.sequence) }
        let (tokens, tokensAreNew) = try AccessTokens.open(in: configuration.journalDirectory)
        let intakes = configuration.feeds.map { FeedIntake(name: $0.name) }
        let conductor = Conductor(
            identity: identity(of: configuration, settings: header.settings), situation: situation,
            clock: clock.clock, journal: journal, intakes: intakes)
        let builder = FeedBuilder(conductor: conductor, situation: situation, settings: header.settings.feeds)
        let feeds = try await builder.open(configuration.feeds, intakes: intakes)
        let http = HTTPService(
            conductor: conductor, settings: httpSettings(of: configuration, tokens: tokens), logger: silence)
        let services: [any Service] =
            [TickService(conductor: conductor), CheckpointService(conductor: conductor)] + feeds + [http]
        return Server(
            conductor: conductor, tokens: tokens, tokensAreNew: tokensAreNew,
            recovery: recovered.map { summary(of: $0, since: start) }, http: http, services: services)
    }

    /// What the parts would log, they also tell in health and metrics; standard error is for one clear line.
    private static let silence = Logger(label: "tocsin", factory: { _ in SwiftLogNoOpLogHandler() })

    /// The port that is listened on, once it is; `nil` if that failed. For one caller.
    package func listeningPort() async -> Int? { await http.listeningPort() }

    /// Runs until SIGTERM, SIGINT or the end of `duration`.
    /// - Returns: The digest of all decisions.
    package func run(for duration: Duration?) async throws -> OutputDigest {
        let timer = duration.map { TimerService(duration: $0) }
        let configurations = services.map {
            ServiceGroupConfiguration.ServiceConfiguration(
                service: $0, successTerminationBehavior: .ignore, failureTerminationBehavior: .gracefullyShutdownGroup)
        }
        let timers = [timer].compactMap { $0 }.map {
            ServiceGroupConfiguration.ServiceConfiguration(
                service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
        }
        var group = ServiceGroupConfiguration(
            services: configurations + timers, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Self.silence)
        group.maximumGracefulShutdownDuration = .milliseconds(1_500)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            _ = await conductor.close()
            throw error
        }
        return await conductor.close()
    }
}

extension Server {
    private static func summary(of recovered: Recovered, since start: ContinuousClock.Instant) -> RecoverySummary {
        RecoverySummary(
            lastSequence: recovered.situation.sequence, inputsReplayed: recovered.inputsReplayed,
            warnings: recovered.situation.board.warnings.count, tracks: recovered.situation.pipeline.tracks.count,
            seconds: start.duration(to: .now) / .seconds(1), problems: recovered.problems)
    }

    /// A new night begins now. Afterwards a recording goes on where it was, and live time is the wall's, but never
    /// before what was already accepted.
    private static func clock(
        for configuration: Configuration, recovered: Recovered?
    ) -> (clock: WallClock, start: Instant) {
        let reading = ClockReading.take()
        let start =
            switch configuration.clockMode {
            case .scenario: recovered?.lastAcceptedAt ?? reading.utc
            case .live: max(reading.utc, recovered?.lastAcceptedAt ?? reading.utc)
            }
        let clock = WallClock(
            mode: configuration.clockMode, rate: configuration.clockRate, start: start, reading: reading)
        return (clock, start)
    }

    /// - Returns: The header of the journal, which knows the shifts of the recordings.
    private static func check(
        _ recovered: Recovered, against configuration: Configuration, clock: (clock: WallClock, start: Instant)
    ) throws -> JournalHeader {
        let present = try header(for: configuration, epoch: clock.start)
        let differences = recovered.header.differences(from: present)
        guard differences.isEmpty else {
            throw ServerError.journalOfAnotherConfiguration(
                path: configuration.journalDirectory.path, differences: differences)
        }
        return recovered.header
    }

    private static func header(for configuration: Configuration, epoch: Instant) throws(FeedError) -> JournalHeader {
        var feeds: [FeedSettings] = []
        for feed in configuration.feeds {
            feeds.append(
                FeedSettings(
                    name: feed.name, format: feed.format, exercise: feed.exercise,
                    timeShift: try timeShift(of: feed, epoch: epoch), sensor: feed.sensor,
                    editions: feed.editions))
        }
        feeds.append(
            FeedSettings(
                name: reportFeedName, format: .reports, exercise: configuration.exercise, timeShift: .zero,
                sensor: nil))
        let settings = PipelineSettings(
            feeds: feeds, sensors: configuration.sensors, areas: configuration.areas,
            tracking: configuration.tracking, forecast: configuration.forecast, warning: configuration.warning)
        return JournalHeader(
            system: configuration.system, exercise: configuration.exercise, epoch: epoch, settings: settings)
    }

    private static func timeShift(of feed: Configuration.Feed, epoch: Instant) throws(FeedError) -> Duration {
        guard case .file(let path) = feed.source else { return .zero }
        let first = try FileFeed.firstTime(name: feed.name, path: path, format: feed.format)
        return .nanoseconds(epoch.nanosecondsSinceEpoch - first.nanosecondsSinceEpoch)
    }

    private static func httpSettings(of configuration: Configuration, tokens: AccessTokens) -> HTTPSettings {
        HTTPSettings(
            host: configuration.http.host, port: configuration.http.port,
            operatorToken: AccessToken(tokens.operatorToken), reporterToken: AccessToken(tokens.reporterToken),
            assets: configuration.http.assets, issuer: configuration.issuer, limits: configuration.http.limits)
    }

    private static func identity(
        of configuration: Configuration, settings: PipelineSettings
    ) -> Conductor.Identity {
        Conductor.Identity(
            systemName: configuration.system, exercise: configuration.exercise, areas: settings.areas,
            sensors: settings.sensors, feeds: settings.feeds,
            reportFeed: FeedNumber(UInt16(configuration.feeds.count)))
    }
}
