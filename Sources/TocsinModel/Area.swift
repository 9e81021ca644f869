/// A place that is warned as one.
public struct Area: Hashable, Sendable, Codable {
    public var id: AreaID
    /// Other ids that stand for this place: those it had before, and for a part of a city the city's.
    public var aliases: [AreaID]
    public var names: [LocalizedName]
    public var population: Int
    /// Its pieces, which do not overlap; most areas are one.
    public var polygons: [GeoPolygon]
    /// How long people here need to reach shelter, by day and by night.
    public var shelter: ShelterTime
    public var protects: Set<ProtectedThing>
    /// The larger division it belongs to, for example `CH-ZH`; `nil` where none is told.
    public var region: String?

    public init(
        id: AreaID, aliases: [AreaID] = [], names: [LocalizedName], population: Int, polygons: [GeoPolygon],
        shelter: ShelterTime, protects: Set<ProtectedThing>, region: String? = nil
    ) {
        self.id = id
        self.aliases = aliases
        self.names = names
        self.population = population
        self.polygons = polygons
        self.shelter = shelter
        self.protects = protects
        self.region = region
    }

    /// An area of one polygon whose people need `secondsToShelter` at any hour.
    public init(
        id: AreaID, names: [LocalizedName], population: Int, polygon: GeoPolygon, secondsToShelter: Double,
        protects: Set<ProtectedThing>
    ) {
        self.init(
            id: id, names: names, population: population, polygons: [polygon],
            shelter: ShelterTime(seconds: secondsToShelter), protects: protects)
    }

    /// The first name, or the id where there is none.
    public var name: String { names.first?.text ?? id.rawValue }

    /// The city that this area is a part of; `nil` where it is whole.
    ///
    /// A part is called by its city's id and a number, `CITY/3`, and has the city's id among its aliases.
    public var city: AreaID? {
        guard let slash = id.rawValue.lastIndex(of: "/") else { return nil }
        let whole = AreaID(String(id.rawValue[..<slash]))
        return aliases.contains(whole) ? whole : nil
    }

    /// One ring for those who know only rings: ``polygons`` joined by bridges without width
    /// (``GeoPolygon/init(joining:)``). The area's own ring where it is one polygon without holes.
    public var polygon: GeoPolygon { GeoPolygon(joining: polygons) }

    /// The longest time people here need to reach shelter at any hour. Seconds, 0 or more.
    public var secondsToShelter: Double { shelter.longestSeconds }

    /// Whether `point` is inside.
    /// - Complexity: O(*v*), *v* being the number of vertices.
    public func contains(_ point: GeoPoint) -> Bool { polygons.contains { $0.contains(point) } }
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
