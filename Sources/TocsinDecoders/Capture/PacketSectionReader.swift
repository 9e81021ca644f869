/// Reads pcap next generation files: blocks with a type, a length at both ends, and options. Packets are in
/// enhanced (6), simple (3) and, from old writers, packet blocks (2); other blocks are stepped over.
struct PacketSectionReader: Sendable {
    private var order = ByteOrder.little
    private var interfaces: [CaptureInterface] = []

    private static let sectionHeader: UInt32 = 0x0A0D_0D0A
    /// Type, length, length again.
    private static let blockBytesMinimum = 12
    /// Packets of at most 1 MiB and generous options; a longer block is damage.
    private static let blockBytesMaximum = 1 << 24
    private static let interfacesMaximum = 1_024

    mutating func next(
        in window: Span<UInt8>, at place: inout CapturePlace, isLast: Bool
    ) -> CaptureReader.Step {
        // Every turn consumes a block, so the window's length bounds the loop.
        while place.position < window.count {
            let available = window.count - place.position
            guard available >= Self.blockBytesMinimum else {
                return place.wait(for: Self.blockBytesMinimum, window: window, isLast: isLast)
            }
            if order.long(window, at: place.position) == Self.sectionHeader {
                guard let found = Self.byteOrder(window, at: place.position + 8) else {
                    return place.lose(.badHeader, window: window)
                }
                order = found
            }
            let length = Int(order.long(window, at: place.position + 4))
            guard length >= Self.blockBytesMinimum, length <= Self.blockBytesMaximum, length % 4 == 0 else {
                return place.lose(.badLength(declaredBytes: length), window: window)
            }
            guard available >= length else { return place.wait(for: length, window: window, isLast: isLast) }
            guard Int(order.long(window, at: place.position + length - 4)) == length else {
                return place.lose(.badTrailer, window: window)
            }
            do throws(CaptureError) {
                let payload = try block(in: window, place.position..<place.position + length, at: place)
                place.position += length
                if let payload { return .payload(payload) }
            } catch {
                return place.reject(error, length: length, window: window)
            }
        }
        return isLast ? .end : .needsMore
    }

    /// - Returns: `nil` for a block that holds no packet.
    private mutating func block(
        in window: Span<UInt8>, _ block: Range<Int>, at place: CapturePlace
    ) throws(CaptureError) -> TimedPayload? {
        let start = block.lowerBound
        switch order.long(window, at: start) {
        case Self.sectionHeader:
            guard block.count >= 28 else { throw .badLength(declaredBytes: block.count) }
            let version = order.short(window, at: start + 12)
            guard version == 1 else { throw .unsupportedVersion(version) }
            interfaces = []
            return nil
        case 1:
            guard block.count >= 20 else { throw .badLength(declaredBytes: block.count) }
            guard interfaces.count < Self.interfacesMaximum else {
                throw .tooManyInterfaces(limit: Self.interfacesMaximum)
            }
            interfaces.append(CaptureInterface(window, block, order: order))
            return nil
        case 2: return try packet(in: window, block, interface: order.short(window, at: start + 8), at: place)
        case 3: return try simplePacket(in: window, block, at: place)
        case 6:
            let interface = Int(order.long(window, at: start + 8))
            return try packet(in: window, block, interface: interface, at: place)
        default: return nil
        }
    }

    /// Enhanced and old packet blocks: interface, 64 bits of time, captured and original length, packet.
    private func packet(
        in window: Span<UInt8>, _ block: Range<Int>, interface number: Int, at place: CapturePlace
    ) throws(CaptureError) -> TimedPayload {
        guard block.count >= 32, number < interfaces.count else { throw .badHeader }
        let start = block.lowerBound
        let length = Int(order.long(window, at: start + 20))
        guard length <= block.count - 32 else { throw .badLength(declaredBytes: length) }
        let interface = interfaces[number]
        let ticks =
            UInt64(order.long(window, at: start + 12)) << 32 | UInt64(order.long(window, at: start + 16))
        let datagram = try NetworkPacket.datagram(
            in: window, start + 28..<start + 28 + length, linkType: interface.linkType)
        return TimedPayload(
            clock: interface.clock(ticks: ticks), offset: place.windowOffset + datagram.lowerBound,
            range: datagram)
    }

