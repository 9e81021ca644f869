internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Datagrams, unicast or multicast; each is one frame.
package struct UDPFeed: FeedService {
    package let intake: FeedIntake
    /// The port that is listened on.
    package let port: Int
    private let channel: any Channel
    private let take: FrameTaker

    /// Bytes that the system keeps for us while we are busy: about a second of 40 radars.
    private static let receiveBufferBytes: ChannelOptions.Types.SocketOption.Value = 4 << 20

    /// Listens from now on.
    package static func open(
        intake: FeedIntake, host: String, port: Int, group: String?, interface: String?, take: @escaping FrameTaker
    ) async throws(FeedError) -> UDPFeed {
        let channel: any Channel
        do {
            var bootstrap = DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.so_rcvbuf), value: receiveBufferBytes)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramHandler(intake: intake))
                    }
                }
            // Several programs may listen to a group; a port of our own is ours alone.
            if group != nil { bootstrap = bootstrap.channelOption(.socketOption(.so_reuseaddr), value: 1) }
            channel = try await bootstrap.bind(host: host, port: port).get()
        } catch {
            throw listening(feed: intake.name, host: host, port: port, failed: error)
        }
        if let group { try await join(group, interface: interface, channel: channel, feed: intake.name) }
        intake.change(to: .running)
        return UDPFeed(intake: intake, port: channel.localAddress?.port ?? port, channel: channel, take: take)
    }

    private static func join(
        _ group: String, interface: String?, channel: any Channel, feed: String
    ) async throws(FeedError) {
        do {
            let address = try SocketAddress(ipAddress: group, port: 0)
            let device = try interface.map { name in
                let device = try System.enumerateDevices().first {
                    // A device is listed once for each of its addresses.
                    $0.name == name && $0.address?.protocol == address.protocol
                }
                guard let device else {
                    throw FeedError.cannotJoin(feed: feed, group: group, cause: "no device \(name)")
                }
                return device
            }
            guard let multicast = channel as? any MulticastChannel else { return }
            try await multicast.joinGroup(address, device: device).get()
        } catch {
            try? await channel.close()
            if let error = error as? FeedError { throw error }
            throw FeedError.cannotJoin(feed: feed, group: group, cause: "\(error)")
        }
    }

    package func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await intake.forward(to: take)
        } onCancelOrGracefulShutdown: {
            channel.close(promise: nil)
            intake.finish()
        }
    }
}

/// Names what kept a feed from listening.
func listening(feed: String, host: String, port: Int, failed error: any Error) -> FeedError {
    if let error = error as? IOError, error.errnoCode == EADDRINUSE {
        return .portTaken(feed: feed, host: host, port: port)
    }
    return .cannotListen(feed: feed, host: host, port: port, cause: "\(error)")
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let intake: FeedIntake

    init(intake: FeedIntake) { self.intake = intake }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).data.readableBytesView)
        if !bytes.isEmpty { intake.offer(bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        intake.change(to: .failed(cause: "the socket was closed"))
    }
}
