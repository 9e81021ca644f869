internal import NIOCore

/// One open event stream. Lives on its connection's event loop.
final class StreamSubscriber {
    let kind: StreamKind
    private let outlet: SocketOutlet
    private let heldBytesMaximum: Int
    /// What may be held now: more while the first events, which may be many, are on their way.
    private var heldBytesAllowed: Int
    private var lastEvent: UInt64 = 0

    /// What the system may hold for a stream. Some hundred events; a reader that needs more is not reading.
    static let systemBufferBytes = 128 << 10

    init(kind: StreamKind, outlet: SocketOutlet, heldBytesMaximum: Int) {
        self.kind = kind
        self.outlet = outlet
        self.heldBytesMaximum = heldBytesMaximum
        heldBytesAllowed = heldBytesMaximum
    }

    /// Sends the head of the answer and all that the subscriber has missed up to event number `last`.
    func begin(with first: ByteBuffer, through last: UInt64) {
        lastEvent = last
        heldBytesAllowed = heldBytesMaximum + first.readableBytes
        outlet.send(first)
    }

    /// - Returns: Whether the subscriber could take it. If not, it is cut off, and comes back by event id.
    func deliver(_ text: ByteBuffer, event number: UInt64) -> Bool {
        // What was sent at the beginning is not sent again.
        guard number > lastEvent else { return true }
        lastEvent = number
        return deliver(text)
    }

    /// The same for what has no number.
    func deliver(_ text: ByteBuffer) -> Bool {
        let held = outlet.heldBytes
        if held <= heldBytesMaximum { heldBytesAllowed = heldBytesMaximum }
        guard held + text.readableBytes <= heldBytesAllowed else {
            outlet.cut()
            return false
        }
        outlet.send(text)
        return true
    }

    /// Sends a picture of which only the newest matters; left out while an older one is still waiting.
    func deliverPicture(_ text: ByteBuffer) {
        if outlet.heldBytes == 0 { outlet.send(text) }
    }
}
