internal import Hummingbird
internal import Synchronization
internal import TocsinFormats
internal import TocsinModel

/// The warnings as CAP messages: one for every change that is kept, encoded when it is asked for first.
final class Publications: Sendable {
    private struct Cache {
        var feed: (lastEvent: UInt64, text: StaticText)?
        var messages: [String: StaticText] = [:]
    }

    let publisher: Publisher
    private let conductor: Conductor
    private let cache = Mutex(Cache())

    /// Encoded messages kept: about 5 KiB each.
    private static let messagesMaximum = 2_000

    init(conductor: Conductor, publisher: Publisher) {
        self.conductor = conductor
        self.publisher = publisher
    }

    /// `GET /cap/feed.atom`.
    func feed(_ request: RouteRequest, lastEvent: UInt64) async throws -> Response {
        if let known = cache.withLock({ $0.feed }), known.lastEvent == lastEvent { return known.text.answer(request) }
        let events = await conductor.recentEvents()
        let updated: Instant
        if let last = events.last { updated = last.at } else { updated = await conductor.readClock() }
        let bytes = try publisher.feed(of: events.map(\.change), updated: updated)
        let text = StaticText(bytes, contentType: "\(AtomFeed.mediaType); charset=utf-8")
        cache.withLock { $0.feed = (events.last?.number ?? 0, text) }
        return text.answer(request)
    }

    /// `GET /cap/{id}.xml`. A message never changes once it is published.
    func message(_ request: RouteRequest) async throws -> Response {
        let identifier = request.values["id"] ?? ""
        if let known = cache.withLock({ $0.messages[identifier] }) { return known.answer(request) }
        guard let (number, revision) = publisher.revision(of: identifier) else { throw Problem.unknownPath }
        let history = await conductor.history(of: number).map(\.change)
        guard let index = history.firstIndex(where: { $0.warning.revision == revision }),
            let bytes = try publisher.message(history[index], after: Array(history[..<index]))
        else { throw Problem.notFound("No message of this identifier is kept.") }
        let text = StaticText(
            bytes, contentType: "\(CAPAlert.mediaType); charset=utf-8",
            cacheControl: "public, max-age=31536000, immutable")
        cache.withLock { cache in
            if cache.messages.count >= Self.messagesMaximum { cache.messages = [:] }
            cache.messages[identifier] = text
        }
        return text.answer(request)
    }
}
