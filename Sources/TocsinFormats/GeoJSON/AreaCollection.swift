internal import Foundation
package import TocsinModel

/// Areas as a GeoJSON FeatureCollection (RFC 7946), in the form that `AreaFile` of TocsinAreas reads.
package struct AreaCollection: Hashable, Sendable, Encodable {
    private var type = "FeatureCollection"
    private var features: [Feature]

    /// RFC 7946, section 12.
    package static let mediaType = "application/geo+json"

    /// The areas in this order.
    package init(_ areas: [Area]) { features = areas.map(Feature.init) }

    /// UTF-8; the same areas give the same bytes.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    private struct Feature: Hashable, Sendable, Encodable {
        var type = "Feature"
        var id: String
        var properties: Properties
        var geometry: Geometry

        init(_ area: Area) {
            id = area.id.rawValue
            properties = Properties(area)
            geometry = Geometry(area.polygons)
        }
    }

    private struct Properties: Hashable, Sendable, Encodable {
        var id: String
        var aliases: [String]?
        var name: String
        var names: [String: String]
        var population: Int
        var secondsToShelter: Double
        var secondsToShelterDay: Double?
        var secondsToShelterNight: Double?
        var nightFrom: String?
        var nightTo: String?
        var utcOffset: String?
        var protects: [ProtectedThing]
        var region: String?

        init(_ area: Area) {
            id = area.id.rawValue
            aliases = area.aliases.isEmpty ? nil : area.aliases.map(\.rawValue)
            name = area.name
            let tagged = area.names.filter { !$0.language.isEmpty }.map { ($0.language, $0.text) }
            names = Dictionary(tagged, uniquingKeysWith: { first, _ in first })
            population = area.population
            secondsToShelter = area.secondsToShelter
            protects = ProtectedThing.allCases.filter(area.protects.contains)
            region = area.region
            guard let night = area.shelter.night else { return }
            secondsToShelterDay = area.shelter.seconds
            secondsToShelterNight = night.seconds
            nightFrom = Self.clock(night.fromMinute)
            nightTo = Self.clock(night.toMinute)
            utcOffset = (night.utcOffsetMinutes < 0 ? "-" : "+") + Self.clock(abs(night.utcOffsetMinutes))
        }

        private static func clock(_ minutes: Int) -> String {
            [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
        }
    }

    private struct Geometry: Hashable, Sendable, Encodable {
        var polygons: [GeoPolygon]

        init(_ polygons: [GeoPolygon]) { self.polygons = polygons }

        private enum CodingKeys: String, CodingKey { case type, coordinates }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            if let single = polygons.first, polygons.count == 1 {
                try container.encode("Polygon", forKey: .type)
                try container.encode(Self.coordinates(single), forKey: .coordinates)
            } else {
                try container.encode("MultiPolygon", forKey: .type)
                try container.encode(polygons.map(Self.coordinates), forKey: .coordinates)
            }
        }

        /// Longitude first; the first point of each ring is repeated at its end.
        private static func coordinates(_ polygon: GeoPolygon) -> [[[Double]]] {
            ([polygon.vertices] + polygon.holes).map { ring in
                (ring + ring.prefix(1)).map { [$0.longitudeDegrees, $0.latitudeDegrees] }
            }
        }
    }
}
