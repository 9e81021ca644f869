/// Reads ASTERIX data blocks that follow each other without anything between them.
struct BlockFileReader: Sendable {
    /// The category, and a length of two octets that counts these three too.
    private static let headerBytes = 3

    func next(in window: Span<UInt8>, at place: inout CapturePlace, isLast: Bool) -> CaptureReader.Step {
        let available = window.count - place.position
        guard available >= Self.headerBytes else {
            return place.wait(for: Self.headerBytes, window: window, isLast: isLast)
        }
        let length = ByteOrder.big.short(window, at: place.position + 1)
        guard length >= Self.headerBytes else {
            return place.lose(.badLength(declaredBytes: length), window: window)
        }
        guard available >= length else { return place.wait(for: length, window: window, isLast: isLast) }
        let payload = TimedPayload(
            clock: nil, offset: place.offset, range: place.position..<place.position + length)
        place.position += length
        return .payload(payload)
    }
}
