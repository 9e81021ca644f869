internal import TocsinModel

/// How much and how long the port puts up with. TORTURE.md, rows 7 to 9.
package struct HTTPLimits: Hashable, Sendable {
    /// From the first byte of a request, or the opening of the connection, to the end of its head.
    package var headTime: Duration
    /// From the end of the head to the end of the body.
    package var bodyTime: Duration
    /// How long a connection may stay open between requests.
    package var keepAliveTime: Duration
    /// After this long without taking a byte that waits for it, a reader is cut off.
    package var stallTime: Duration
    /// Between two heartbeats of an event stream.
    package var heartbeatTime: Duration
    /// How long a shutdown waits for answers that are being sent.
    package var shutdownTime: Duration
    /// Connections at the same time; more wait in the system's backlog.
    package var connectionsMaximum: Int
    /// The request line and header fields together, and the longest of them.
    package var headBytesMaximum: Int
    package var fieldBytesMaximum: Int
    package var fieldsMaximum: Int
    package var bodyBytesMaximum: Int
    /// Events that may wait in memory for one subscriber, beside the snapshot it began with.
    package var heldBytesMaximum: Int
    /// Posts of one client address: the lasting rate per second, and how many at once.
    package var postsPerSecond: Double
    package var postsAtOnce: Double
    /// The same for reading. Generous: thousands of phones may share one address.
    package var readsPerSecond: Double
    package var readsAtOnce: Double

    package static let standard = HTTPLimits(
        headTime: .seconds(8), bodyTime: .seconds(10), keepAliveTime: .seconds(75), stallTime: .seconds(6),
        heartbeatTime: .seconds(5), shutdownTime: .seconds(1), connectionsMaximum: 15_000,
        headBytesMaximum: 16 << 10, fieldBytesMaximum: 8 << 10, fieldsMaximum: 100,
        bodyBytesMaximum: Limits.bytesPerReportBatch, heldBytesMaximum: 1 << 20, postsPerSecond: 2_500,
        postsAtOnce: 5_000, readsPerSecond: 2_000, readsAtOnce: 10_000)
}
