internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// The one port: pages, API, event streams, feeds of messages, health and metrics.
package struct HTTPService: Service {
    private let conductor: Conductor
    private let settings: HTTPSettings
    private let metrics: MetricsRegistry
    private let logger: Logger
    private let listening: (stream: AsyncStream<Int>, continuation: AsyncStream<Int>.Continuation)

    package init(
        conductor: Conductor, settings: HTTPSettings, metrics: MetricsRegistry = MetricsRegistry(),
        logger: Logger = Logger(label: "tocsin.http")
    ) {
        self.conductor = conductor
        self.settings = settings
        self.metrics = metrics
        self.logger = logger
        listening = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The port that is listened on, once it is; `nil` if that failed or the service has ended. For one caller.
    package func listeningPort() async -> Int? {
        for await port in listening.stream { return port }
        return nil
    }

    /// What is served, as `GET /v1/status` in ascending order: what the OpenAPI document must describe.
    package func servedRoutes() throws -> [String] {
        let publisher = Publisher(issuer: settings.issuer, areas: [])
        let portMetrics = PortMetrics(registry: MetricsRegistry())
        let hub = EventStreamHub(publisher: publisher, metrics: portMetrics, eventLoops: [])
        let port = Port(settings: settings, hub: hub, metrics: portMetrics)
        return try routes(port, publisher).map { "\($0.method.rawValue) \($0.template)" }.sorted()
    }

    /// Serves until the shutdown.
    /// - Throws: ``HTTPServiceError`` if the address can't be listened on.
    package func run() async throws {
        defer { listening.continuation.finish() }
        let group = MultiThreadedEventLoopGroup.singleton
        let portMetrics = PortMetrics(registry: metrics)
        let publisher = Publisher(issuer: settings.issuer, areas: conductor.identity.areas)
        let hub = EventStreamHub(publisher: publisher, metrics: portMetrics, eventLoops: group.makeIterator())
        // Before anybody can ask: a first answer without the warnings in force would be an all-clear.
        hub.take(.snapshot(await conductor.snapshot()))
        let port = Port(settings: settings, hub: hub, metrics: portMetrics)
        let application = try makeApplication(port, publisher)
        try await withThrowingDiscardingTaskGroup { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { await follow(hub) }
            tasks.addTask { await beat(hub) }
            do {
                try await application.run()
            } catch let error as IOError {
                throw HTTPServiceError.cannotListen(
                    host: settings.host, port: settings.port, cause: error.description)
            }
        }
    }

    private func makeApplication(_ port: Port, _ publisher: Publisher) throws -> Application<PortResponder> {
        let responder = PortResponder(port: port, routes: try routes(port, publisher), logger: logger)
        let continuation = listening.continuation
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: responder,
            server: HTTPServerBuilder { GuardedChannel(port: port, responder: $0) },
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), backlog: 4_096,
                availableConnectionsDelegate: .maximum(settings.limits.connectionsMaximum, logger: quiet)),
            onServerRunning: { channel in
                if let number = channel.localAddress?.port { continuation.yield(number) }
            }, logger: quiet)
    }

    private func routes(_ port: Port, _ publisher: Publisher) throws -> [Route] {
        let publications = Publications(conductor: conductor, publisher: publisher)
        return try PublicRoutes(
            conductor: conductor, port: port, files: StaticFiles(assets: settings.assets),
            publications: publications
        ).all() + OperatorRoutes(conductor: conductor).all()
            + ReportRoutes(conductor: conductor, port: port).all()
            + HealthRoutes(conductor: conductor, scrape: Scrape(conductor: conductor, registry: metrics)).all()
    }

    /// Hands on what the conductor says. Should this task ever be too slow, the conductor ends the
    /// subscription, and it goes on after the last event.
    private func follow(_ hub: EventStreamHub) async {
        var last = hub.lastEvent
        while !Task.isCancelled {
            for await event in await conductor.subscribe(after: last) {
                hub.take(event)
                last = hub.lastEvent
            }
            // The conductor has closed: nothing more will come until the shutdown that follows.
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Keeps the readers' clock, and tells every stream that it is alive as long as the conductor answers.
    private func beat(_ hub: EventStreamHub) async {
        let interval = min(Duration.seconds(1), settings.limits.heartbeatTime)
        var nextBeat = ContinuousClock.now
        while !Task.isCancelled {
            hub.setClock(to: await conductor.snapshot())
            if hub.hasOperators { hub.show(tracks: await conductor.tracks().document) }
            if nextBeat <= .now {
                hub.beat()
                nextBeat = .now + settings.limits.heartbeatTime
            }
            try? await Task.sleep(for: interval)
        }
    }
}

/// Why the port could not be opened.
package enum HTTPServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotListen(host: String, port: Int, cause: String)

    package var description: String {
        switch self {
        case .cannotListen(let host, let port, let cause): "cannot listen on \(host):\(port): \(cause)"
        }
    }
}
