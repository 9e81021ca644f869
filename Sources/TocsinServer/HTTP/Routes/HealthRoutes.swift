internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TocsinFeeds
internal import TocsinModel

/// How the server itself does. Feeds are shown by number and state: their names may tell where sensors are.
struct HealthRoutes: Sendable {
    let conductor: Conductor
    let scrape: Scrape

    func all() -> [Route] {
        [
            Route(method: .get, template: "/healthz", access: .anyone) { _ in
                RouteRequest.answerNow("{\"status\":\"alive\"}".utf8)
            },
            Route(method: .get, template: "/readyz", access: .anyone) { _ in await ready() },
            Route(method: .get, template: "/metrics", access: .anyone) { _ in
                RouteRequest.answerNow(
                    await scrape.text().utf8, contentType: "text/plain; version=0.0.4; charset=utf-8")
            },
        ]
    }

    private func ready() async -> Response {
        let snapshot = await conductor.snapshot()
        let health = snapshot.health
        let isStarting = health.feeds.contains { $0.state == .starting }
        var line = JSONLine()
        line.field("status", isStarting ? "starting" : health.isGood ? "ready" : "degraded")
        line.field("at", snapshot.at.iso8601)
        line.field("covered", snapshot.covered)
        line.beginObject("journal")
        line.field("status", health.journalProblem == nil ? "healthy" : "degraded")
        line.field("problem", health.journalProblem?.printable)
        line.field("recordsLost", Int(clamping: health.journalRecordsLost))
        line.endObject()
        line.beginObject("clock")
        line.field("trusted", health.clockTrusted)
        line.field("offsetSeconds", health.clockOffsetSeconds)
        line.endObject()
        line.beginObject("feeds")
        for (number, feed) in health.feeds.enumerated() { line.field(String(number), feed.state.word) }
        line.endObject()
        var response = RouteRequest.answerNow(line.finish())
        if isStarting { response.status = .serviceUnavailable }
        return response
    }
}

extension FeedHealth.State {
    /// The state without its cause.
    var word: String {
        switch self {
        case .starting: "starting"
        case .running: "running"
        case .disconnected: "disconnected"
        case .finished: "finished"
        case .failed: "failed"
        }
    }
}
