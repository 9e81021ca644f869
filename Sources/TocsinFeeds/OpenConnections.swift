internal import NIOCore
internal import Synchronization

/// The connections that senders have made, so that they end with the feed.
final class OpenConnections: Sendable {
    /// More senders than one feed can sensibly have.
    static let maximum = 64
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    /// - Returns: Whether the connection may stay.
    func admit(_ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(channel)
        let admitted = channels.withLock { channels in
            guard channels.count < Self.maximum else { return false }
            channels[key] = channel
            return true
        }
        if admitted {
            channel.closeFuture.whenComplete { [self] _ in channels.withLock { $0[key] = nil } }
        }
        return admitted
    }

    func closeAll() {
        for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }
}
