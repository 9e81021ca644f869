internal import Metrics
internal import NIOCore
internal import Synchronization

/// Hands every event to every open stream: encoded once, one buffer for all, one hop per event loop.
final class EventStreamHub: Sendable {
    /// The streams of one event loop.
    private struct Loop: Sendable {
        let eventLoop: any EventLoop
        let subscribers: NIOLoopBoundBox<[ObjectIdentifier: StreamSubscriber]>
    }

    private let publisher: Publisher
    private let metrics: PortMetrics
    private let board = Mutex(PublicBoard())
    private let loops: [ObjectIdentifier: Loop]
    private let operatorCount = Mutex(0)

    init(publisher: Publisher, metrics: PortMetrics, eventLoops: some Sequence<any EventLoop>) {
        self.publisher = publisher
        self.metrics = metrics
        loops = Dictionary(
            eventLoops.map { eventLoop in
                let box = NIOLoopBoundBox<[ObjectIdentifier: StreamSubscriber]>
                    .makeBoxSendingValue([:], eventLoop: eventLoop)
                return (ObjectIdentifier(eventLoop), Loop(eventLoop: eventLoop, subscribers: box))
            }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: From the conductor

    /// Takes what the conductor says, in its order, from one task.
    func take(_ event: BoardEvent) {
        switch event {
        case .snapshot(let snapshot):
            let beginning = board.withLock { board in
                board.take(snapshot, publisher: publisher)
                return board.beginning(after: nil)
            }
            forEachSubscriber { _ = $0.deliver(beginning, event: snapshot.lastEvent) }
        case .warning(let event):
            let text = board.withLock { $0.take(event, publisher: publisher) }
            let cut = metrics.subscribersCut
            forEachSubscriber { if !$0.deliver(text, event: event.number) { cut.increment() } }
        }
    }

    func setClock(to snapshot: Snapshot) { board.withLock { $0.setClock(to: snapshot) } }

    func beat() {
        let text = board.withLock { $0.heartbeat() }
        let cut = metrics.subscribersCut
        forEachSubscriber { if !$0.deliver(text) { cut.increment() } }
    }

    // MARK: To readers

    var warningsDocument: [UInt8] { board.withLock { $0.warningsDocument() } }
    var lastEvent: UInt64 { board.withLock { $0.lastEvent } }

    /// Whether anyone wants to see the tracks.
    var hasOperators: Bool { operatorCount.withLock { $0 } > 0 }

    /// Sends the body of `GET /v1/tracks` to the operators.
    func show(tracks document: [UInt8]) {
        let text = EventStream.event("tracks", id: nil, json: document)
        forEachSubscriber { if case .operation = $0.kind { $0.deliverPicture(text) } }
    }

    // MARK: Subscribers, on their event loops

    /// From here on `subscriber` gets everything, without gap and without repetition.
    func join(_ subscriber: StreamSubscriber, after event: UInt64?, on eventLoop: any EventLoop) {
        guard let loop = loops[ObjectIdentifier(eventLoop)] else { return }
        // An event that comes between the two lines is sent twice here and left out by its number there.
        loop.subscribers.value[ObjectIdentifier(subscriber)] = subscriber
        let (beginning, last) = board.withLock { ($0.beginning(after: event), $0.lastEvent) }
        subscriber.begin(with: EventStream.head(for: subscriber.kind, followedBy: beginning), through: last)
        count(subscriber.kind, by: 1)
    }

    func leave(_ subscriber: StreamSubscriber, on eventLoop: any EventLoop) {
        guard let loop = loops[ObjectIdentifier(eventLoop)],
            loop.subscribers.value.removeValue(forKey: ObjectIdentifier(subscriber)) != nil
        else { return }
        count(subscriber.kind, by: -1)
    }

    private func count(_ kind: StreamKind, by step: Int) {
        metrics.subscribers.increment(by: Double(step))
        if case .operation = kind { operatorCount.withLock { $0 += step } }
    }

    private func forEachSubscriber(_ body: @escaping @Sendable (StreamSubscriber) -> Void) {
        for loop in loops.values {
            loop.eventLoop.execute {
                // A copy: a subscriber that is cut off leaves while this runs.
                for subscriber in Array(loop.subscribers.value.values) { body(subscriber) }
            }
        }
    }
}
