package import TocsinModel

/// Why a feature, or the rest of a file, is not among the areas.
package struct AreaRefusal: Hashable, Sendable {
    /// `nil` where the whole file is meant.
    package var feature: FeaturePlace?
    /// Within the feature, for example `geometry.coordinates[0][7]`; empty where all of it is meant.
    package var subpath: String
    /// The place of the fault; `nil` where it has none.
    package var at: GeoPoint?
    package var fault: AreaFault

    /// For example `features[3].properties.population`; empty for the file as a whole.
    package var path: String {
        [feature?.path ?? "", subpath].filter { !$0.isEmpty }.joined(separator: ".")
    }

    /// What is wrong, with the place on the map where it has one, longitude first: `crosses itself at [8.54, 47.37]`.
    package var located: String {
        fault.message + (at.map { " at [\($0.longitudeDegrees), \($0.latitudeDegrees)]" } ?? "")
    }
}

package enum AreaFault: Error, Hashable, Sendable {
    // The file.
    /// Not JSON from here on; what follows was not read. Bytes from 0, lines from 1.
    case unreadable(DecodeError, byte: Int, line: Int)
    case noFeatureCollection
    case noFeature
    case tooManyAreas(limit: Int)

    // What is said of an area.
    case missing
    case givenTwice
    case wrongKind(wanted: String)
    case outOfRange(ClosedRange<Double>)
    case unknown(String, known: [String])
    case textTooLong(limit: Int)
    case tooManyValues(limit: Int)
    /// Another area has this id or alias already.
    case idUsedTwice(String)
    /// The longest of the times by day and by night is another.
    case contradictsDayAndNight

    // Its outline.
    /// Not a Polygon or MultiPolygon.
    case noPolygon
    /// Not two numbers.
    case noPlace
    /// Beyond 180 degrees of longitude or 90 of latitude.
    case offTheGlobe
    case tooFewVertices(count: Int)
    case tooManyVertices(limit: Int)
    case noSurface
    /// The ring crosses itself so that what it bounds is ambiguous.
    case selfCrossing
    /// Two rings of the area cross.
    case ringsCross
    /// One polygon of the area covers part of another.
    case polygonsOverlap
    /// The ring goes around a pole.
    case enclosesPole

    package var message: String {
        switch self {
        case .unreadable(let error, let byte, let line):
            "cannot be read from byte \(byte) on, in line \(line) (\(error.reason)); nothing after it was read"
        case .noFeatureCollection: "is no FeatureCollection and no Feature"
        case .noFeature: "holds no feature"
        case .tooManyAreas(let limit): "has more than \(limit) areas"
        case .missing: "is missing"
        case .givenTwice: "is given twice"
        case .wrongKind(let wanted): "is no \(wanted)"
        case .outOfRange: "is out of range"
        case .unknown(let word, _): "\(word) is unknown"
        case .textTooLong: "is too long"
        case .tooManyValues(let limit): "has more than \(limit) values"
        case .idUsedTwice(let id): "\(id) is used twice"
        case .contradictsDayAndNight: "is not the longer of the times by day and by night"
        case .noPolygon: "is no Polygon or MultiPolygon"
        case .noPlace: "is no place"
        case .offTheGlobe: "is not on the globe"
        case .tooFewVertices(let count): "has \(count) different vertices"
        case .tooManyVertices(let limit): "has more than \(limit) vertices"
        case .noSurface: "has no surface"
        case .selfCrossing: "crosses itself"
        case .ringsCross: "crosses another ring of the area"
        case .polygonsOverlap: "covers part of another polygon of the area"
        case .enclosesPole: "goes around a pole"
        }
    }

    package var hint: String {
        switch self {
        case .unreadable: "check it with a JSON checker"
        case .noFeatureCollection: "begin with {\"type\": \"FeatureCollection\", \"features\": ["
        case .noFeature: "an area is needed for anybody to be warned"
        case .tooManyAreas: "split the country among several systems"
        case .missing: "Docs/areas.md tells what each area needs"
        case .givenTwice: "keep one of the two"
        case .wrongKind(let wanted): "write a \(wanted)"
        case .outOfRange(let range): "give a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
        case .unknown(_, let known): "known are: \(known.joined(separator: ", "))"
        case .textTooLong(let limit): "at most \(limit) characters"
        case .tooManyValues: "keep those that are still in use"
        case .idUsedTwice: "give each area an id of its own"
        case .contradictsDayAndNight: "leave it out"
        case .noPolygon: "areas are Polygons or MultiPolygons"
        case .noPlace: "write [longitude, latitude] in degrees, longitude first"
        case .offTheGlobe: "longitude comes first, -180 to 180; then latitude, -90 to 90"
        case .tooFewVertices: "give 3 at least"
        case .tooManyVertices: "simplify the outline"
        case .noSurface: "remove it"
        case .selfCrossing, .ringsCross: "repair the outline there"
        case .polygonsOverlap: "unite the two"
        case .enclosesPole: "cut it at the antimeridian (RFC 7946, section 3.1.9)"
        }
    }
}
