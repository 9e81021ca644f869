internal import NIOCore
internal import OrderedCollections
internal import TocsinModel

/// What the public may know, kept as text that is ready to be sent: the warnings in force and the last events.
///
/// Made from the conductor's events only, so that no number of readers ever reaches the conductor.
struct PublicBoard: Sendable {
    private(set) var lastEvent: UInt64 = 0
    private var inForce: OrderedDictionary<WarningNumber, [UInt8]> = [:]
    /// The texts of the last events, ascending without gaps, at most twice ``eventsMaximum``.
    private var events: [(number: UInt64, text: ByteBuffer)] = []
    private var clock: (at: Instant, rate: Double, covered: Bool, readAt: ContinuousClock.Instant)?

    /// Who missed more gets a snapshot, which is shorter. Some 700 KiB.
    static let eventsMaximum = 1_000

    /// Takes over the warnings in force of `snapshot`, which holds all events up to its number.
    mutating func take(_ snapshot: Snapshot, publisher: Publisher) {
        inForce = [:]
        for event in snapshot.warnings { inForce[event.change.warning.number] = publisher.warning(event.change) }
        lastEvent = snapshot.lastEvent
        events = []
        setClock(to: snapshot)
    }

    /// - Returns: The text of the event in the stream.
    mutating func take(_ event: WarningEvent, publisher: Publisher) -> ByteBuffer {
        let warning = publisher.warning(event.change)
        let number = event.change.warning.number
        inForce[number] = event.change.kind == .ended ? nil : warning
        lastEvent = event.number
        let text = EventStream.event("warning", id: event.number, json: warning)
        events.append((event.number, text))
        if events.count >= 2 * Self.eventsMaximum { events.removeFirst(Self.eventsMaximum) }
        return text
    }

    mutating func setClock(to snapshot: Snapshot) {
        clock = (snapshot.at, snapshot.rate, snapshot.covered, .now)
    }

    /// `{"at":…,"rate":…,"warnings":[…]}`
    func warningsDocument() -> [UInt8] {
        var text = Array("{\(clockFields),\"warnings\":[".utf8)
        text.append(contentsOf: inForce.values.joined(separator: [UInt8(ascii: ",")]))
        text.append(contentsOf: "]}".utf8)
        return text
    }

    /// What a subscriber gets first: what it missed, or a snapshot if it is new or missed too much.
    func beginning(after event: UInt64?) -> ByteBuffer {
        if let event, event <= lastEvent, lastEvent - event <= UInt64(min(events.count, Self.eventsMaximum)) {
            var text = ByteBuffer()
            for missed in events.suffix(Int(lastEvent - event)) { text.writeImmutableBuffer(missed.text) }
            return text
        }
        return EventStream.event("snapshot", id: lastEvent, json: warningsDocument())
    }

    func heartbeat() -> ByteBuffer {
        let covered = clock?.covered ?? false
        let json = Array("{\(clockFields),\"covered\":\(covered)}".utf8)
        return EventStream.event("heartbeat", id: nil, json: json)
    }

    /// The conductor's time, carried on from when it was last asked.
    private var clockFields: String {
        guard let clock else { return "\"at\":null,\"rate\":1" }
        let elapsedSeconds = (ContinuousClock.now - clock.readAt) / .seconds(1)
        let at = clock.at.advanced(bySeconds: elapsedSeconds * clock.rate)
        return "\"at\":\"\(at.iso8601)\",\"rate\":\(clock.rate.description)"
    }
}
