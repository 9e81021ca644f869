/// The number of a published edition of one ASTERIX category, for example 1.32.
public struct AsterixEdition: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var major: UInt8
    public var minor: UInt8

    public init(_ major: UInt8, _ minor: UInt8) {
        self.major = major
        self.minor = minor
    }

    public var description: String { "\(major).\(minor)" }

    public static func < (left: AsterixEdition, right: AsterixEdition) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

/// Who sends an ASTERIX record: item 010 of every category.
public struct AsterixSource: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// System area code: the country or region, 0 ... 255.
    public var area: UInt8
    /// System identification code: the radar within the area, 0 ... 255.
    public var code: UInt8

    public init(area: UInt8, code: UInt8) {
        self.area = area
        self.code = code
    }

    /// `20/129`.
    public var description: String { "\(area)/\(code)" }

    /// The name that reports of this source carry until the configuration names it.
    public var sensor: SensorID { SensorID("asterix-\(area)-\(code)") }

    public static func < (left: AsterixSource, right: AsterixSource) -> Bool {
        (left.area, left.code) < (right.area, right.code)
    }
}

/// Says that a source writes a category in an older edition than the newest.
public struct AsterixEditionPin: Hashable, Sendable, Codable {
    /// `nil`: every source.
    public var source: AsterixSource?
    public var category: UInt8
    public var edition: AsterixEdition

    public init(source: AsterixSource?, category: UInt8, edition: AsterixEdition) {
        self.source = source
        self.category = category
        self.edition = edition
    }
}
