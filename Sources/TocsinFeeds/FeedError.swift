/// Why a feed cannot start. Carries the feed's name.
package enum FeedError: Error, Hashable, Sendable, CustomStringConvertible {
    case portTaken(feed: String, host: String, port: Int)
    case cannotListen(feed: String, host: String, port: Int, cause: String)
    case cannotJoin(feed: String, group: String, cause: String)
    case cannotRead(feed: String, path: String, cause: String)
    /// The file has no frame with a time, so that nothing says when to replay it.
    case noTimes(feed: String, path: String)

    package var description: String {
        switch self {
        case .portTaken(let feed, let host, let port):
            "feed \(feed): port \(port) on \(host) is taken by another program"
        case .cannotListen(let feed, let host, let port, let cause):
            "feed \(feed): cannot listen on \(host) port \(port): \(cause)"
        case .cannotJoin(let feed, let group, let cause): "feed \(feed): cannot join group \(group): \(cause)"
        case .cannotRead(let feed, let path, let cause): "feed \(feed): cannot read \(path): \(cause)"
        case .noTimes(let feed, let path): "feed \(feed): \(path) holds no frame with a time"
        }
    }
}
