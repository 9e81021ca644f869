/// Takes the datagrams out of a capture piece by piece, so that memory does not grow with the file.
///
/// The caller keeps a window: some bytes of the file from a certain place on. It asks for the next step until the
/// reader needs more, drops as many bytes from the window's front as ``discard()`` says, and adds new ones behind.
public struct CaptureReader: Sendable {
    /// A step through the file.
    public enum Step: Hashable, Sendable {
        case payload(TimedPayload)
        case rejected(CaptureRejection)
        /// The window ends within a record.
        case needsMore
        case end
    }

    private var format: Format
    private var place = CapturePlace()

    private enum Format {
        case raw(BlockFileReader)
        case pcap(PacketFileReader)
        case pcapng(PacketSectionReader)
        case ioss(FinalFormatReader)
    }

    public init(_ container: CaptureContainer) {
        switch container {
        case .raw: format = .raw(BlockFileReader())
        case .pcap: format = .pcap(PacketFileReader())
        case .pcapng: format = .pcapng(PacketSectionReader())
        case .ioss: format = .ioss(FinalFormatReader())
        }
    }

    /// The next step in `window`; with `isLast`, nothing of the file lies behind it, and `needsMore` is never returned.
    public mutating func next(in window: Span<UInt8>, isLast: Bool) -> Step {
        if place.isLost {
            place.position = window.count
            return isLast ? .end : .needsMore
        }
        if place.position >= window.count { return isLast ? .end : .needsMore }
        switch format {
        case .raw(let reader):
            return reader.next(in: window, at: &place, isLast: isLast)
        case .pcap(var reader):
            defer { format = .pcap(reader) }
            return reader.next(in: window, at: &place, isLast: isLast)
        case .pcapng(var reader):
            defer { format = .pcapng(reader) }
            return reader.next(in: window, at: &place, isLast: isLast)
        case .ioss(let reader):
            return reader.next(in: window, at: &place, isLast: isLast)
        }
    }

    /// How many bytes at the window's front are done with. The caller drops them before it asks again.
    public mutating func discard() -> Int {
        let done = place.position
        place.windowOffset += done
        place.position = 0
        return done
    }
}

/// Where a reader stands.
struct CapturePlace: Sendable {
    /// Within the window.
    var position = 0
    /// Where the window begins in the file.
    var windowOffset = 0
    /// The framing is broken: the rest of the file cannot be told apart.
    var isLost = false

    var offset: Int { windowOffset + position }

    /// Refuses what begins at the position, and goes on `length` bytes behind it.
    mutating func reject(_ error: CaptureError, length: Int, window: Span<UInt8>) -> CaptureReader.Step {
        let sampleEnd = min(position + min(length, sampleBytes), window.count)
        let rejection = CaptureRejection(error: error, offset: offset, sample: position..<sampleEnd)
        position += length
        return .rejected(rejection)
    }

    /// Refuses everything from the position on.
    mutating func lose(_ error: CaptureError, window: Span<UInt8>) -> CaptureReader.Step {
        isLost = true
        return reject(error, length: window.count - position, window: window)
    }

    /// The window ends before `needed` bytes from the position on.
    mutating func wait(for needed: Int, window: Span<UInt8>, isLast: Bool) -> CaptureReader.Step {
        guard isLast else { return .needsMore }
        let available = window.count - position
        return lose(.truncated(neededBytes: needed, availableBytes: available), window: window)
    }

    /// As long as the sample of a refused frame.
    private var sampleBytes: Int { 64 }
}
