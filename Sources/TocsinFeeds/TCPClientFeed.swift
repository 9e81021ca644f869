internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
package import TocsinModel

/// Connects to a sender, again and again if need be, and cuts its stream into frames.
package struct TCPClientFeed: FeedService {
    package let intake: FeedIntake
    private let format: WireFormat
    private let host: String
    private let port: Int
    private let take: FrameTaker

    /// Waits between attempts: this long after the first failure, then twice as long each time.
    static let waitMinimum = Duration.milliseconds(250)
    static let waitMaximum = Duration.seconds(15)

    package init(intake: FeedIntake, format: WireFormat, host: String, port: Int, take: @escaping FrameTaker) {
        self.intake = intake
        self.format = format
        self.host = host
        self.port = port
        self.take = take
    }

    package func run() async throws {
        await withTaskGroup { group in
            group.addTask { await intake.forward(to: take) }
            await cancelWhenGracefulShutdown { await keepConnected() }
            intake.finish()
            await group.waitForAll()
        }
    }

    private func keepConnected() async {
        var wait = Self.waitMinimum
        while !Task.isCancelled {
            do {
                let channel = try await connect()
                wait = Self.waitMinimum
                intake.change(to: .running)
                try await withTaskCancellationHandler {
                    try await channel.closeFuture.get()
                } onCancel: {
                    channel.close(promise: nil)
                }
                intake.change(to: .disconnected(cause: "the sender closed the connection"))
            } catch {
                intake.change(to: .disconnected(cause: "\(error)"))
            }
            // A little chance, so that many clients of one sender do not all come back at once.
            try? await Task.sleep(for: wait * Double.random(in: 0.8...1.2))
            wait = min(wait * 2, Self.waitMaximum)
        }
    }

    private func connect() async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { [format, intake] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StreamHandler(format: format, intake: intake))
                }
            }
            .connect(host: host, port: port).get()
    }
}
