/// What the handlers of one port share.
struct Port: Sendable {
    let settings: HTTPSettings
    let hub: EventStreamHub
    let metrics: PortMetrics

    var limits: HTTPLimits { settings.limits }
}
