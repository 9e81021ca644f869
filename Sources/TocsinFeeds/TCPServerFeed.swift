internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
package import TocsinModel

/// Waits for senders to connect, and cuts their streams into frames.
package struct TCPServerFeed: FeedService {
    package let intake: FeedIntake
    /// The port that is listened on.
    package let port: Int
    private let channel: any Channel
    private let connections: OpenConnections
    private let take: FrameTaker

    /// Listens from now on.
    package static func open(
        intake: FeedIntake, format: WireFormat, host: String, port: Int, take: @escaping FrameTaker
    ) async throws(FeedError) -> TCPServerFeed {
        let connections = OpenConnections()
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.so_keepalive), value: 1)
                .childChannelInitializer { channel in
                    guard connections.admit(channel) else { return channel.close() }
                    return channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations
                            .addHandler(StreamHandler(format: format, intake: intake))
                    }
                }
                .bind(host: host, port: port).get()
            intake.change(to: .running)
            return TCPServerFeed(
                intake: intake, port: channel.localAddress?.port ?? port, channel: channel, connections: connections,
                take: take)
        } catch {
            throw listening(feed: intake.name, host: host, port: port, failed: error)
        }
    }

    package func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await intake.forward(to: take)
        } onCancelOrGracefulShutdown: {
            channel.close(promise: nil)
            connections.closeAll()
            intake.finish()
        }
    }
}
