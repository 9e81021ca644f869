internal import TocsinModel

/// Reads one Feature after the other and keeps what is wrong with the last.
///
/// What is no JSON is thrown and ends the file; anything else is noted, and the value passed over.
struct FeatureReader {
    var json: JSONReader
    /// The last feature's, as far as it could be read.
    private(set) var id: String?
    private(set) var notices: [(subpath: String, at: GeoPoint?, mending: AreaMending)] = []
    private(set) var refusals: [(subpath: String, at: GeoPoint?, fault: AreaFault)] = []
    private var mending = OutlineMending()

    /// Objects and arrays inside one another; a MultiPolygon's numbers are nine deep, foreign members may be deeper.
    private static let depthMaximum = 32

    init(_ bytes: [UInt8]) { json = JSONReader(bytes, depthMaximum: Self.depthMaximum) }

    /// - Parameter subpath: Within the feature.
    mutating func refuse(_ fault: AreaFault, _ subpath: String, at point: GeoPoint? = nil) {
        refusals.append((subpath, point, fault))
    }

    /// The next field's name in the object that is read; `nil` at its end. A name that is too long stands for none.
    mutating func fieldName(_ isFirst: inout Bool) throws(DecodeError) -> String? {
        guard let range = try json.fieldName(isFirst: isFirst) else { return nil }
        isFirst = false
        return range.count <= Limits.charactersPerText ? json.shortText(range) : ""
    }

    /// The next feature's area; `nil` if there is a refusal.
    mutating func area() throws(DecodeError) -> Area? {
        id = nil
        notices.removeAll(keepingCapacity: true)
        refusals.removeAll(keepingCapacity: true)
        guard json.take("{") else {
            try json.skipValue()
            refuse(.wrongKind(wanted: "Feature"), "")
            return nil
        }
        var fields = AreaFields()
        var rings: [[Ring]]?
        var isFirst = true
        var hasProperties = false
        var hasGeometry = false
        while let name = try fieldName(&isFirst) {
            switch name {
            case "id":
                if id != nil { refuse(.givenTwice, "id") }
                id = try identifier("id")
            case "properties":
                if hasProperties { refuse(.givenTwice, "properties") }
                hasProperties = true
                try fields.read(&self)
            case "geometry":
                if hasGeometry { refuse(.givenTwice, "geometry") }
                hasGeometry = true
                rings = try geometry()
            default: try json.skipValue()
            }
        }
        if !hasGeometry { refuse(.missing, "geometry") }
        id = id ?? fields.id
        if id == nil, !refusals.contains(where: { $0.subpath == "id" }) { refuse(.missing, "id") }
        let description = fields.described(&self)
        guard let rings, let polygons = polygons(rings), let id, let description, refusals.isEmpty else {
            return nil
        }
        return Area(
            id: AreaID(id), aliases: fields.aliases, names: description.names, population: description.population,
            polygons: polygons, shelter: description.shelter, protects: fields.protects ?? [.homes],
            region: fields.region)
    }

    /// An id: a text that is not empty, or a whole number. `nil`: refused, or `null`.
    mutating func identifier(_ subpath: @autoclosure () -> String) throws(DecodeError) -> String? {
        if json.peek() == UInt8(ascii: "\"") {
            guard let text = try text(subpath()) else { return nil }
            guard !text.isEmpty else {
                refuse(.missing, subpath())
                return nil
            }
            return text
        }
        if try json.takeNull() { return nil }
        guard let number = try number(subpath()) else { return nil }
        guard let whole = Int(exactly: number) else {
            refuse(.wrongKind(wanted: "text or whole number"), subpath())
            return nil
        }
        return String(whole)
    }

    /// A text; `nil`: refused.
    mutating func text(_ subpath: @autoclosure () -> String) throws(DecodeError) -> String? {
        guard json.peek() == UInt8(ascii: "\"") else {
            try json.skipValue()
            refuse(.wrongKind(wanted: "text"), subpath())
            return nil
        }
        do throws(DecodeError) {
            return try json.text("")
        } catch {
            guard case .outOfRange = error else { throw error }
            refuse(.textTooLong(limit: Limits.charactersPerText), subpath())
            return nil
        }
    }

    /// A number; `nil`: refused.
    mutating func number(_ subpath: @autoclosure () -> String) throws(DecodeError) -> Double? {
        if json.isNumberNext() { return try json.number().value }
        try json.skipValue()
        refuse(.wrongKind(wanted: "number"), subpath())
        return nil
    }

    /// Reads a list's elements with `element`, which gets each one's number.
    mutating func list(
        _ subpath: @autoclosure () -> String, atMost limit: Int,
        _ element: (inout FeatureReader, Int) throws(DecodeError) -> Void
    ) throws(DecodeError) {
        guard json.take("[") else {
            try json.skipValue()
            return refuse(.wrongKind(wanted: "list"), subpath())
        }
        if json.take("]") { return }
        var count = 0
        repeat {
            if count < limit { try element(&self, count) } else { try json.skipValue() }
            count += 1
        } while json.take(",")
        try json.expect("]")
        if count > limit { refuse(.tooManyValues(limit: limit), subpath()) }
    }

    /// The mended polygons; `nil`: refused.
    private mutating func polygons(_ rings: [[Ring]]) -> [GeoPolygon]? {
        do throws(OutlineMending.Fault) {
            let polygons = try mending.polygons(of: rings)
            for mended in mending.mendings {
                let path = mended.ring.map { self.path(of: $0) } ?? ""
                notices.append((path, GeoPoint(mended.at), mended.mending))
            }
            return polygons
        } catch {
            refuse(error.fault, path(of: error.ring), at: error.at.map { GeoPoint($0) })
            return nil
        }
    }

    private func path(of ring: OutlineMending.RingPlace) -> String {
        "geometry.coordinates" + (isMulti ? "[\(ring.polygon)]" : "") + "[\(ring.ring)]"
    }

    /// Whether the last geometry was a MultiPolygon.
    var isMulti = false
}

extension JSONReader {
    /// Whether a number begins here.
    mutating func isNumberNext() -> Bool {
        guard let byte = peek() else { return false }
        return byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
