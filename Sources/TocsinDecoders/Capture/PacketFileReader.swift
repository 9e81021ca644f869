/// Reads libpcap files: a file header of 24 octets, then packets with a header of 16 octets each.
struct PacketFileReader: Sendable {
    private var header: PacketFileHeader?
    private static let packetHeaderBytes = 16
    /// Four times the greatest length that libpcap itself takes (262,144); a longer one is damage.
    static let packetBytesMaximum = 1 << 20

    mutating func next(
        in window: Span<UInt8>, at place: inout CapturePlace, isLast: Bool
    ) -> CaptureReader.Step {
        guard let header else { return readHeader(in: window, at: &place, isLast: isLast) }
        let available = window.count - place.position
        guard available >= Self.packetHeaderBytes else {
            return place.wait(for: Self.packetHeaderBytes, window: window, isLast: isLast)
        }
        let start = place.position
        let length = Int(header.order.long(window, at: start + 8))
        guard length <= Self.packetBytesMaximum else {
            return place.lose(.badLength(declaredBytes: length), window: window)
        }
        let whole = Self.packetHeaderBytes + length
        guard available >= whole else { return place.wait(for: whole, window: window, isLast: isLast) }
        let packet = start + Self.packetHeaderBytes..<start + whole
        let seconds = Int64(header.order.long(window, at: start))
        let fraction = Int64(header.order.long(window, at: start + 4)) * header.nanosecondsPerTick
        do throws(CaptureError) {
            let datagram = try NetworkPacket.datagram(in: window, packet, linkType: header.linkType)
            let payload = TimedPayload(
                clock: .utc(nanosecondsSinceEpoch: seconds * 1_000_000_000 + fraction),
                offset: place.windowOffset + datagram.lowerBound, range: datagram)
            place.position += whole
            return .payload(payload)
        } catch {
            return place.reject(error, length: whole, window: window)
        }
    }

    private mutating func readHeader(
        in window: Span<UInt8>, at place: inout CapturePlace, isLast: Bool
    ) -> CaptureReader.Step {
        guard window.count - place.position >= PacketFileHeader.byteCount else {
            return place.wait(for: PacketFileHeader.byteCount, window: window, isLast: isLast)
        }
        do throws(CaptureError) {
            header = try PacketFileHeader(window, at: place.position)
            place.position += PacketFileHeader.byteCount
            return next(in: window, at: &place, isLast: isLast)
        } catch {
            return place.lose(error, window: window)
        }
    }
}

/// The head of a libpcap file.
struct PacketFileHeader: Hashable, Sendable {
    var order: ByteOrder
    var nanosecondsPerTick: Int64
    var linkType: Int

    static let byteCount = 24
    /// As they read in big-endian order: microseconds and nanoseconds, each in both byte orders.
    static let magicNumbers: [UInt32] = [0xA1B2_C3D4, 0xD4C3_B2A1, 0xA1B2_3C4D, 0x4D3C_B2A1]

    /// The caller has checked that the header is there.
    init(_ bytes: Span<UInt8>, at offset: Int) throws(CaptureError) {
        let magic = ByteOrder.big.long(bytes, at: offset)
        guard Self.magicNumbers.contains(magic) else { throw .badHeader }
        order = magic == 0xA1B2_C3D4 || magic == 0xA1B2_3C4D ? .big : .little
        nanosecondsPerTick = magic == 0xA1B2_3C4D || magic == 0x4D3C_B2A1 ? 1 : 1_000
        let version = order.short(bytes, at: offset + 4)
        guard version == 2 else { throw .unsupportedVersion(version) }
        // The upper bits say how the frame check sequence is kept.
        linkType = Int(order.long(bytes, at: offset + 20) & 0xFFFF)
    }
}
