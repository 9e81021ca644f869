import Foundation
import NIOCore
import NIOPosix

/// A connection on which a test writes and reads what it likes.
struct RawConnection: Sendable {
    let channel: any Channel
    private let incoming: AsyncStream<ByteBuffer>

    /// No test waits longer than this: the connection is closed and reading ends.
    static let patience = TimeAmount.seconds(20)

    static func open(_ port: Int, reads: Bool = true, receiveBufferBytes: Int? = nil) async throws -> RawConnection {
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(ChannelOptions.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation: continuation))
                }
            }
        if let receiveBufferBytes {
            bootstrap = bootstrap.channelOption(
                ChannelOptions.socketOption(.so_rcvbuf), value: numericCast(receiveBufferBytes))
        }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
        channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        return RawConnection(channel: channel, incoming: stream)
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    /// Reads until `isEnough` says so or the connection ends.
    func read(until isEnough: (String) -> Bool = { _ in false }) async -> String {
        var text = ""
        for await buffer in incoming {
            text += String(buffer: buffer)
            if isEnough(text) { break }
        }
        return text
    }

    func close() async throws { try await channel.close() }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<ByteBuffer>.Continuation

        init(continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

/// An answer, taken apart.
struct TestAnswer: Sendable {
    var status: Int
    var fields: [String: String]
    var body: String

    init(_ text: String) {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].components(separatedBy: "\r\n")
        status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        fields = Dictionary(
            lines.dropFirst().map { line in
                let pair = line.split(separator: ":", maxSplits: 1)
                return (pair[0].lowercased(), pair.count > 1 ? pair[1].trimmingCharacters(in: .whitespaces) : "")
            }, uniquingKeysWith: { first, _ in first })
        body = parts.count > 1 ? String(parts[1]) : ""
    }

    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }
}

extension HTTPTestServer {
    /// One request on a connection of its own.
    func ask(
        _ method: String, _ path: String, fields: [String: String] = [:], body: String? = nil
    ) async throws -> TestAnswer {
        let connection = try await RawConnection.open(port)
        var text = "\(method) \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.utf8.count)\r\n" }
        try await connection.send(text + "\r\n" + (body ?? ""))
        return TestAnswer(await connection.read())
    }

    func get(_ path: String, token: String? = nil) async throws -> TestAnswer {
        try await ask("GET", path, fields: token.map { ["Authorization": "Bearer \($0)"] } ?? [:])
    }

    func post(_ path: String, _ body: String, token: String = reporterToken) async throws -> TestAnswer {
        try await ask(
            "POST", path, fields: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
            body: body)
    }
}
