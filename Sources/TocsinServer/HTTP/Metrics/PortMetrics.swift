internal import Metrics

/// What the port counts of itself.
struct PortMetrics: Sendable {
    let registry: MetricsRegistry
    let readersCut: Counter
    let subscribersCut: Counter
    let subscribers: Meter

    init(registry: MetricsRegistry) {
        self.registry = registry
        registry.describe("tocsin_http_requests_total", "Answers by route, method and status.")
        registry.describe("tocsin_http_request_duration_seconds", "From the end of the head to the answer, by route.")
        registry.describe("tocsin_http_refused_total", "Connections closed before a request reached a route.")
        registry.describe("tocsin_http_readers_cut_total", "Connections closed because the reader took nothing.")
        registry.describe("tocsin_stream_subscribers", "Open event streams.")
        registry.describe("tocsin_stream_subscribers_cut_total", "Event streams closed because too much waited.")
        readersCut = Counter(label: "tocsin_http_readers_cut_total", factory: registry)
        subscribersCut = Counter(label: "tocsin_stream_subscribers_cut_total", factory: registry)
        subscribers = Meter(label: "tocsin_stream_subscribers", factory: registry)
    }

    func answered(route: String, method: String, status: Int, after duration: Duration) {
        let labels = [("route", route), ("method", method), ("status", String(status))]
        Counter(label: "tocsin_http_requests_total", dimensions: labels, factory: registry).increment()
        Metrics.Timer(
            label: "tocsin_http_request_duration_seconds", dimensions: [("route", route)], factory: registry
        ).recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }

    func refused(_ problem: Problem) {
        let labels = [("problem", problem.name)]
        Counter(label: "tocsin_http_refused_total", dimensions: labels, factory: registry).increment()
    }
}
