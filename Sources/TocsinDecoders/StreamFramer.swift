public import TocsinModel

/// Cuts the bytes of a stream into the frames of one wire format, whatever pieces they come in.
///
/// Keeps at most `Limits.bytesPerFrame` bytes plus the newest piece. What cannot be part of a frame is dropped and
/// counted, and the next frame is found again: by the escape byte, by the line end, or for ASTERIX by a header that
/// may be one.
public struct StreamFramer: Hashable, Sendable {
    private let format: WireFormat
    private var pending: [UInt8] = []
    /// How many of the pending bytes are known to hold no line end.
    private var scanned = 0
    /// A line grew too long; everything up to its end is dropped.
    private var isSkippingLine = false
    /// ASTERIX lost its place: only the categories we decode count as a header.
    private var isSearching = false
    /// The place of the first pending byte in the stream.
    private var offset = 0
    /// Bytes that belonged to no frame.
    public private(set) var droppedBytes = 0
    /// How often a run of such bytes began.
    public private(set) var drops = 0
    private var isDropping = false

    public init(format: WireFormat) { self.format = format }

    /// A part of the stream.
    public enum Piece: Hashable, Sendable {
        case frame([UInt8], offset: Int)
        /// Bytes that belong to no frame, or a part of a longer run of them.
        case garbage([UInt8], offset: Int)
    }

    /// Takes the next bytes of the stream.
    /// - Returns: The frames that they complete, in order.
    public mutating func append(_ bytes: [UInt8]) -> [[UInt8]] {
        pieces(appending: bytes).compactMap { piece in
            guard case .frame(let frame, _) = piece else { return nil }
            return frame
        }
    }

    /// The same, with the place of each frame in the stream and the bytes that were dropped between them.
    public mutating func pieces(appending bytes: [UInt8]) -> [Piece] {
        pending.append(contentsOf: bytes)
        var pieces: [Piece] = []
        var start = 0
        // Every turn but the last takes at least one byte.
        while let cut = next(from: start) {
            let taken = Array(pending[start..<start + cut.count])
            if let frame = cut.frame {
                if !frame.isEmpty { pieces.append(.frame(Array(taken[frame]), offset: offset + start)) }
                isDropping = false
            } else {
                drop(taken.count)
                pieces.append(.garbage(taken, offset: offset + start))
            }
            start += cut.count
            scanned = 0
        }
        pending.removeFirst(start)
        offset += start
        return pieces
    }

    /// Ends the stream. A last line needs no line end; a last piece of a binary frame is dropped.
    public mutating func finish() -> [Piece] {
        defer {
            offset += pending.count
            pending = []
            scanned = 0
            isSkippingLine = false
        }
        guard !pending.isEmpty else { return [] }
        switch format {
        case .avr, .modesJSON, .reports:
            let line = Self.trimmed(pending, 0..<pending.count)
            if !isSkippingLine { return line.isEmpty ? [] : [.frame(Array(pending[line]), offset: offset)] }
        case .asterix, .beast:
            break
        }
        drop(pending.count)
        return [.garbage(pending, offset: offset)]
    }

    /// The next bytes to take, and which of them are a frame (empty for a blank line); `nil` frame: garbage.
    private struct Cut {
        var count: Int
        var frame: Range<Int>?
    }

    private mutating func drop(_ count: Int) {
        droppedBytes += count
        if !isDropping { drops += 1 }
        isDropping = true
    }

    private mutating func next(from start: Int) -> Cut? {
        guard start < pending.count else { return nil }
        switch format {
        case .asterix: return nextBlock(from: start)
        case .beast: return nextBeast(from: start)
        case .avr, .modesJSON, .reports: return nextLine(from: start)
        }
    }

    private mutating func nextLine(from start: Int) -> Cut? {
        let from = start + scanned
        guard let end = pending[from...].firstIndex(of: 0x0A) else {
            let count = pending.count - start
            scanned = count
            guard count > Limits.bytesPerFrame || isSkippingLine else { return nil }
            isSkippingLine = true
            return Cut(count: count, frame: nil)
        }
        let count = end + 1 - start
        let isTooLong = isSkippingLine || count - 1 > Limits.bytesPerFrame
        isSkippingLine = false
        if isTooLong { return Cut(count: count, frame: nil) }
        let line = Self.trimmed(pending, start..<end)
        return Cut(count: count, frame: line.lowerBound - start..<line.upperBound - start)
    }

    private func nextBeast(from start: Int) -> Cut? {
        switch BeastFrame.extent(in: pending.span, from: start) {
        case .whole(let count): Cut(count: count, frame: 0..<count)
        case .garbage(let count): Cut(count: count, frame: nil)
        case .incomplete: nil
        }
    }

    /// An ASTERIX block: a category, two bytes of length, records.
    private mutating func nextBlock(from start: Int) -> Cut? {
        guard start + 3 <= pending.count else { return nil }
        let length = Int(pending[start + 1]) << 8 | Int(pending[start + 2])
        let isKnown = pending[start] == 34 || pending[start] == 48
        guard length > 3, length <= Limits.bytesPerFrame, isKnown || !isSearching else {
            isSearching = true
            return Cut(count: 1, frame: nil)
        }
        guard start + length <= pending.count else { return nil }
        isSearching = false
        return Cut(count: length, frame: 0..<length)
    }

    /// Without blanks and carriage returns at both ends.
    private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }
}
