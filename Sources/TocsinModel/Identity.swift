/// The name of a sensor, unique within one configuration, for example `radar-geneva` or `mic-017`.
public struct SensorID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
    public var description: String { rawValue }
    public static func < (left: SensorID, right: SensorID) -> Bool { left.rawValue < right.rawValue }
}

/// The stable name of an area, for example `ch-2660646`; never reused for another place.
public struct AreaID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
    public var description: String { rawValue }
    public static func < (left: AreaID, right: AreaID) -> Bool { left.rawValue < right.rawValue }
}

/// The position of a feed in the configuration's list of feeds, from 0.
public struct FeedNumber: Hashable, Comparable, Sendable, Codable {
    public var rawValue: UInt16
    public init(_ rawValue: UInt16) { self.rawValue = rawValue }
    public static func < (left: FeedNumber, right: FeedNumber) -> Bool { left.rawValue < right.rawValue }
}

/// A track's number: counted from 1 in the order of their starts, so that replay gives the same numbers.
public struct TrackNumber: Hashable, Comparable, Sendable, Codable {
    public var rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    public static func < (left: TrackNumber, right: TrackNumber) -> Bool { left.rawValue < right.rawValue }
}

/// A warning's number: counted from 1 in the order of their first issue.
public struct WarningNumber: Hashable, Comparable, Sendable, Codable {
    public var rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    public static func < (left: WarningNumber, right: WarningNumber) -> Bool { left.rawValue < right.rawValue }
}

/// A 24-bit aircraft address assigned by the International Civil Aviation Organization (Annex 10, volume III).
public struct AircraftAddress: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// 0 ... 0xFF_FFFF.
    public var rawValue: UInt32
    public init(_ rawValue: UInt32) { self.rawValue = rawValue & 0xFF_FFFF }
    /// Six lower-case hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
    public static func < (left: AircraftAddress, right: AircraftAddress) -> Bool {
        left.rawValue < right.rawValue
    }
}
