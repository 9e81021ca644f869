internal import NIOCore
internal import TocsinDecoders
internal import TocsinModel

/// Cuts the bytes of one connection into frames.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private var framer: StreamFramer
    private let intake: FeedIntake
    private var droppedBytes = 0

    init(format: WireFormat, intake: FeedIntake) {
        framer = StreamFramer(format: format)
        self.intake = intake
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for frame in framer.append(Array(unwrapInboundIn(data).readableBytesView)) { intake.offer(frame) }
        countDropped()
    }

    func channelInactive(context: ChannelHandlerContext) {
        for case .frame(let frame, _) in framer.finish() { intake.offer(frame) }
        countDropped()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func countDropped() {
        guard framer.droppedBytes > droppedBytes else { return }
        intake.skip(bytes: framer.droppedBytes - droppedBytes)
        droppedBytes = framer.droppedBytes
    }
}
