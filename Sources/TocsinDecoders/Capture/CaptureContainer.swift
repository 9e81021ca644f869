/// What holds recorded datagrams in a file.
public enum CaptureContainer: String, Hashable, Sendable, Codable, CaseIterable {
    /// ASTERIX data blocks one behind the other, without times; each block counts as one datagram.
    case raw
    /// libpcap: either byte order, microseconds or nanoseconds.
    case pcap
    /// The pcap next generation file format.
    case pcapng
    /// The final format of the IOSS recorders.
    case ioss

    /// How many bytes ``sniff(_:)`` may look at: the longest record of the final format.
    public static let sniffedBytes = 65_535

    /// Finds the container by the first bytes of a file; `raw` if nothing else fits.
    public static func sniff(_ bytes: Span<UInt8>) -> CaptureContainer {
        guard bytes.count >= 4 else { return .raw }
        let magic = ByteOrder.big.long(bytes, at: 0)
        if PacketFileHeader.magicNumbers.contains(magic) { return .pcap }
        if magic == 0x0A0D_0D0A { return .pcapng }
        return FinalFormatReader.isFrame(at: 0, in: bytes) ? .ioss : .raw
    }
}

/// When a recorder says that it received a datagram.
public enum CaptureClock: Hashable, Sendable {
    case utc(nanosecondsSinceEpoch: Int64)
    /// The recorder's own day number (0 ... 255, from a day that the file does not tell) and the time within it.
    case recorderDay(Int, centiseconds: Int)

    /// Seconds on the recorder's clock: only differences within one file mean something.
    public var seconds: Double {
        switch self {
        case .utc(let nanoseconds): Double(nanoseconds) / 1e9
        case .recorderDay(let day, let centiseconds): Double(day) * 86_400 + Double(centiseconds) / 100
        }
    }
}

/// One recorded datagram.
public struct TimedPayload: Hashable, Sendable {
    /// `nil`: the container keeps no time.
    public var clock: CaptureClock?
    /// Where its first byte lies in the file.
    public var offset: Int
    /// Where its bytes lie in the window that was given.
    public var range: Range<Int>
}

/// A part of a capture that gave no datagram.
public struct CaptureRejection: Hashable, Sendable {
    public var error: CaptureError
    /// Where it begins in the file.
    public var offset: Int
    /// A sample of it within the window that was given; may be empty.
    public var sample: Range<Int>
}

/// Why a part of a capture gave no datagram.
public enum CaptureError: Error, Hashable, Sendable {
    case truncated(neededBytes: Int, availableBytes: Int)
    /// The length cannot be true, and with it the place of everything behind it is lost.
    case badLength(declaredBytes: Int)
    /// A packet's header says something that it cannot.
    case badHeader
    /// The marks that must stand at the end of a record are not there.
    case badTrailer
    case unsupportedVersion(Int)
    case unsupportedLinkType(Int)
    /// Not IP.
    case unsupportedNetwork(Int)
    /// IP, but not UDP.
    case unsupportedTransport(Int)
    /// A part of a datagram; parts are not put together.
    case fragment
    case tooManyInterfaces(limit: Int)

    /// A short fixed word for counters.
    public var reason: String {
        switch self {
        case .truncated: "capture-truncated"
        case .badLength: "capture-bad-length"
        case .badHeader: "capture-bad-header"
        case .badTrailer: "capture-bad-trailer"
        case .unsupportedVersion: "capture-unsupported-version"
        case .unsupportedLinkType: "capture-unsupported-link-type"
        case .unsupportedNetwork: "capture-not-ip"
        case .unsupportedTransport: "capture-not-udp"
        case .fragment: "capture-fragment"
        case .tooManyInterfaces: "capture-too-many-interfaces"
        }
    }
}
