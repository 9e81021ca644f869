internal import HummingbirdCore
internal import Logging
internal import Metrics
internal import NIOCore
internal import NIOHTTP1

/// The framework's HTTP/1 connection with our guard and outlet in its pipeline.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    let port: Port

    init(port: Port, responder: @escaping HTTPChannelHandler.Responder) {
        let limits = port.limits
        self.port = port
        base = HTTP1Channel(
            responder: responder,
            configuration: .init(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.fieldBytesMaximum, maxHeaderListSize: limits.headBytesMaximum,
                    maxHeaderFieldCount: limits.fieldsMaximum)))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { [port] value in
            let pipeline = channel.pipeline.syncOperations
            let outlet = SocketOutlet(stallTime: port.limits.stallTime) { port.metrics.readersCut.increment() }
            try pipeline.addHandler(outlet, position: .first)
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(ConnectionGuard(port: port, outlet: outlet), position: .after(decoder))
            return value
        }
    }

    func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