    /// Original length, packet; no time. It belongs to the first interface.
    private func simplePacket(
        in window: Span<UInt8>, _ block: Range<Int>, at place: CapturePlace
    ) throws(CaptureError) -> TimedPayload {
        guard block.count >= 16, let interface = interfaces.first else { throw .badHeader }
        let start = block.lowerBound
        var length = min(Int(order.long(window, at: start + 8)), block.count - 16)
        if interface.snapLength > 0 { length = min(length, interface.snapLength) }
        let datagram = try NetworkPacket.datagram(
            in: window, start + 12..<start + 12 + length, linkType: interface.linkType)
        return TimedPayload(
            clock: nil, offset: place.windowOffset + datagram.lowerBound, range: datagram)
    }

    private static func byteOrder(_ bytes: Span<UInt8>, at offset: Int) -> ByteOrder? {
        switch ByteOrder.big.long(bytes, at: offset) {
        case 0x1A2B_3C4D: .big
        case 0x4D3C_2B1A: .little
        default: nil
        }
    }
}

/// One interface of a pcap next generation section.
struct CaptureInterface: Hashable, Sendable {
    var linkType: Int
    /// 0: no limit.
    var snapLength: Int
    /// Option 9: ticks of 10^-n s, or of 2^-n s where bit 8 is set; microseconds where it is absent.
    private var resolution: UInt8 = 6
    /// Option 14: seconds to add.
    private var offsetSeconds: Int64 = 0

    /// The caller has checked that the block has its 20 octets.
    init(_ bytes: Span<UInt8>, _ block: Range<Int>, order: ByteOrder) {
        let start = block.lowerBound
        linkType = order.short(bytes, at: start + 8)
        snapLength = Int(order.long(bytes, at: start + 12))
        var position = start + 16
        let end = block.upperBound - 4
        while position + 4 <= end {
            let code = order.short(bytes, at: position)
            let length = order.short(bytes, at: position + 2)
            let value = position + 4
            guard code != 0, value + length <= end else { return }
            if code == 9, length == 1 { resolution = bytes[value] }
            if code == 14, length == 8 {
                let first = UInt64(order.long(bytes, at: value))
                let second = UInt64(order.long(bytes, at: value + 4))
                let bits = order == .big ? first << 32 | second : second << 32 | first
                offsetSeconds = Int64(bitPattern: bits)
            }
            position = value + (length + 3) / 4 * 4
        }
    }

    /// - Returns: `nil` if the time is beyond what 64 bits of nanoseconds hold.
    func clock(ticks: UInt64) -> CaptureClock? {
        guard let sinceOffset = nanoseconds(ticks) else { return nil }
        let (shift, overflow) = offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = sinceOffset.addingReportingOverflow(shift)
        return overflow || overflowOfSum ? nil : .utc(nanosecondsSinceEpoch: sum)
    }

    private func nanoseconds(_ ticks: UInt64) -> Int64? {
        let exponent = Int(resolution & 0x7F)
        if resolution & 0x80 != 0 {
            guard exponent < 64 else { return 0 }
            let product = ticks.multipliedFullWidth(by: 1_000_000_000)
            let shifted =
                exponent == 0 ? product.low : product.high << UInt64(64 - exponent) | product.low >> UInt64(exponent)
            guard product.high >> UInt64(exponent) == 0 else { return nil }
            return Int64(exactly: shifted)
        }
        guard exponent <= 9 else {
            guard exponent <= 28 else { return 0 }
            return Int64(exactly: ticks / Self.power(of: exponent - 9))
        }
        let (product, overflow) = ticks.multipliedReportingOverflow(by: Self.power(of: 9 - exponent))
        return overflow ? nil : Int64(exactly: product)
    }

    /// 10 to the `exponent`, 0 ... 19.
    private static func power(of exponent: Int) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
