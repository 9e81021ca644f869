import Foundation
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing
import TocsinFeeds
import TocsinModel

/// Feeds over sockets of this machine, on ports that the system chooses.
@Suite(.timeLimit(.minutes(1))) struct FeedTests {
    /// Where a feed's frames go in a test.
    private struct Taken: Sendable {
        let frames: AsyncStream<[UInt8]>
        let take: FrameTaker

        init() {
            let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
            frames = stream
            take = { continuation.yield($0) }
        }

        func first(_ count: Int) async -> [String] {
            var lines: [String] = []
            for await frame in frames {
                lines.append(String(decoding: frame, as: UTF8.self))
                if lines.count == count { break }
            }
            return lines
        }
    }

    /// Runs `feed` while `body` does, and lets it stop gracefully.
    private func run(_ feed: any FeedService, while body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await feed.run() }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func send(_ text: String, to port: Int) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text))
        try await channel.close()
    }

    @Test func datagramsAreFrames() async throws {
        let taken = Taken()
        let intake = FeedIntake(name: "udp")
        let feed = try await UDPFeed.open(
            intake: intake, host: "127.0.0.1", port: 0, group: nil, interface: nil, take: taken.take)
        try await run(feed) {
            let sender = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: feed.port)
            for text in ["one", "two"] {
                try await sender.writeAndFlush(
                    AddressedEnvelope(remoteAddress: address, data: ByteBuffer(string: text)))
            }
            #expect(await taken.first(2) == ["one", "two"])
            try await sender.close()
        }
    }

    /// A network device that can carry multicast; the loopback device cannot.
    private static let multicastDevice = try? System.enumerateDevices()
        .first { $0.multicastSupported && $0.address?.protocol == .inet }

    @Test(.enabled(if: multicastDevice != nil, "no network device carries multicast"))
    func multicastGroupsAreJoined() async throws {
        let taken = Taken()
        let device = try #require(Self.multicastDevice)
        let feed = try await UDPFeed.open(
            intake: FeedIntake(name: "group"), host: "0.0.0.0", port: 0, group: "239.255.77.1",
            interface: device.name, take: taken.take)
        try await run(feed) {
            // A time to live of 0 keeps the datagram on this machine.
            let sender = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.ip_multicast_ttl), value: 0)
                .bind(host: try #require(device.address?.ipAddress), port: 0).get()
            let address = try SocketAddress(ipAddress: "239.255.77.1", port: feed.port)
            try await sender.writeAndFlush(
                AddressedEnvelope(remoteAddress: address, data: ByteBuffer(string: "to all")))
            #expect(await taken.first(1) == ["to all"])
            try await sender.close()
        }
    }

    @Test func anUnknownDeviceIsToldWithTheFeed() async {
        await #expect(throws: FeedError.cannotJoin(feed: "a", group: "239.255.77.1", cause: "no device nix")) {
            _ = try await UDPFeed.open(
                intake: FeedIntake(name: "a"), host: "0.0.0.0", port: 0, group: "239.255.77.1", interface: "nix",
                take: { _ in })
        }
    }

    @Test func aTakenPortIsToldWithTheFeed() async throws {
        let first = try await UDPFeed.open(
            intake: FeedIntake(name: "a"), host: "127.0.0.1", port: 0, group: nil, interface: nil, take: { _ in })
        await #expect(throws: FeedError.portTaken(feed: "b", host: "127.0.0.1", port: first.port)) {
            _ = try await UDPFeed.open(
                intake: FeedIntake(name: "b"), host: "127.0.0.1", port: first.port, group: nil, interface: nil,
                take: { _ in })
        }
        try await run(first) {}
    }

    @Test func streamsOfSeveralSendersAreCutIntoFrames() async throws {
        let taken = Taken()
        let feed = try await TCPServerFeed.open(
            intake: FeedIntake(name: "server"), format: .reports, host: "127.0.0.1", port: 0, take: taken.take)
        try await run(feed) {
            try await send("one\ntwo\nthr", to: feed.port)
            #expect(await taken.first(3) == ["one", "two", "thr"])
            try await send("four\n", to: feed.port)
            #expect(await taken.first(1) == ["four"])
        }
    }

    @Test func aClientConnectsAgainWhenTheSenderReturns() async throws {
        let taken = Taken()
        let sender = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(OneLineSender())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(sender.localAddress?.port)
        let feed = TCPClientFeed(
            intake: FeedIntake(name: "client"), format: .reports, host: "127.0.0.1", port: port, take: taken.take)
        try await run(feed) {
            #expect(await taken.first(3) == ["line", "line", "line"])
        }
        try await sender.close()
    }

    @Test func aFullQueueDropsTheOldestAndSaysSo() async {
        let intake = FeedIntake(name: "full", framesMaximum: 3)
        intake.change(to: .running)
        for number in UInt8(1)...5 { intake.offer([number]) }
        intake.finish()
        var kept: [[UInt8]] = []
        for await frame in intake.frames { kept.append(frame) }
        #expect(kept == [[3], [4], [5]])
        #expect(intake.health.dropped == 2)
        #expect(intake.health.isDegraded)
    }

    @Test func aRecordingIsPacedAndGoesOnBehindWhatWasTaken() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try Data("{\"time\":1}\n{\"time\":2}\n{\"time\":3}\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let taken = Taken()
        let (due, dueTimes) = AsyncStream.makeStream(of: Instant.self)
        let feed = FileFeed(
            intake: FeedIntake(name: "file"), path: file.path, format: .reports, timeShift: .seconds(100),
            framesTaken: 1, pace: { dueTimes.yield($0) }, take: taken.take)
        try await run(feed) {
            #expect(await taken.first(2) == ["{\"time\":2}", "{\"time\":3}"])
        }
        var times = due.makeAsyncIterator()
        #expect(await times.next()?.secondsSinceEpoch == 102)
        #expect(await times.next()?.secondsSinceEpoch == 103)
    }
}

/// Each connection brings one line and ends.
private final class OneLineSender: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    func channelActive(context: ChannelHandlerContext) {
        context.channel.writeAndFlush(ByteBuffer(string: "line\n")).whenComplete { [channel = context.channel] _ in
            channel.close(promise: nil)
        }
    }
}
