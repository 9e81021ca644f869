import Testing
import TocsinAreas
import TocsinModel

@Suite struct MendingTests {
    private static let square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    private static let hole = [(0.5, 0.5), (0.5, 1.0), (1.0, 1.0), (1.0, 0.5), (0.5, 0.5)]
    private static let bowTie = [(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)]

    struct Mended: Sendable {
        var name: String
        var coordinates: String
        var mendings: [AreaMending]
        /// Rings of each polygon: the outer's vertices, then the holes'.
        var rings: [[Int]]
        /// Longitude and latitude.
        var inside: [(Double, Double)]
        var outside: [(Double, Double)]
    }

    private static func polygon(_ rings: [(Double, Double)]...) -> String {
        "{\"type\": \"Polygon\", \"coordinates\": [" + rings.map(AreaDocument.ring).joined(separator: ",") + "]}"
    }

    private static func multi(_ polygons: [[(Double, Double)]]...) -> String {
        let texts = polygons.map { "[" + $0.map(AreaDocument.ring).joined(separator: ",") + "]" }
        return "{\"type\": \"MultiPolygon\", \"coordinates\": [" + texts.joined(separator: ",") + "]}"
    }

    static let mended: [Mended] = [
        Mended(
            name: "right", coordinates: polygon(square, hole), mendings: [], rings: [[4, 4]],
            inside: [(0.2, 0.2), (1.5, 0.7)], outside: [(0.7, 0.7), (3, 1)]),
        Mended(
            name: "open", coordinates: polygon(square.dropLast()), mendings: [.ringClosed], rings: [[4]],
            inside: [(1, 1)], outside: [(-1, 1)]),
        Mended(
            name: "both rings the wrong way round", coordinates: polygon(square.reversed(), hole.reversed()),
            mendings: [.windingReversed, .windingReversed], rings: [[4, 4]], inside: [(0.2, 0.2)],
            outside: [(0.7, 0.7)]),
        Mended(
            name: "repeated points",
            coordinates: polygon([(0, 0), (0, 0), (2, 0), (2, 2), (2, 2), (2, 2), (0, 2), (0, 0)]),
            mendings: [.duplicatesDropped(count: 3)], rings: [[4]], inside: [(1, 1)], outside: [(3, 1)]),
        Mended(
            name: "there and back", coordinates: polygon([(0, 0), (2, 0), (2, 2), (5, 3), (2, 2), (0, 2), (0, 0)]),
            mendings: [.spikesDropped], rings: [[4]], inside: [(1, 1)], outside: [(3, 2.2)]),
        Mended(
            name: "there and back along an edge",
            coordinates: polygon([(0, 0), (3, 0), (2, 0), (2, 2), (0, 2), (0, 0)]),
            mendings: [.spikesDropped], rings: [[4]], inside: [(1, 1)], outside: [(2.5, 0.1)]),
        Mended(
            name: "bow-tie", coordinates: polygon(bowTie), mendings: [.crossingResolved(shapes: 2)],
            rings: [[3], [3]], inside: [(0.2, 1), (1.8, 1)], outside: [(1, 0.2), (1, 1.8)]),
        Mended(
            name: "bow-tie through a vertex",
            coordinates: polygon([(0, 0), (1, 1), (2, 2), (2, 0), (1, 1), (0, 2), (0, 0)]),
            mendings: [.touchResolved(shapes: 2)], rings: [[3], [3]], inside: [(0.2, 1), (1.8, 1)],
            outside: [(1, 0.2), (1, 1.8)]),
        Mended(
            name: "hole joined by a way there and back",
            coordinates: polygon(
                [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0), (0.5, 0.5), (0.5, 1), (1, 1), (1, 0.5), (0.5, 0.5), (0, 0)]),
            mendings: [.touchResolved(shapes: 1)], rings: [[4, 4]], inside: [(1.5, 1)], outside: [(0.7, 0.7)]),
        Mended(
            name: "a hole outside", coordinates: polygon(square, [(3, 3), (3, 4), (4, 4), (3, 3)]),
            mendings: [.holeMadePolygon], rings: [[4], [3]], inside: [(1, 1), (3.2, 3.5)], outside: [(3.5, 3.2)]),
        Mended(
            name: "a piece and a hole without surface",
            coordinates: multi(
                [square, [(1, 1), (1.5, 1.5), (1.2, 1.2), (1, 1)]], [[(4, 0), (5, 0), (6, 0), (4, 0)]]),
            mendings: [.emptyRingDropped, .emptyRingDropped], rings: [[4]], inside: [(1, 1)], outside: [(5, 0.1)]),
        Mended(
            name: "a polar cap, cut",
            coordinates: polygon([(-180, -90), (180, -90), (180, -80), (0, -70), (-180, -80), (-180, -90)]),
            mendings: [], rings: [[5]], inside: [(0, -75), (179, -85), (-179, -85)], outside: [(0, -65)]),
        Mended(
            name: "two islands", coordinates: multi([square, hole], [[(4, 0), (5, 0), (5, 1), (4, 0)]]), mendings: [],
            rings: [[4, 4], [3]], inside: [(0.2, 0.2), (4.8, 0.5)], outside: [(0.7, 0.7), (3, 0.5)]),
        Mended(
            name: "an island in a lake",
            coordinates: multi([square, hole], [[(0.6, 0.6), (0.9, 0.6), (0.9, 0.9), (0.6, 0.6)]]), mendings: [],
            rings: [[4, 4], [3]], inside: [(0.85, 0.7)], outside: [(0.55, 0.7)]),
        Mended(
            name: "across the antimeridian",
            coordinates: polygon(
                [(179, -18), (-179, -18), (-179, -16), (179, -16), (179, -18)],
                [(179.5, -17.5), (179.5, -16.5), (-179.5, -16.5), (-179.5, -17.5), (179.5, -17.5)]),
            mendings: [.antimeridianCut(pieces: 2)], rings: [[8], [8]],
            inside: [(179.2, -17), (-179.2, -17), (179.9, -17.8), (-179.9, -17.8)],
            outside: [(179.8, -17), (-179.8, -17)]),
        Mended(
            name: "across it from the west, the wrong way round",
            coordinates: polygon([(-179, 10), (179, 10), (179, 12), (-179, 12), (-179, 10)]),
            mendings: [.windingReversed, .antimeridianCut(pieces: 2)], rings: [[4], [4]],
            inside: [(179.5, 11), (-179.5, 11)], outside: [(178, 11), (0, 11)]),
    ]

    @Test(arguments: mended) func isMendedWithANotice(_ example: Mended) throws {
        let file = AreaDocument.read(AreaDocument.feature(geometry: example.coordinates))
        #expect(file.refusals.isEmpty, "\(example.name): \(file.refusals)")
        #expect(file.notices.map(\.mending) == example.mendings, "\(example.name)")
        #expect(file.notices.allSatisfy { $0.feature.id == "a" && $0.at?.isValid == true })
        let area = try #require(file.areas.first)
        let rings = area.polygons.map { polygon in [polygon.vertices.count] + polygon.holes.map(\.count) }
        #expect(rings == example.rings, "\(example.name)")
        let inside = example.inside.map { GeoPoint(latitudeDegrees: $0.1, longitudeDegrees: $0.0) }
        let outside = example.outside.map { GeoPoint(latitudeDegrees: $0.1, longitudeDegrees: $0.0) }
        #expect(inside.filter { !area.contains($0) }.isEmpty, "\(example.name)")
        #expect(outside.filter { area.contains($0) }.isEmpty, "\(example.name)")
        // One ring for those who know only rings says the same.
        #expect(inside.filter { !area.polygon.contains($0) }.isEmpty, "\(example.name)")
        #expect(outside.filter { area.polygon.contains($0) }.isEmpty, "\(example.name)")
    }

    struct Refused: Sendable {
        var coordinates: String
        var fault: AreaFault
        var path: String
        var at: GeoPoint?
    }

    private static func place(_ longitude: Double, _ latitude: Double) -> GeoPoint {
        GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
    }

    static let refused: [Refused] = [
        // A curl: is the inner loop twice inside, or outside?
        Refused(
            coordinates: polygon([(0, 0), (4, 0), (4, 4), (1, 4), (1, 1), (2, 1), (2, 5), (0, 5), (0, 0)]),
            fault: .selfCrossing, path: "[0]", at: place(2, 4)),
        // A star of five points: its middle is twice inside.
        Refused(
            coordinates: polygon([(0, 0), (4, 3), (-1, 3), (3, 0), (1.5, 5), (0, 0)]), fault: .selfCrossing,
            path: "[0]", at: nil),
        // The same ring twice.
        Refused(
            coordinates: polygon([(0, 0), (2, 0), (2, 2), (0, 0), (2, 0), (2, 2), (0, 0)]), fault: .selfCrossing,
            path: "[0]", at: place(0, 0)),
        Refused(
            coordinates: polygon(square, [(1, 1), (1, 1.5), (3, 1.25), (1, 1)]), fault: .ringsCross, path: "[1]",
            at: place(2, 1.375)),
        // A hole outside that covers a polygon.
        Refused(
            coordinates: polygon(square, [(-1, -1), (-1, 5), (5, 5), (5, -1), (-1, -1)]), fault: .polygonsOverlap,
            path: "[0]", at: place(0, 0)),
        Refused(
            coordinates: multi([square], [[(1, 1), (1.5, 1), (1.5, 1.5), (1, 1)]]), fault: .polygonsOverlap,
            path: "[1][0]", at: place(1, 1)),
        Refused(
            coordinates: multi([square], [square]), fault: .polygonsOverlap, path: "[0][0]", at: place(0, 0)),
        Refused(
            coordinates: polygon([(0, 80), (120, 80), (-120, 80), (0, 80)]), fault: .enclosesPole, path: "[0]",
            at: place(0, 80)),
        Refused(
            coordinates: polygon([(0, 0), (1, 1), (2, 2), (0, 0)]), fault: .noSurface, path: "[0]", at: place(0, 0)),
        Refused(
            coordinates: polygon([(0, 0), (1, 1), (0, 0)]), fault: .tooFewVertices(count: 2), path: "[0]",
            at: place(0, 0)),
    ]

    @Test(arguments: refused) func isRefusedWithThePlaceOfTheFault(_ example: Refused) {
        let file = AreaDocument.read(AreaDocument.feature(geometry: example.coordinates), AreaDocument.feature(id: "7"))
        #expect(file.areas.map(\.id) == [AreaID("7")])
        #expect(file.featureCount == 2)
        #expect(file.refusals.map(\.fault) == [example.fault])
        #expect(file.refusals.map(\.subpath) == ["geometry.coordinates\(example.path)"])
        if let at = example.at { #expect(file.refusals.first?.at == at) }
        let feature = file.refusals.first?.feature
        #expect(feature?.index == 0 && feature?.id == "a" && feature?.line == 1)
        #expect(file.notices.isEmpty)
    }

    @Test func whatIsNoPlaceIsRefusedWhereItStands() {
        let faults: [(String, AreaFault, String)] = [
            ("[[[6, 46], [7, 95], [7, 47], [6, 46]]]", .offTheGlobe, "[0][1]"),
            ("[[[6, 46], [181, 46], [7, 47], [6, 46]]]", .offTheGlobe, "[0][1]"),
            ("[[[6, 46], [7, 1e999], [7, 47], [6, 46]]]", .offTheGlobe, "[0][1]"),
            ("[[[6, 46], [7], [7, 47], [6, 46]]]", .noPlace, "[0][1]"),
            ("[[[6, 46], [7, \"46\"], [7, 47], [6, 46]]]", .noPlace, "[0][1]"),
            ("[[[6, 46], [7, null], [7, 47], [6, 46]]]", .noPlace, "[0][1]"),
            ("[[6, 46], [7, 46], [7, 47], [6, 46]]", .noPlace, "[0][0]"),
            ("[[]]", .tooFewVertices(count: 0), "[0]"),
            ("[]", .noPlace, "[0]"),
            ("7", .noPolygon, ""),
        ]
        for (coordinates, fault, path) in faults {
            let file = AreaDocument.read(AreaDocument.feature(polygon: coordinates), AreaDocument.feature(id: "7"))
            #expect(file.areas.map(\.id) == [AreaID("7")], "\(coordinates)")
            #expect(file.refusals.map(\.fault) == [fault], "\(coordinates)")
            #expect(file.refusals.map(\.subpath) == ["geometry.coordinates\(path)"], "\(coordinates)")
        }
    }
}
