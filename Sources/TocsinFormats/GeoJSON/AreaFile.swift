internal import Foundation
package import TocsinModel

/// The areas of a GeoJSON file (RFC 7946), and everything that is wrong with it.
package struct AreaFile: Hashable, Sendable {
    /// The areas without a mistake, in the order of the file.
    package private(set) var areas: [Area] = []
    package private(set) var problems: [Problem] = []
    private var identifiers: Set<AreaID> = []

    /// One mistake: where it is, what it is, and what to do about it.
    package struct Problem: Hashable, Sendable {
        /// For example `features[3].properties.population`.
        package var path: String
        package var message: String
        package var hint: String
    }

    /// Reads a FeatureCollection of Polygons with the properties `name` or `names`, `population`,
    /// `secondsToShelter` and optionally `protects`, each with an `id`.
    package init(json: [UInt8]) {
        guard let root = try? JSONDecoder().decode(GeoJSONValue.self, from: Data(json)) else {
            report("", "is no JSON", "check it with a JSON checker")
            return
        }
        take(root)
    }

    private mutating func take(_ root: GeoJSONValue) {
        guard root["type"]?.text == "FeatureCollection", let features = root["features"]?.list else {
            return report("", "is no FeatureCollection", "begin with {\"type\": \"FeatureCollection\", \"features\": [")
        }
        guard features.count <= Limits.areas else {
            return report("features", "has \(features.count) areas", "at most \(Limits.areas) are possible")
        }
        if features.isEmpty { report("features", "is empty", "an area is needed for anybody to be warned") }
        for (index, feature) in features.enumerated() { take(feature, at: "features[\(index)]") }
    }

    private mutating func report(_ path: String, _ message: String, _ hint: String) {
        problems.append(Problem(path: path, message: message, hint: hint))
    }

    private mutating func take(_ feature: GeoJSONValue, at path: String) {
        let identifier = identifier(of: feature, at: path)
        let names = names(of: feature, at: "\(path).properties")
        let population = number("population", of: feature, at: path, in: 0...1e9)
        let seconds = number("secondsToShelter", of: feature, at: path, in: 0...86_400)
        let protects = protects(of: feature, at: "\(path).properties.protects")
        let polygon = polygon(of: feature, at: "\(path).geometry")
        guard let identifier, let names, let population, let seconds, let protects, let polygon else { return }
        areas.append(
            Area(
                id: identifier, names: names, population: Int(population), polygon: polygon,
                secondsToShelter: seconds, protects: protects))
    }

    private mutating func identifier(of feature: GeoJSONValue, at path: String) -> AreaID? {
        let number = feature["id"]?.number.flatMap { Int(exactly: $0) }.map(String.init)
        guard let text = feature["id"]?.text ?? number ?? feature["properties"]?["id"]?.text, !text.isEmpty,
            text.count <= Limits.charactersPerText
        else {
            report("\(path).id", "is missing", "give each area a stable id of letters, digits and hyphens")
            return nil
        }
        guard identifiers.insert(AreaID(text)).inserted else {
            report("\(path).id", "\(text) is used twice", "give each area an id of its own")
            return nil
        }
        return AreaID(text)
    }

    private mutating func names(of feature: GeoJSONValue, at path: String) -> [LocalizedName]? {
        let properties = feature["properties"]
        var names: [LocalizedName] = []
        // A JSON object has no order; the languages' tags give one.
        for (language, value) in (properties?["names"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let text = value.text else {
                report("\(path).names.\(language)", "is no text", "write \"\(language)\": \"the name\"")
                return nil
            }
            names.append(LocalizedName(language: language, text: text))
        }
        if let name = properties?["name"]?.text {
            let known = names.firstIndex { $0.text == name }.map { names.remove(at: $0) }
            names.insert(known ?? LocalizedName(language: "", text: name), at: 0)
        }
        guard names.contains(where: { !$0.text.isEmpty }) else {
            report("\(path).name", "is missing", "give the name that people know the place by")
            return nil
        }
        guard names.allSatisfy({ $0.text.count <= Limits.charactersPerText }) else {
            report("\(path).name", "is too long", "at most \(Limits.charactersPerText) characters")
            return nil
        }
        return names
    }

    private mutating func number(
        _ key: String, of feature: GeoJSONValue, at path: String, in range: ClosedRange<Double>
    ) -> Double? {
        let path = "\(path).properties.\(key)"
        guard let value = feature["properties"]?[key] else {
            report(path, "is missing", "give a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
            return nil
        }
        guard let number = value.number, range.contains(number) else {
            let hint = "give a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
            report(path, value.number.map { "is \($0)" } ?? "is no number", hint)
            return nil
        }
        return number
    }

    private mutating func protects(of feature: GeoJSONValue, at path: String) -> Set<ProtectedThing>? {
        guard let value = feature["properties"]?["protects"] else { return [.homes] }
        let known = ProtectedThing.allCases.map(\.rawValue).joined(separator: ", ")
        guard let list = value.list else {
            report(path, "is no list", "list some of: \(known)")
            return nil
        }
        var things: Set<ProtectedThing> = []
        for (index, item) in list.enumerated() {
            guard let thing = item.text.flatMap(ProtectedThing.init(rawValue:)) else {
                report("\(path)[\(index)]", "\(item.text ?? "the value") is unknown", "known are: \(known)")
                return nil
            }
            things.insert(thing)
        }
        return things
    }

    private mutating func polygon(of feature: GeoJSONValue, at path: String) -> GeoPolygon? {
        guard feature["geometry"]?["type"]?.text == "Polygon",
            let rings = feature["geometry"]?["coordinates"]?.list
        else {
            report(path, "is no Polygon", "split a MultiPolygon into one area for each part")
            return nil
        }
        let path = "\(path).coordinates"
        guard rings.count == 1, let ring = rings.first?.list else {
            report(path, "has \(rings.count) rings", "give the outer ring only; holes are not supported")
            return nil
        }
        let points = ring.map(Self.point)
        if let index = points.firstIndex(of: nil) {
            report("\(path)[0][\(index)]", "is no place", "write [longitude, latitude] in degrees, longitude first")
            return nil
        }
        let vertices = Self.open(points.compactMap(\.self))
        guard (3...Limits.verticesPerArea).contains(vertices.count) else {
            report(
                "\(path)[0]", "has \(vertices.count) vertices",
                "give from 3 to \(Limits.verticesPerArea), not counting the repeated first")
            return nil
        }
        return GeoPolygon(vertices: vertices)
    }

    private static func point(_ value: GeoJSONValue) -> GeoPoint? {
        guard let numbers = value.list?.map(\.number), (2...3).contains(numbers.count), let longitude = numbers[0],
            let latitude = numbers[1]
        else { return nil }
        let point = GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
        return point.isValid ? point : nil
    }

    /// GeoJSON repeats the first point at the end; the model does not.
    private static func open(_ ring: [GeoPoint]) -> [GeoPoint] {
        ring.count > 1 && ring.first == ring.last ? Array(ring.dropLast()) : ring
    }
}
