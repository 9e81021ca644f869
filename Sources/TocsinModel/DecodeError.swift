/// Why bytes from outside were not understood. Closed and comparable; a rejection is counted by ``reason``.
public enum DecodeError: Error, Hashable, Sendable, Codable {
    case truncated(neededBytes: Int, availableBytes: Int)
    case trailingBytes(count: Int)
    case unsupportedCategory(UInt8)
    case unsupportedEdition(category: UInt8)
    /// A presence bit was set for an item that the edition does not define.
    case undefinedItem(category: UInt8, fieldReferenceNumber: Int)
    case badLength(declaredBytes: Int)
    case badParity
    case unknownDownlinkFormat(UInt8)
    case badEscape
    case badHexadecimal
    case badJSON
    case missingField(String)
    /// A field that the format does not know there; at most ``Limits/charactersPerText`` characters of its name.
    case unknownField(String)
    case duplicateField(String)
    /// The named value is not a number, or outside the range that the format allows.
    case outOfRange(String)
    case unknownSensor(String)
    case tooMany(limit: Int)

    /// A short fixed word for counters.
    public var reason: String {
        switch self {
        case .truncated: "truncated"
        case .trailingBytes: "trailing-bytes"
        case .unsupportedCategory: "unsupported-category"
        case .unsupportedEdition: "unsupported-edition"
        case .undefinedItem: "undefined-item"
        case .badLength: "bad-length"
        case .badParity: "bad-parity"
        case .unknownDownlinkFormat: "unknown-downlink-format"
        case .badEscape: "bad-escape"
        case .badHexadecimal: "bad-hexadecimal"
        case .badJSON: "bad-json"
        case .missingField: "missing-field"
        case .unknownField: "unknown-field"
        case .duplicateField: "duplicate-field"
        case .outOfRange: "out-of-range"
        case .unknownSensor: "unknown-sensor"
        case .tooMany: "too-many"
        }
    }
}

/// A piece of input that was refused: where, why, and a sample of it.
public struct Rejection: Hashable, Sendable, Codable {
    public var feed: FeedNumber
    public var error: DecodeError
    /// Where in the frame, in bytes from its start.
    public var offset: Int
    /// At most ``Limits/rejectionSampleBytes`` from `offset` on.
    public var sample: [UInt8]

    public init(feed: FeedNumber, error: DecodeError, offset: Int, sample: [UInt8]) {
        self.feed = feed
        self.error = error
        self.offset = offset
        self.sample = sample
    }
}
