/// Finds the UDP datagram in a captured packet.
enum NetworkPacket {
    /// Tags within tags; no network nests more than two.
    private static let vlanTagsMaximum = 4
    /// Extension headers of IPv6 before UDP; six kinds exist.
    private static let extensionHeadersMaximum = 8
    private static let udp = 17

    /// - Returns: Where the datagram's content lies.
    static func datagram(
        in bytes: Span<UInt8>, _ packet: Range<Int>, linkType: Int
    ) throws(CaptureError) -> Range<Int> {
        switch linkType {
        case 1: return try ethernet(bytes, packet)
        // No link, an address family, or a loopback header; IP tells its version itself.
        case 12, 14, 101, 228, 229: return try network(bytes, packet)
        case 0, 108: return try network(bytes, try behind(4, of: packet))
        // Linux cooked captures, versions 1 and 2.
        case 113: return try typed(bytes, packet, typeAt: 14, content: 16)
        case 276: return try typed(bytes, packet, typeAt: 0, content: 20)
        default: throw .unsupportedLinkType(linkType)
        }
    }

    private static func ethernet(
        _ bytes: Span<UInt8>, _ packet: Range<Int>
    ) throws(CaptureError) -> Range<Int> {
        var typeAt = 12
        for _ in 0...vlanTagsMaximum {
            _ = try behind(typeAt + 2, of: packet)
            switch ByteOrder.big.short(bytes, at: packet.lowerBound + typeAt) {
            case 0x8100, 0x88A8, 0x9100: typeAt += 4
            default: return try typed(bytes, packet, typeAt: typeAt, content: typeAt + 2)
            }
        }
        throw .badHeader
    }

    private static func typed(
        _ bytes: Span<UInt8>, _ packet: Range<Int>, typeAt: Int, content: Int
    ) throws(CaptureError) -> Range<Int> {
        let inner = try behind(content, of: packet)
        let type = ByteOrder.big.short(bytes, at: packet.lowerBound + typeAt)
        guard type == 0x0800 || type == 0x86DD else { throw .unsupportedNetwork(type) }
        return try network(bytes, inner)
    }

    private static func network(
        _ bytes: Span<UInt8>, _ packet: Range<Int>
    ) throws(CaptureError) -> Range<Int> {
        guard packet.count >= 1 else { throw .truncated(neededBytes: 1, availableBytes: 0) }
        switch bytes[packet.lowerBound] >> 4 {
        case 4: return try version4(bytes, packet)
        case 6: return try version6(bytes, packet)
        default: throw .badHeader
        }
    }

    private static func version4(
        _ bytes: Span<UInt8>, _ packet: Range<Int>
    ) throws(CaptureError) -> Range<Int> {
        _ = try behind(20, of: packet)
        let start = packet.lowerBound
        let headerBytes = Int(bytes[start] & 15) * 4
        let totalBytes = ByteOrder.big.short(bytes, at: start + 2)
        guard headerBytes >= 20, totalBytes >= headerBytes else { throw .badHeader }
        // More fragments follow, or this is not the first.
        guard ByteOrder.big.short(bytes, at: start + 6) & 0x3FFF == 0 else { throw .fragment }
        let transport = Int(bytes[start + 9])
        guard transport == udp else { throw .unsupportedTransport(transport) }
        return try datagram(bytes, try part(of: packet, from: headerBytes, upTo: totalBytes))
    }

    private static func version6(
        _ bytes: Span<UInt8>, _ packet: Range<Int>
    ) throws(CaptureError) -> Range<Int> {
        _ = try behind(40, of: packet)
        let start = packet.lowerBound
        let payloadBytes = ByteOrder.big.short(bytes, at: start + 4)
        var rest = try part(of: packet, from: 40, upTo: 40 + payloadBytes)
        var kind = Int(bytes[start + 6])
        for _ in 0...extensionHeadersMaximum {
            switch kind {
            case udp: return try datagram(bytes, rest)
            case 0, 43, 60:
                _ = try behind(8, of: rest)
                kind = Int(bytes[rest.lowerBound])
                rest = try behind((Int(bytes[rest.lowerBound + 1]) + 1) * 8, of: rest)
            case 44:
                _ = try behind(8, of: rest)
                // Offset and "more" bit; a fragment that is the whole is none.
                guard ByteOrder.big.short(bytes, at: rest.lowerBound + 2) & 0xFFF9 == 0 else { throw .fragment }
                kind = Int(bytes[rest.lowerBound])
                rest = try behind(8, of: rest)
            default: throw .unsupportedTransport(kind)
            }
        }
        throw .badHeader
    }

    private static func datagram(
        _ bytes: Span<UInt8>, _ segment: Range<Int>
    ) throws(CaptureError) -> Range<Int> {
        _ = try behind(8, of: segment)
        let length = ByteOrder.big.short(bytes, at: segment.lowerBound + 4)
        guard length >= 8 else { throw .badHeader }
        return try part(of: segment, from: 8, upTo: length)
    }

    private static func behind(_ count: Int, of range: Range<Int>) throws(CaptureError) -> Range<Int> {
        try part(of: range, from: count, upTo: max(count, range.count))
    }

    private static func part(
        of range: Range<Int>, from start: Int, upTo end: Int
    ) throws(CaptureError) -> Range<Int> {
        guard end <= range.count else { throw .truncated(neededBytes: end, availableBytes: range.count) }
        return range.lowerBound + start..<range.lowerBound + end
    }
}
