/// A place that is warned as one.
public struct Area: Hashable, Sendable, Codable {
    public var id: AreaID
    public var names: [LocalizedName]
    public var population: Int
    public var polygon: GeoPolygon
    /// How long people here need to reach shelter. Seconds, 0 or more.
    public var secondsToShelter: Double
    public var protects: Set<ProtectedThing>

    public init(
        id: AreaID, names: [LocalizedName], population: Int, polygon: GeoPolygon, secondsToShelter: Double,
        protects: Set<ProtectedThing>
    ) {
        self.id = id
        self.names = names
        self.population = population
        self.polygon = polygon
        self.secondsToShelter = secondsToShelter
        self.protects = protects
    }

    /// The first name, or the id where there is none.
    public var name: String { names.first?.text ?? id.rawValue }
}

/// A name in one language (BCP 47 tag, for example `de`).
public struct LocalizedName: Hashable, Sendable, Codable {
    public var language: String
    public var text: String
    public init(language: String, text: String) {
        self.language = language
        self.text = text
    }
}

public enum ProtectedThing: String, Hashable, Sendable, Codable, CaseIterable {
    case homes, hospital, power, water, heritage
}
