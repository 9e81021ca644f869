internal import NIOCore

/// The last handler before the socket: counts what is written, and cuts off a reader that takes nothing.
///
/// Without this a reader that stopped reading would hold its connection, and what waits for it, forever.
final class SocketOutlet: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let stallTime: TimeAmount
    private let onStall: () -> Void
    private var context: ChannelHandlerContext?
    private var writtenBytes = 0
    /// What had left for the system when it was looked at last, and when that was seen first.
    private var departed: (bytes: Int, since: NIODeadline)?
    private var check: Scheduled<Void>?

    /// - Parameter onStall: Called on the event loop before a stalled reader is cut off.
    init(stallTime: Duration, onStall: @escaping () -> Void) {
        self.stallTime = TimeAmount(stallTime)
        self.onStall = onStall
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        check?.cancel()
        self.context = nil
    }

    /// Bytes that wait in this process because the system does not take them.
    var heldBytes: Int {
        guard let context else { return 0 }
        return (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Writes past the HTTP encoder, so that many connections share one buffer.
    func send(_ buffer: ByteBuffer) {
        guard let context else { return }
        writtenBytes += buffer.readableBytes
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(buffer)), promise: nil)
        watch(context)
    }

    /// Closes the connection at once; what waits is dropped.
    func cut() { context?.close(promise: nil) }

    /// Bounds what the system holds for this connection. The system doubles it for its own accounting.
    func boundSystemBuffer(bytes: Int) {
        guard let context else { return }
        // A socket that can't be told keeps the system's own bound.
        try? context.channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: numericCast(bytes))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        writtenBytes += unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        watch(context)
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard check == nil else { return }
        let held = heldBytes
        guard held > 0 else { return }
        departed = (writtenBytes - held, .now())
        schedule(context)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        let half = TimeAmount.nanoseconds(stallTime.nanoseconds / 2)
        check = context.eventLoop.assumeIsolated().scheduleTask(in: half) { self.look() }
    }

    private func look() {
        check = nil
        guard let context, let last = departed else { return }
        let held = heldBytes
        guard held > 0 else { return departed = nil }
        if writtenBytes - held > last.bytes {
            departed = (writtenBytes - held, .now())
        } else if .now() - last.since >= stallTime {
            onStall()
            return cut()
        }
        schedule(context)
    }
}
