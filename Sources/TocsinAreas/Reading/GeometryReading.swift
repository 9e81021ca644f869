internal import TocsinModel

extension FeatureReader {
    /// The rings of a Polygon or MultiPolygon as they stand in the file; `nil`: refused.
    mutating func geometry() throws(DecodeError) -> [[Ring]]? {
        guard json.take("{") else {
            try json.skipValue()
            refuse(.noPolygon, "geometry")
            return nil
        }
        var type: String?
        var rings: [[Ring]]?
        var coordinates: Int?
        var isFirst = true
        while let name = try fieldName(&isFirst) {
            switch name {
            case "type": type = try text("geometry.type")
            case "coordinates":
                if coordinates != nil { refuse(.givenTwice, "geometry.coordinates") }
                coordinates = json.position
                if let type { rings = try outline(type) } else { try json.skipValue() }
            default: try json.skipValue()
            }
        }
        guard let type, type == "Polygon" || type == "MultiPolygon" else {
            refuse(.noPolygon, "geometry")
            return nil
        }
        guard let coordinates else {
            refuse(.missing, "geometry.coordinates")
            return nil
        }
        if let rings { return rings }
        guard refusals.isEmpty || !refusals.contains(where: { $0.subpath.hasPrefix("geometry.c") }) else { return nil }
        // The type came after the coordinates.
        let end = json.position
        json.rewind(to: coordinates)
        defer { json.rewind(to: end) }
        return try outline(type)
    }

    /// - Returns: `nil` for another type, or after a refusal; the value is passed over in any case.
    private mutating func outline(_ type: String) throws(DecodeError) -> [[Ring]]? {
        guard type == "Polygon" || type == "MultiPolygon" else {
            try json.skipValue()
            return nil
        }
        isMulti = type == "MultiPolygon"
        _ = json.peek()
        let start = json.position
        var outline = OutlineReading(isMulti: isMulti)
        if let polygons = try outline.read(&json) { return polygons }
        refuse(outline.fault, outline.path, at: outline.at)
        json.rewind(to: start)
        try json.skipValue()
        return nil
    }
}

/// Reads coordinates, three or four lists deep.
private struct OutlineReading {
    let isMulti: Bool
    private(set) var fault = AreaFault.noPlace
    private(set) var at: GeoPoint?
    private var polygons: [[Ring]] = []
    private var ring: Ring = []
    private var vertexCount = 0
    /// How deep the fault is: lists that were begun.
    private var numbers: [Int] = []

    init(isMulti: Bool) { self.isMulti = isMulti }

    /// Where the fault is.
    var path: String {
        "geometry.coordinates" + numbers.map { "[\($0)]" }.joined()
    }

    /// - Returns: `nil`: there is a fault, and reading stopped at it.
    mutating func read(_ json: inout JSONReader) throws(DecodeError) -> [[Ring]]? {
        if !isMulti {
            guard let rings = try polygon(&json, before: []) else { return nil }
            return [rings]
        }
        guard json.take("[") else {
            _ = stop(.noPolygon, [])
            return nil
        }
        repeat {
            guard let rings = try polygon(&json, before: [polygons.count]) else { return nil }
            polygons.append(rings)
        } while json.take(",")
        try json.expect("]")
        return polygons
    }

    private mutating func polygon(_ json: inout JSONReader, before: [Int]) throws(DecodeError) -> [Ring]? {
        guard json.take("[") else { return stop(.noPolygon, before) }
        var rings: [Ring] = []
        repeat {
            guard try readRing(&json, before: before + [rings.count]) else { return nil }
            rings.append(ring)
        } while json.take(",")
        guard json.take("]") else { return stop(.noPlace, before) }
        return rings
    }

    private mutating func stop(_ fault: AreaFault, _ place: [Int], at point: GeoPoint? = nil) -> [Ring]? {
        self.fault = fault
        numbers = place
        at = point
        return nil
    }

    private mutating func readRing(_ json: inout JSONReader, before: [Int]) throws(DecodeError) -> Bool {
        guard json.take("[") else { return stop(.noPlace, before) != nil }
        ring = []
        if json.take("]") { return stop(.tooFewVertices(count: 0), before) != nil }
        repeat {
            guard let point = try point(&json) else { return stop(.noPlace, before + [ring.count]) != nil }
            guard abs(point.x) <= 180, abs(point.y) <= 90 else {
                return stop(.offTheGlobe, before + [ring.count]) != nil
            }
            ring.append(point)
            vertexCount += 1
            guard vertexCount <= Limits.verticesPerArea else {
                return stop(.tooManyVertices(limit: Limits.verticesPerArea), before) != nil
            }
        } while json.take(",")
        guard json.take("]") else { return stop(.noPlace, before + [ring.count]) != nil }
        return true
    }

    /// Longitude and latitude; more numbers are passed over. `nil`: it is something else.
    private func point(_ json: inout JSONReader) throws(DecodeError) -> SIMD2<Double>? {
        guard json.take("["), json.isNumberNext() else { return nil }
        let longitude = try json.number().value
        guard json.take(","), json.isNumberNext() else { return nil }
        let latitude = try json.number().value
        while json.take(",") { try json.skipValue() }
        return json.take("]") ? SIMD2(longitude, latitude) : nil
    }
}
