import Foundation
import Testing
import TocsinAreas
import TocsinModel

@Suite struct BigCityTests {
    private static let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 50.45, longitudeDegrees: 30.52))

    private static func point(_ east: Double, _ north: Double) -> GeoPoint {
        plane.unproject(PlanePoint(east: east, north: north))
    }

    /// A star of eight rays of 18 km with a lake, and an island beside it: pieces of hexagons that hang together
    /// nowhere.
    private static let city: Area = {
        let star = (0..<64).map { corner in
            let angle = Double(corner) * .pi / 32
            let radius = 11_000 + 7_000 * cos(8 * angle)
            return point(radius * cos(angle), radius * sin(angle))
        }
        let lake = (0..<12).reversed().map { corner in
            let angle = Double(corner) * .pi / 6
            return point(1_000 + 2_500 * cos(angle), 2_500 * sin(angle))
        }
        let island = [point(25_000, 0), point(26_000, 0), point(25_500, 800)]
        return Area(
            id: AreaID("kyiv"), aliases: [AreaID("UA-30")],
            names: [LocalizedName(language: "uk", text: "Київ")], population: 2_952_301,
            polygons: [GeoPolygon(vertices: star, holes: [lake]), GeoPolygon(vertices: island)],
            shelter: ShelterTime(seconds: 120), protects: [.homes], region: "UA-30")
    }()

    private static func surface(_ polygon: GeoPolygon) -> Double {
        ([polygon.vertices] + polygon.holes).reduce(0) { sum, ring in
            let points = ring.map(plane.project)
            return sum
                + points.indices.reduce(0) { sum, index in
                    let (one, next) = (points[index], points[(index + 1) % points.count])
                    return sum + (one.east * next.north - next.east * one.north) / 2
                }
        }
    }

    @Test func partsAreTheWholeCityAndNobodyTwice() {
        let parts = BigCity.parts(of: Self.city)
        #expect(parts.count > 20)
        #expect(parts.reduce(0) { $0 + $1.population } == Self.city.population)
        let whole = Self.city.polygons.reduce(0) { $0 + Self.surface($1) }
        let sum = parts.flatMap(\.polygons).reduce(0) { $0 + Self.surface($1) }
        #expect(abs(sum / whole - 1) < 1e-4)
        var generator = Seeded(state: 3)
        for _ in 0..<5_000 {
            let point = Self.point(
                .random(in: -20_000...27_000, using: &generator), .random(in: -20_000...20_000, using: &generator))
            let owners = parts.filter { $0.contains(point) }.count
            #expect(owners == (Self.city.contains(point) ? 1 : 0), "\(point)")
        }
    }

    @Test func partsAreSmallAndKnowTheirCity() throws {
        let parts = BigCity.parts(of: Self.city)
        #expect(parts.map(\.id) == parts.indices.map { AreaID("kyiv/\($0 + 1)") })
        #expect(parts.allSatisfy { $0.aliases == [AreaID("kyiv"), AreaID("UA-30")] && $0.name == "Київ" })
        #expect(AreaDirectory(parts)[AreaID("kyiv")] == Array(parts.indices))
        for part in parts {
            let points = part.polygons.flatMap(\.vertices)
            let first = try #require(points.first)
            // A hexagon's corners are 3,464 m apart; small pieces of a neighbour add to that.
            #expect(points.allSatisfy { first.greatCircleDistance(to: $0).meters < 8_000 })
            let density = Double(part.population) / part.polygons.reduce(0) { $0 + Self.surface($1) }
            #expect(abs(density / (2_952_301 / 3.9e8) - 1) < 0.2)
        }
        #expect(BigCity.parts(of: Self.city) == parts)
    }

    @Test func smallTownsAndWholeRegionsStayWhole() {
        var town = Self.city
        town.population = BigCity.populationMinimum - 1
        #expect(BigCity.parts(of: town).isEmpty)
        var quarter = Self.city
        quarter.polygons = [GeoPolygon(vertices: [Self.point(0, 0), Self.point(4_000, 0), Self.point(0, 4_000)])]
        #expect(BigCity.parts(of: quarter).isEmpty)
        var region = Self.city
        region.polygons = [
            GeoPolygon(vertices: [Self.point(0, 0), Self.point(200_000, 0), Self.point(0, 200_000)])
        ]
        #expect(BigCity.parts(of: region).isEmpty)
    }

    @Test func aFileIsCutOnlyWherePartsHaveIdsOfTheirOwn() {
        let properties = "\"name\": \"A\", \"population\": 900000, \"secondsToShelter\": 60"
        let city = AreaDocument.feature(properties: properties, polygon: "[[[6, 46], [6.2, 46], [6.2, 46.1], [6, 46]]]")
        var file = AreaDocument.read(city, AreaDocument.feature(id: "\"b\""))
        file.cutBigCities()
        #expect(file.areas.count > 2 && file.areas.last?.id == AreaID("b"))
        #expect(file.notices.map(\.mending) == [.cutIntoParts(count: file.areas.count - 1)])
        var taken = AreaDocument.read(city, AreaDocument.feature(id: "\"a/2\""))
        taken.cutBigCities()
        #expect(taken.areas.map(\.id) == [AreaID("a"), AreaID("a/2")])
    }
}
