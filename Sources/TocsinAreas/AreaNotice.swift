package import TocsinModel

/// Which feature of an area file is meant.
package struct FeaturePlace: Hashable, Sendable {
    /// From 0, in the order of the file.
    package var index: Int
    /// As far as it could be read.
    package var id: String?
    /// Where the feature begins in the file, counted from 1.
    package var line: Int

    /// For example `features[3]`.
    package var path: String { "features[\(index)]" }
}

/// Something about a polygon that was not as RFC 7946 wants it, and was mended without changing what it means.
package struct AreaNotice: Hashable, Sendable {
    package var feature: FeaturePlace
    /// The ring within the feature, for example `geometry.coordinates[0]`; empty where all of it is meant.
    package var path: String
    /// `nil` where no single place is meant.
    package var at: GeoPoint?
    package var mending: AreaMending
}

/// What was done to a polygon.
package enum AreaMending: Hashable, Sendable {
    /// The last point was not the first: the edge between them was added.
    case ringClosed
    /// An outer ring ran with the clock, or a hole against it.
    case windingReversed
    /// Points that repeat their predecessor were dropped.
    case duplicatesDropped(count: Int)
    /// Ways there and back, which bound nothing, were dropped.
    case spikesDropped
    /// The ring touched itself: taken apart there into shapes or holes that do not overlap.
    case touchResolved(shapes: Int)
    /// The ring crossed itself: taken apart there into shapes that do not overlap.
    case crossingResolved(shapes: Int)
    /// A hole outside its polygon, as files have that mean a MultiPolygon: taken as a polygon of its own, as rather too
    /// many people are warned than too few.
    case holeMadePolygon
    /// A ring without surface beside others that have some: dropped, as it bounds nothing.
    case emptyRingDropped
    /// It crosses the antimeridian: cut there (RFC 7946, section 3.1.9).
    case antimeridianCut(pieces: Int)
    /// A big city: cut into hexagonal parts (``BigCity``).
    case cutIntoParts(count: Int)

    /// For counting: the same for all with the same sentence.
    package var summary: String {
        switch self {
        case .ringClosed: "rings were open and are closed"
        case .windingReversed: "rings ran the wrong way round and are reversed"
        case .duplicatesDropped: "rings repeated points, which are dropped"
        case .spikesDropped: "rings went there and back, which is dropped"
        case .touchResolved: "rings touched themselves and are taken apart"
        case .crossingResolved: "rings crossed themselves and are taken apart"
        case .holeMadePolygon: "holes lie outside their polygons and are taken as polygons"
        case .emptyRingDropped: "rings bound nothing beside others that do, and are dropped"
        case .antimeridianCut: "areas cross the antimeridian and are cut there"
        case .cutIntoParts: "big cities are cut into parts"
        }
    }

    package var message: String {
        switch self {
        case .ringClosed: "the ring was open and is closed"
        case .windingReversed: "the ring ran the wrong way round and is reversed"
        case .duplicatesDropped(let count): "\(count) repeated points are dropped"
        case .spikesDropped: "the ring went there and back, which is dropped"
        case .touchResolved(let shapes): "the ring touched itself and is taken as \(shapes) shapes"
        case .crossingResolved(let shapes): "the ring crossed itself and is taken as \(shapes) shapes"
        case .holeMadePolygon: "the hole lies outside its polygon and is taken as a polygon"
        case .emptyRingDropped: "the ring bounds nothing and is dropped"
        case .antimeridianCut(let pieces): "it crosses the antimeridian and is cut into \(pieces) pieces"
        case .cutIntoParts(let count): "the city is cut into \(count) parts"
        }
    }
}
