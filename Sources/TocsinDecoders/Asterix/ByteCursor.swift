internal import TocsinModel

/// A place in bytes from outside; nothing behind `end` is ever read.
struct ByteCursor {
    var offset: Int
    let end: Int

    var remaining: Int { end - offset }

    @inline(__always)
    mutating func octet(_ bytes: Span<UInt8>) throws(DecodeError) -> UInt8 {
        try need(1)
        let value = bytes[offset]
        offset += 1
        return value
    }

    @inline(__always)
    mutating func word(_ bytes: Span<UInt8>) throws(DecodeError) -> UInt16 {
        try need(2)
        let value = UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
        offset += 2
        return value
    }

    /// The next `count` octets, 1 ... 8, as one number, most significant first.
    @inline(__always)
    mutating func number(_ count: Int, _ bytes: Span<UInt8>) throws(DecodeError) -> UInt64 {
        try need(count)
        var value: UInt64 = 0
        for index in offset..<offset + count {
            value = value << 8 | UInt64(bytes[index])
        }
        offset += count
        return value
    }

    /// An explicit item: a length that counts itself, then its octets.
    mutating func explicit(_ bytes: Span<UInt8>) throws(DecodeError) -> [UInt8] {
        let length = Int(try octet(bytes))
        guard length >= 1 else { throw .badLength(declaredBytes: length) }
        try need(length - 1)
        var content: [UInt8] = []
        content.reserveCapacity(length - 1)
        for index in offset..<offset + length - 1 {
            content.append(bytes[index])
        }
        offset += length - 1
        return content
    }

    @inline(__always)
    private func need(_ count: Int) throws(DecodeError) {
        guard count <= end - offset else {
            throw .truncated(neededBytes: count, availableBytes: end - offset)
        }
    }
}
