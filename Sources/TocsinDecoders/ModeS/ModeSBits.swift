package import TocsinModel

/// The 56 or 112 bits of one Mode S message, kept in two words so that no message needs memory of its own.
package struct ModeSBits: Hashable, Sendable, Codable {
    /// Bits 1 to 64, the first in the highest place; unused places are 0.
    private let high: UInt64
    /// Bits 65 to 128.
    private let low: UInt64
    /// 7 or 14.
    package let byteCount: Int

    /// Takes as many bytes as the downlink format (the first five bits) asks for: 7 below 16, else 14. Some
    /// receivers fill short messages up to 14 bytes; the rest is then ignored.
    package init(_ bytes: Span<UInt8>) throws(DecodeError) {
        guard bytes.count > 0 else { throw .truncated(neededBytes: 7, availableBytes: 0) }
        let needed = bytes[0] >= 0x80 ? 14 : 7
        guard bytes.count >= needed else { throw .truncated(neededBytes: needed, availableBytes: bytes.count) }
        guard bytes.count == 7 || bytes.count == 14 else { throw .badLength(declaredBytes: bytes.count) }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<7 { high |= UInt64(bytes[index]) << UInt64(56 - 8 * index) }
        if needed == 14 {
            high |= UInt64(bytes[7])
            for index in 8..<14 { low |= UInt64(bytes[index]) << UInt64(120 - 8 * index) }
        }
        self.high = high
        self.low = low
        byteCount = needed
    }

    /// The unsigned number in bits `first` to `last`, counted from 1 as in Annex 10; at most 32 bits.
    @inline(__always)
    func bits(_ first: Int, _ last: Int) -> Int {
        let mask: UInt64 = (1 << UInt64(last - first + 1)) - 1
        if last <= 64 { return Int(truncatingIfNeeded: (high >> UInt64(64 - last)) & mask) }
        if first > 64 { return Int(truncatingIfNeeded: (low >> UInt64(128 - last)) & mask) }
        return Int(truncatingIfNeeded: (high << UInt64(last - 64) | low >> UInt64(128 - last)) & mask)
    }

    /// One bit as a truth.
    @inline(__always)
    func flag(_ position: Int) -> Bool { bits(position, position) == 1 }

    /// The byte at `index`, from 0.
    package func byte(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: index < 8 ? high >> UInt64(56 - 8 * index) : low >> UInt64(120 - 8 * index))
    }

    /// Lower-case hexadecimal digits.
    package var hexadecimal: String {
        let digits = "0123456789abcdef".utf8.span
        var text: [UInt8] = []
        text.reserveCapacity(2 * byteCount)
        for index in 0..<byteCount {
            text.append(digits[Int(byte(index) >> 4)])
            text.append(digits[Int(byte(index) & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
