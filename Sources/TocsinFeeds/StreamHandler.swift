internal import NIOCore

internal import TocsinModel

/// Cuts the bytes of one connection into frames.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private var framer: StreamFramer
    private let intake: FeedIntake

    init(format: WireFormat, intake: FeedIntake) {
        framer = StreamFramer(format: format)
        self.intake = intake
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for frame in framer.append(Array(unwrapInboundIn(data).readableBytesView)) { intake.offer(frame) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
