internal import TocsinModel

/// The Beast binary framing: 0x1A, a type, then 6 bytes of ticks, 1 byte of signal level and the message, in which
/// each 0x1A is doubled (Docs/formats/mode-s.md).
enum BeastFrame {
    static let escape: UInt8 = 0x1A

    /// Bytes after the type, without doubling; `nil`: no such type.
    static func contentBytes(ofType type: UInt8) -> Int? {
        switch type {
        case 0x31: 9
        case 0x32: 14
        case 0x33, 0x34: 21
        default: nil
        }
    }

    /// What begins at an index of a stream.
    enum Extent: Equatable {
        /// A whole frame of so many bytes, doubled ones counted twice.
        case whole(Int)
        /// The stream ends before the frame does.
        case incomplete
        /// Not a frame; so many bytes are to be skipped.
        case garbage(Int)
    }

    /// Looks at what begins at `start`.
    static func extent(in bytes: Span<UInt8>, from start: Int) -> Extent {
        guard start < bytes.count else { return .incomplete }
        guard bytes[start] == escape else { return .garbage(nextEscape(in: bytes, from: start + 1) - start) }
        guard start + 1 < bytes.count else { return .incomplete }
        guard let content = contentBytes(ofType: bytes[start + 1]) else {
            // After a doubled escape, which can only be the middle of a frame, skip both.
            let next = bytes[start + 1] == escape ? start + 2 : start + 1
            return .garbage(nextEscape(in: bytes, from: next) - start)
        }
        var index = start + 2
        for _ in 0..<content {
            guard index < bytes.count else { return .incomplete }
            if bytes[index] == escape {
                guard index + 1 < bytes.count else { return .incomplete }
                // A single escape begins the next frame: this one was cut short.
                guard bytes[index + 1] == escape else { return .garbage(index - start) }
                index += 1
            }
            index += 1
        }
        return .whole(index - start)
    }

    private static func nextEscape(in bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != escape { index += 1 }
        return index
    }

    /// Reads the frame that is exactly `bytes`.
    static func decode(_ bytes: Span<UInt8>) throws(DecodeError) -> ModeSFrame {
        switch extent(in: bytes, from: 0) {
        case .whole(let count):
            guard count == bytes.count else { throw .trailingBytes(count: bytes.count - count) }
        case .incomplete:
            let needed = bytes.count < 2 ? 11 : 2 + (contentBytes(ofType: bytes[1]) ?? 9)
            throw .truncated(neededBytes: needed, availableBytes: bytes.count)
        case .garbage:
            throw .badEscape
        }
        return try decodeWhole(bytes)
    }

    /// Reads a frame whose extent was found.
    static func decodeWhole(_ bytes: Span<UInt8>) throws(DecodeError) -> ModeSFrame {
        var index = 2
        var ticks: UInt64 = 0
        for _ in 0..<6 { ticks = ticks << 8 | UInt64(next(in: bytes, &index)) }
        let level = next(in: bytes, &index)
        let payload: ModeSFrame.Payload
        switch bytes[1] {
        case 0x31:
            payload = .modeAC(UInt16(next(in: bytes, &index)) << 8 | UInt16(next(in: bytes, &index)))
        case 0x34:
            payload = .receiverStatus
        default:
            var message = InlineArray<14, UInt8>(repeating: 0)
            let count = bytes[1] == 0x32 ? 7 : 14
            for position in 0..<count { message[position] = next(in: bytes, &index) }
            payload = .modeS(try ModeSBits(message.span.extracting(first: count)))
        }
        return ModeSFrame(payload: payload, ticks: ticks, signalLevel: level, time: nil)
    }

    private static func next(in bytes: Span<UInt8>, _ index: inout Int) -> UInt8 {
        let byte = bytes[index]
        index += byte == escape ? 2 : 1
        return byte
    }
}
