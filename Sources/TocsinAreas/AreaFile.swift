package import TocsinModel

/// The areas of a GeoJSON file (RFC 7946): a FeatureCollection, or one Feature, of Polygons and MultiPolygons.
///
/// Every feature is either among the areas or named in a refusal; what was mended is told in a notice. Docs/areas.md
/// lists the properties and what is mended.
package struct AreaFile: Hashable, Sendable {
    /// The areas without a fault, in the order of the file.
    package private(set) var areas: [Area] = []
    package private(set) var notices: [AreaNotice] = []
    package private(set) var refusals: [AreaRefusal] = []
    /// The features that were begun to read, with or without a fault.
    package private(set) var featureCount = 0
    /// Of each area.
    private var places: [FeaturePlace] = []
    private var identifiers: Set<AreaID> = []

    /// - Parameter json: UTF-8. May hold anything: where it stops being JSON is one refusal with the place.
    /// - Complexity: O(bytes), and for each ring of *n* vertices O(*n* log *n*) unless its edges crowd.
    package init(json: [UInt8]) {
        var reader = FeatureReader(json)
        var lines = LineCount(json)
        do throws(DecodeError) {
            try read(&reader, &lines)
        } catch {
            let byte = min(reader.json.position, json.count)
            refuse(.unreadable(error, byte: byte, line: lines.line(at: byte)))
        }
        if areas.isEmpty && refusals.isEmpty { refuse(.noFeature) }
    }

    /// Cuts big cities into parts (``BigCity``), each an area of its own.
    ///
    /// A city whose parts' ids belong to other areas stays whole.
    package mutating func cutBigCities() {
        var parted: [Area] = []
        var partedPlaces: [FeaturePlace] = []
        for (area, place) in zip(areas, places) {
            var parts = BigCity.parts(of: area)
            if parts.contains(where: { identifiers.contains($0.id) }) { parts = [] }
            if !parts.isEmpty {
                notices.append(
                    AreaNotice(feature: place, path: "", at: nil, mending: .cutIntoParts(count: parts.count)))
            }
            parted += parts.isEmpty ? [area] : parts
            partedPlaces += Array(repeating: place, count: max(1, parts.count))
        }
        areas = parted
        places = partedPlaces
    }

    private mutating func refuse(_ fault: AreaFault) {
        refusals.append(AreaRefusal(feature: nil, subpath: "", at: nil, fault: fault))
    }

    private mutating func read(_ reader: inout FeatureReader, _ lines: inout LineCount) throws(DecodeError) {
        var hasFeatures = false
        var hasGeometry = false
        try reader.json.expect("{")
        var isFirst = true
        while let name = try reader.fieldName(&isFirst) {
            switch name {
            case "features" where !hasFeatures && reader.json.peek() == UInt8(ascii: "["):
                hasFeatures = true
                guard try readFeatures(&reader, &lines) else { return }
            case "geometry":
                hasGeometry = true
                try reader.json.skipValue()
            default: try reader.json.skipValue()
            }
        }
        let end = reader.json.position
        if !hasFeatures {
            guard hasGeometry else { return refuse(.noFeatureCollection) }
            reader.json.rewind(to: 0)
            try readFeature(&reader, &lines)
        }
        guard reader.json.peek() == nil else { throw .trailingBytes(count: reader.json.bytes.count - end) }
    }

    /// - Returns: Whether there were not too many.
    private mutating func readFeatures(
        _ reader: inout FeatureReader, _ lines: inout LineCount
    ) throws(DecodeError) -> Bool {
        try reader.json.expect("[")
        if reader.json.take("]") { return true }
        repeat {
            guard featureCount < Limits.areas else {
                refuse(.tooManyAreas(limit: Limits.areas))
                return false
            }
            try readFeature(&reader, &lines)
        } while reader.json.take(",")
        try reader.json.expect("]")
        return true
    }

    private mutating func readFeature(
        _ reader: inout FeatureReader, _ lines: inout LineCount
    ) throws(DecodeError) {
        _ = reader.json.peek()
        var place = FeaturePlace(index: featureCount, id: nil, line: lines.line(at: reader.json.position))
        featureCount += 1
        var area = try reader.area()
        place.id = reader.id
        if let known = area { area = unique(known, &reader) }
        for notice in reader.notices where area != nil {
            notices.append(
                AreaNotice(feature: place, path: notice.subpath, at: notice.at, mending: notice.mending))
        }
        for refusal in reader.refusals {
            refusals.append(
                AreaRefusal(feature: place, subpath: refusal.subpath, at: refusal.at, fault: refusal.fault))
        }
        guard let area else { return }
        areas.append(area)
        places.append(place)
    }

    /// `area` if nobody before it has its id or one of its aliases.
    private mutating func unique(_ area: Area, _ reader: inout FeatureReader) -> Area? {
        for (index, id) in ([area.id] + area.aliases).enumerated() where identifiers.contains(id) {
            reader.refuse(.idUsedTwice(id.rawValue), index == 0 ? "id" : "properties.aliases[\(index - 1)]")
            return nil
        }
        identifiers.insert(area.id)
        for alias in area.aliases { identifiers.insert(alias) }
        return area
    }
}

/// Counts lines up to places that are asked for from front to back.
private struct LineCount {
    private let bytes: [UInt8]
    private var counted = 0
    private var newlines = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Counted from 1.
    mutating func line(at position: Int) -> Int {
        if position < counted { (counted, newlines) = (0, 0) }
        for byte in bytes[counted..<position] where byte == UInt8(ascii: "\n") { newlines += 1 }
        counted = position
        return newlines + 1
    }
}
