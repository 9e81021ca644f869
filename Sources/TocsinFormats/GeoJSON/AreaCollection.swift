internal import Foundation
package import TocsinModel

/// Areas as a GeoJSON FeatureCollection (RFC 7946), in the form that ``AreaFile`` reads.
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
            geometry = Geometry(area.polygon)
        }
    }

    private struct Properties: Hashable, Sendable, Encodable {
        var id: String
        var name: String
        var names: [String: String]
        var population: Int
        var secondsToShelter: Double
        var protects: [ProtectedThing]

        init(_ area: Area) {
            id = area.id.rawValue
            name = area.name
            let tagged = area.names.filter { !$0.language.isEmpty }.map { ($0.language, $0.text) }
            names = Dictionary(tagged, uniquingKeysWith: { first, _ in first })
            population = area.population
            secondsToShelter = area.secondsToShelter
            protects = ProtectedThing.allCases.filter(area.protects.contains)
        }
    }

    private struct Geometry: Hashable, Sendable, Encodable {
        var type = "Polygon"
        /// Longitude first; the first point is repeated at the end.
        var coordinates: [[[Double]]]

        init(_ polygon: GeoPolygon) {
            let ring = polygon.vertices + polygon.vertices.prefix(1)
            coordinates = [ring.map { [$0.longitudeDegrees, $0.latitudeDegrees] }]
        }
    }
}
