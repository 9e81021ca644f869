import Foundation
import Logging
import ServiceLifecycle
import Testing
import TocsinForecast
import TocsinFormats
import TocsinJournal
import TocsinModel
import TocsinPipeline
import TocsinServer
import TocsinTracking
import TocsinWarning

/// A real port with a real conductor behind it, for one test.
struct HTTPTestServer: Sendable {
    let port: Int
    let conductor: Conductor
    let service: HTTPService
    let group: ServiceGroup

    static let operatorToken = "operator-secret"
    static let reporterToken = "reporter-secret"

    /// Runs `body` against a server with `changes` already decided, and shuts it down.
    static func run(
        limits: HTTPLimits = .standard, changes: [WarningChange] = [], areas: [Area] = [.town],
        assets: URL? = nil, rate: Double = 1, _ body: @escaping @Sendable (HTTPTestServer) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "tocsin-http-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let conductor = try makeConductor(directory, changes, areas, rate)
        let issuer = CAPIssuer(
            system: "test", sender: "test.example", senderName: "Test", languages: ["en"],
            baseURL: try #require(URL(string: "http://127.0.0.1:1/")), timeZone: .gmt)
        let service = HTTPService(
            conductor: conductor,
            settings: HTTPSettings(
                host: "127.0.0.1", port: 0, operatorToken: AccessToken(operatorToken),
                reporterToken: AccessToken(reporterToken), assets: assets, issuer: issuer, limits: limits))
        let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let group = ServiceGroup(services: [service], logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await service.listeningPort())
            let result: Result<Void, any Error>
            do {
                try await body(HTTPTestServer(port: port, conductor: conductor, service: service, group: group))
                result = .success(())
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
    }

    private static func makeConductor(
        _ directory: URL, _ changes: [WarningChange], _ areas: [Area], _ rate: Double
    ) throws -> Conductor {
        let feeds = [FeedSettings(name: "http", format: .reports, exercise: false, timeShift: .zero, sensor: nil)]
        let settings = PipelineSettings(
            feeds: feeds, sensors: [.microphone], areas: areas, tracking: .standard, forecast: .standard,
            warning: .standard)
        let now = try #require(Instant(iso8601: "2026-11-22T17:00:00Z"))
        return Conductor(
            identity: .init(
                systemName: "test", exercise: false, areas: areas, sensors: [.microphone], feeds: feeds,
                reportFeed: FeedNumber(0)),
            situation: try TocsinServer.Situation(settings: settings).having(decided: changes, at: now),
            clock: WallClock(mode: .scenario, rate: rate, start: now, reading: .take()),
            journal: try JournalWriter(directory: directory, header: []), intakes: [])
    }
}

extension TocsinServer.Situation {
    /// The same with these changes on its board, as a recovery would bring them back.
    fileprivate func having(decided changes: [WarningChange], at now: Instant) throws -> TocsinServer.Situation {
        var board = Board()
        _ = board.take(changes.map(Output.warning), at: now)
        let encoder = JSONEncoder()
        var object = try #require(
            JSONSerialization.jsonObject(with: encoder.encode(self)) as? [String: Any])
        object["board"] = try JSONSerialization.jsonObject(with: encoder.encode(board))
        return try JSONDecoder().decode(
            TocsinServer.Situation.self, from: JSONSerialization.data(withJSONObject: object))
    }
}

extension Area {
    static let town = Area(
        id: AreaID("ch-1"), names: [LocalizedName(language: "de", text: "Dorf <b>\u{202E}&\"x\"")],
        population: 5_000,
        polygon: GeoPolygon(vertices: [
            GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.4),
            GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.5),
            GeoPoint(latitudeDegrees: 47.0, longitudeDegrees: 7.5),
        ]), secondsToShelter: 90, protects: [.homes])
}

extension SensorSettings {
    static let microphone = SensorSettings(
        id: SensorID("mic-secret-017"), kind: .microphone,
        position: SensorPosition(
            point: GeoPoint(latitudeDegrees: 46.95, longitudeDegrees: 7.45), height: GeometricHeight(meters: 540)),
        range: Distance(meters: 5_000), interval: .seconds(10), asterixIdentifier: nil)
}

extension WarningChange {
    /// Revision `revision` of warning `number` for ``Area/town``.
    static func sample(_ number: UInt64, revision: UInt32 = 1, kind: Kind = .raised) -> WarningChange {
        let issued = Instant(nanosecondsSinceEpoch: 1_795_366_800_000_000_000)
        let changed = issued.advanced(bySeconds: Double(revision))
        return WarningChange(
            kind: kind, previousStage: .watch,
            warning: Warning(
                number: WarningNumber(number), revision: revision, area: AreaID("ch-1"), exercise: false,
                stage: kind == .ended ? .quiet : .takeShelter, reason: .threatWithinLead, issuedAt: issued,
                changedAt: changed, expiresAt: changed.advanced(bySeconds: 600),
                arrival: ArrivalTimes(
                    earliest: changed.advanced(bySeconds: 100), likely: changed.advanced(bySeconds: 200),
                    latest: changed.advanced(bySeconds: 300)),
                course: .coming, probability: 0.41, tracks: [TrackNumber(987_654_321)]))
    }
}
