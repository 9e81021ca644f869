/// Reads the final format of the IOSS recorders. A record: length (16 bits, counts everything), error, board and
/// day (8 bits each), time (24 bits, 1/100 s), the datagram, and four octets A5. Numbers are big-endian.
struct FinalFormatReader: Sendable {
    private static let headerBytes = 8
    private static let trailerBytes = 4
    private static let trailer: UInt32 = 0xA5A5_A5A5

    /// Whether a whole record with its marks begins at `offset`.
    static func isFrame(at offset: Int, in bytes: Span<UInt8>) -> Bool {
        guard bytes.count - offset >= headerBytes + trailerBytes else { return false }
        let length = ByteOrder.big.short(bytes, at: offset)
        return length >= headerBytes + trailerBytes && length <= bytes.count - offset
            && ByteOrder.big.long(bytes, at: offset + length - trailerBytes) == trailer
    }

    func next(in window: Span<UInt8>, at place: inout CapturePlace, isLast: Bool) -> CaptureReader.Step {
        let available = window.count - place.position
        let least = Self.headerBytes + Self.trailerBytes
        guard available >= least else { return place.wait(for: least, window: window, isLast: isLast) }
        let start = place.position
        let length = ByteOrder.big.short(window, at: start)
        // The window must hold the longest record before a record may be called damaged: only then the search
        // for the next mark has all that it may need.
        if length > available || !Self.isFrame(at: start, in: window) {
            guard isLast || available > CaptureContainer.sniffedBytes else { return .needsMore }
            return skipDamage(length: length, in: window, at: &place)
        }
        let day = Int(window[start + 4])
        let centiseconds =
            Int(window[start + 5]) << 16 | Int(window[start + 6]) << 8 | Int(window[start + 7])
        let payload = TimedPayload(
            clock: .recorderDay(day, centiseconds: centiseconds), offset: place.offset + Self.headerBytes,
            range: start + Self.headerBytes..<start + length - Self.trailerBytes)
        place.position += length
        return .payload(payload)
    }

    /// Goes on behind the next marks, where a record should begin.
    private func skipDamage(
        length: Int, in window: Span<UInt8>, at place: inout CapturePlace
    ) -> CaptureReader.Step {
        let available = window.count - place.position
        let error: CaptureError =
            length > available ? .truncated(neededBytes: length, availableBytes: available) : .badTrailer
        var candidate = place.position
        while candidate + Self.trailerBytes <= window.count {
            if ByteOrder.big.long(window, at: candidate) == Self.trailer {
                let end = candidate + Self.trailerBytes
                return place.reject(error, length: end - place.position, window: window)
            }
            candidate += 1
        }
        return place.reject(error, length: available, window: window)
    }
}
