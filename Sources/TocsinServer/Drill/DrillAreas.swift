internal import Foundation
package import TocsinModel

/// The areas of a drill with the region that each belongs to, from a GeoJSON file as Tools/make_areas.py writes.
package struct DrillAreas: Hashable, Sendable {
    /// By ascending id.
    package let areas: [Area]
    /// By area; empty where the file names no region, so that all such areas are one.
    package let regionNames: [String]

    package init(path: String) throws(DrillError) {
        let file: AreaFile
        do {
            file = try JSONDecoder().decode(AreaFile.self, from: Data(contentsOf: URL(filePath: path)))
        } catch let error as DecodingError {
            throw .badAreas(path: path, problem: error.briefly)
        } catch {
            throw .cannotRead(path: path, cause: error.localizedDescription)
        }
        guard file.features.count <= Limits.areas else {
            throw .badAreas(path: path, problem: "more than \(Limits.areas) areas")
        }
        let features = file.features.sorted { $0.id < $1.id }
        for (feature, next) in zip(features, features.dropFirst()) where feature.id == next.id {
            throw .badAreas(path: path, problem: "the id \(feature.id) is used twice")
        }
        let areas = features.compactMap(\.area)
        guard areas.count == features.count, !areas.isEmpty else {
            let broken = features.first { $0.area == nil }.map { "the polygon of \($0.id) is broken" }
            throw .badAreas(path: path, problem: broken ?? "there is none")
        }
        self.areas = areas
        regionNames = features.map { $0.properties.region ?? "" }
    }
}

/// The part of RFC 7946 that areas use.
private struct AreaFile: Decodable {
    var features: [Feature]

    struct Feature: Decodable {
        var id: String
        var properties: Properties
        var geometry: Geometry

        /// `nil` for a polygon with holes, too few or too many corners, or corners off the globe.
        var area: Area? {
            guard geometry.coordinates.count == 1, let ring = geometry.coordinates.first,
                (4...Limits.verticesPerArea + 1).contains(ring.count), ring.first == ring.last,
                ring.allSatisfy({ $0.count >= 2 })
            else { return nil }
            let vertices = ring.dropLast().map { GeoPoint(latitudeDegrees: $0[1], longitudeDegrees: $0[0]) }
            guard vertices.allSatisfy(\.isValid), properties.population >= 0, properties.secondsToShelter >= 0
            else { return nil }
            return Area(
                id: AreaID(id), names: [LocalizedName(language: "und", text: properties.name)],
                population: properties.population, polygon: GeoPolygon(vertices: vertices),
                secondsToShelter: properties.secondsToShelter, protects: [.homes])
        }
    }

    struct Properties: Decodable {
        var name: String
        var population: Int
        var secondsToShelter: Double
        var region: String?
    }

    struct Geometry: Decodable {
        var coordinates: [[[Double]]]
    }
}
