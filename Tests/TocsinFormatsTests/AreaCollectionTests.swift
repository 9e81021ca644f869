import Testing
import TocsinAreas
import TocsinFormats
import TocsinModel

@Suite struct AreaCollectionTests {
    @Test func areasAreReadBackAsTheyWereWritten() throws {
        var areas = hostileTexts.enumerated().compactMap { index, text in
            text.isEmpty || text.count > 200 ? nil : area(named: text, id: "id \(index)")
        }
        areas[0].aliases = [AreaID("former")]
        areas[0].region = "CH-BE"
        areas[0].shelter.night = ShelterTime.Night(
            seconds: 500, fromMinute: 1_350, toMinute: 355, utcOffsetMinutes: -210)
        let hole = [(6.2, 46.1), (6.2, 46.2), (6.3, 46.1)]
        let island = [(9.0, 46.0), (9.5, 46.0), (9.0, 46.5)]
        let mainland = [(6.0, 46.0), (7.0, 46.0), (7.0, 47.0), (6.0, 47.0)]
        areas[1].polygons = [
            GeoPolygon(vertices: mainland.map(Self.point), holes: [hole.map(Self.point)]),
            GeoPolygon(vertices: island.map(Self.point)),
        ]
        let file = AreaFile(json: try AreaCollection(areas).json())
        #expect(file.refusals.isEmpty && file.notices.isEmpty)
        #expect(file.areas == areas)
    }

    private static func point(_ place: (Double, Double)) -> GeoPoint {
        GeoPoint(latitudeDegrees: place.1, longitudeDegrees: place.0)
    }
}
