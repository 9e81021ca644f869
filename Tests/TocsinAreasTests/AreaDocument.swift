import TocsinAreas

/// GeoJSON texts with one thing in them that a test is about.
enum AreaDocument {
    static func feature(
        id: String = "\"a\"", properties: String = "\"name\": \"A\", \"population\": 5, \"secondsToShelter\": 60",
        polygon: String = "[[[6, 46], [7, 46], [7, 47], [6, 46]]]"
    ) -> String {
        feature(id: id, properties: properties, geometry: "{\"type\": \"Polygon\", \"coordinates\": \(polygon)}")
    }

    static func feature(
        id: String = "\"a\"", properties: String = "\"name\": \"A\", \"population\": 5, \"secondsToShelter\": 60",
        geometry: String
    ) -> String {
        "{\"type\": \"Feature\", \"id\": \(id), \"properties\": {\(properties)}, \"geometry\": \(geometry)}"
    }

    static func read(_ features: String...) -> AreaFile { read(features) }

    static func read(_ features: [String]) -> AreaFile {
        let joined = features.joined(separator: ",\n")
        return AreaFile(json: Array("{\"type\": \"FeatureCollection\", \"features\": [\(joined)]}".utf8))
    }

    /// The text of a ring through `points`, as it stands, longitude first.
    static func ring(_ points: [(Double, Double)]) -> String {
        "[" + points.map { "[\($0.0), \($0.1)]" }.joined(separator: ", ") + "]"
    }
}
