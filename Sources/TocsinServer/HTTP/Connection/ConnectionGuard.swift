internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// Stands between the HTTP decoder and the framework: holds clients to the time limits, answers what is no
/// proper HTTP, and takes the event streams out of the framework's hands.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let port: Port
    private let outlet: SocketOutlet
    private var deadline: Scheduled<Void>?
    /// Requests whose answer is not complete.
    private var answersDue = 0
    /// Between the head and the end of a request.
    private var isReadingRequest = false
    /// A part of the next head has come.
    private var hasPartOfHead = false
    private var closesAfterAnswer = false
    private var isClosing = false
    private var streamRequest: HTTPRequestHead?
    private var subscriber: StreamSubscriber?

    init(port: Port, outlet: SocketOutlet) {
        self.port = port
        self.outlet = outlet
    }

    func handlerAdded(context: ChannelHandlerContext) {
        schedule(port.limits.headTime, context) { $0.refuse(.headTooSlow, $1) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        if let subscriber { port.hub.leave(subscriber, on: context.eventLoop) }
        subscriber = nil
        context.fireChannelInactive()
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // After a refusal, and beside a stream, nothing that a client sends has a meaning.
        guard !isClosing, subscriber == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): read(head, context, data)
        case .body: if streamRequest == nil { context.fireChannelRead(data) }
        case .end: readEnd(context, data)
        }
    }

    private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext, _ data: NIOAny) {
        isReadingRequest = true
        hasPartOfHead = false
        schedule(port.limits.bodyTime, context) { $0.refuse(.bodyTooSlow, $1) }
        // A stream behind answers that are still due is left to the framework, which refuses it.
        if head.method == .GET, answersDue == 0, StreamKind(uri: head.uri) != nil {
            streamRequest = head
            return
        }
        answersDue += 1
        context.fireChannelRead(data)
    }

    private func readEnd(_ context: ChannelHandlerContext, _ data: NIOAny) {
        isReadingRequest = false
        deadline?.cancel()
        if let streamRequest { return open(streamRequest, context) }
        if answersDue == 0 { awaitNext(context) }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Bytes came and no head was complete: from now on the rest has to come soon.
        if !isReadingRequest, !isClosing, subscriber == nil, !hasPartOfHead, answersDue == 0 {
            hasPartOfHead = true
            schedule(port.limits.headTime, context) { $0.refuse(.headTooSlow, $1) }
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.fireErrorCaught(error) }
        refuse(error as? HTTPParserError == .headerOverflow ? .headTooLarge : .notHTTP, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            if subscriber != nil { return context.close(promise: nil) }
            schedule(port.limits.shutdownTime, context) { $1.close(promise: nil) }
        case ChannelEvent.inputClosed where subscriber != nil:
            return context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing, subscriber == nil else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            closesAfterAnswer = closesAfterAnswer || head.headers[canonicalForm: "connection"].contains("close")
        case .body: break
        case .end:
            answersDue -= 1
            if closesAfterAnswer { return end(context, data, promise) }
            if answersDue == 0, !isReadingRequest { awaitNext(context) }
        }
        context.write(data, promise: promise)
    }

    private func end(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        isClosing = true
        context.writeAndFlush(data, promise: promise)
        linger(context)
    }

    // MARK: Streams

    private func open(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        streamRequest = nil
        guard let kind = StreamKind(uri: head.uri) else { return }
        guard port.settings.allows(kind.access, authorization: head.headers.first(name: "authorization")) else {
            return refuse(.unauthorized, context)
        }
        outlet.boundSystemBuffer(bytes: StreamSubscriber.systemBufferBytes)
        let subscriber = StreamSubscriber(
            kind: kind, outlet: outlet, heldBytesMaximum: port.limits.heldBytesMaximum)
        self.subscriber = subscriber
        let lastEvent = head.headers.first(name: "last-event-id").flatMap { UInt64($0) }
        port.hub.join(subscriber, after: lastEvent, on: context.eventLoop)
    }

    // MARK: Time

    private func awaitNext(_ context: ChannelHandlerContext) {
        if hasPartOfHead {
            schedule(port.limits.headTime, context) { $0.refuse(.headTooSlow, $1) }
        } else {
            schedule(port.limits.keepAliveTime, context) { $1.close(promise: nil) }
        }
    }

    private func schedule(
        _ time: Duration, _ context: ChannelHandlerContext,
        _ act: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { act(self, context) }
    }

    /// Answers with a problem where that is still possible, and closes.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        guard answersDue == 0 || (answersDue == 1 && isReadingRequest) else { return context.close(promise: nil) }
        port.metrics.refused(problem)
        let body = problem.body(instance: "")
        var fields = HTTPHeaders(SecurityFields.all.map { ($0.name, $0.value) })
        for field in problem.fields { fields.replaceOrAdd(name: field.name.rawName, value: field.value) }
        fields.replaceOrAdd(name: "Content-Type", value: "application/problem+json")
        fields.replaceOrAdd(name: "Content-Length", value: String(body.readableBytes))
        fields.replaceOrAdd(name: "Connection", value: "close")
        let status = HTTPResponseStatus(statusCode: problem.status.code, reasonPhrase: problem.status.reasonPhrase)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    /// Closes in two steps: a close with unread bytes would reset the connection before the answer is read.
    private func linger(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        schedule(.milliseconds(500), context) { $1.close(promise: nil) }
    }
}
