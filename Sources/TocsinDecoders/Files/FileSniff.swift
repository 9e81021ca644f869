public import TocsinModel

/// What the first bytes of a file say about how to read it.
public struct FileSniff: Hashable, Sendable {
    public var format: WireFormat
    public var container: CaptureContainer

    /// - Parameter bytes: The file's first ``CaptureContainer/sniffedBytes``, or all of a shorter file.
    public init(_ bytes: Span<UInt8>) {
        container = CaptureContainer.sniff(bytes)
        format = container == .raw ? Self.format(bytes) : .asterix
    }

    /// Mode S has marks of its own; ASTERIX has none, and is what remains.
    private static func format(_ bytes: Span<UInt8>) -> WireFormat {
        var start = 0
        while start < bytes.count, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[start]) { start += 1 }
        guard start < bytes.count else { return .asterix }
        switch bytes[start] {
        case 0x1A where start + 1 < bytes.count && (0x31...0x34).contains(bytes[start + 1]): return .beast
        case UInt8(ascii: "*"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "<"): return .avr
        case UInt8(ascii: "{"): return .modesJSON
        default: return beginsWithBlock(bytes) || !hasEscapes(bytes) ? .asterix : .beast
        }
    }

    /// Whether the first three bytes can be the head of an ASTERIX data block.
    private static func beginsWithBlock(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 3 else { return true }
        let length = ByteOrder.big.short(bytes, at: 1)
        return length > 3 && (length <= bytes.count || bytes.count >= CaptureContainer.sniffedBytes)
    }

    /// Whether messages of Mode S Beast begin in the bytes, though not with the first: a recording that was
    /// started within a message.
    private static func hasEscapes(_ bytes: Span<UInt8>) -> Bool {
        var found = 0
        for index in 0..<max(0, min(bytes.count, 4_096) - 1) where bytes[index] == 0x1A {
            if (0x31...0x34).contains(bytes[index + 1]) { found += 1 }
        }
        return found >= 2
    }
}
