internal import OrderedCollections
internal import RealModule
package import TocsinModel

/// A town as a list of cities has it.
package struct BenchmarkTown: Hashable, Sendable {
    package var point: GeoPoint
    package var population: Int
    /// The code of the first-level administrative division that it lies in.
    package var region: String

    package init(point: GeoPoint, population: Int, region: String) {
        self.point = point
        self.population = population
        self.region = region
    }
}

/// A disc that is warned as one, its people uniform over it. Bare meters on the country's plane.
package struct BenchmarkArea: Hashable, Sendable {
    package var center: PlanePoint
    package var radiusMeters: Double
    package var population: Double
    /// Of the whole town that it is a part of: decides the size group in the score.
    package var townPopulation: Double
    /// By position in the country's regions.
    package var region: Int

    package init(
        center: PlanePoint, radiusMeters: Double, population: Double, townPopulation: Double, region: Int
    ) {
        self.center = center
        self.radiusMeters = radiusMeters
        self.population = population
        self.townPopulation = townPopulation
        self.region = region
    }
}

/// The country of the raid benchmark: discs to warn, regions, and a raster of what is inside.
///
/// A town is a disc of R = max(700 m, sqrt(population / (pi x 2,500 / km2))). Towns of more than 30,000 people are
/// cut into hexagons of 3 km pitch: every lattice point within R of the center is the middle of a disc of 1,650 m (the
/// circle of a hexagon's surface is 1,575 m), and the people are shared equally.
package struct BenchmarkCountry: Hashable, Sendable {
    package let areas: [BenchmarkArea]
    /// Codes, ascending.
    package let regions: [String]
    /// The towns: what may be aimed at, and the raster.
    package let ground: RaidGround
    /// By position in the ground's targets: the position of its region.
    private let regionOfTarget: [Int]

    package static let peoplePerSquareMeter = 2_500 / 1e6
    package static let smallestRadiusMeters = 700.0
    package static let hexagonPitchMeters = 3_000.0
    package static let hexagonRadiusMeters = 1_650.0
    package static let cutAbovePopulation = 30_000

    /// Towns on an azimuthal-equidistant plane at their mean coordinate rounded to half a degree.
    ///
    /// - Returns: `nil` without towns.
    package init?(towns: [BenchmarkTown]) {
        guard !towns.isEmpty else { return nil }
        let regions = OrderedSet(Set(towns.map(\.region)).sorted())
        let plane = LocalPlane(origin: Self.origin(of: towns))
        let targets = towns.map { town in
            RaidGround.Target(
                center: plane.project(town.point), radiusMeters: Self.radiusMeters(population: town.population),
                population: town.population)
        }
        let regionOfTarget = towns.map { regions.firstIndex(of: $0.region) ?? 0 }
        areas = zip(targets, regionOfTarget).flatMap { Self.parts(of: $0, region: $1) }
        self.regions = Array(regions)
        ground = RaidGround(targets: targets)
        self.regionOfTarget = regionOfTarget
    }

    /// Areas that are known as discs already; each is also a target, and the raster is drawn around them.
    package init(areas: [BenchmarkArea], regions: [String]) {
        self.areas = areas
        self.regions = regions
        ground = RaidGround(
            targets: areas.map {
                RaidGround.Target(
                    center: $0.center, radiusMeters: $0.radiusMeters, population: Int($0.population.rounded()))
            })
        regionOfTarget = areas.map(\.region)
    }

    private static func origin(of towns: [BenchmarkTown]) -> GeoPoint {
        let count = Double(towns.count)
        return GeoPoint(
            latitudeDegrees: (towns.reduce(0) { $0 + $1.point.latitudeDegrees } / count * 2).rounded() / 2,
            longitudeDegrees: (towns.reduce(0) { $0 + $1.point.longitudeDegrees } / count * 2).rounded() / 2)
    }

    package static func radiusMeters(population: Int) -> Double {
        max(smallestRadiusMeters, (Double(population) / (.pi * peoplePerSquareMeter)).squareRoot())
    }

    private static func parts(of town: RaidGround.Target, region: Int) -> [BenchmarkArea] {
        let people = Double(town.population)
        guard town.population > cutAbovePopulation else {
            return [
                BenchmarkArea(
                    center: town.center, radiusMeters: town.radiusMeters, population: people, townPopulation: people,
                    region: region)
            ]
        }
        let offsets = lattice(within: town.radiusMeters)
        return offsets.map { offset in
            BenchmarkArea(
                center: PlanePoint(east: town.center.east + offset.east, north: town.center.north + offset.north),
                radiusMeters: hexagonRadiusMeters, population: people / Double(offsets.count), townPopulation: people,
                region: region)
        }
    }

    /// The middles of hexagons around the origin, row by row from the south-west; the origin is one of them.
    private static func lattice(within radius: Double) -> [PlanePoint] {
        let rowHeight = hexagonPitchMeters * 3.0.squareRoot() / 2
        let rows = Int(radius / rowHeight)
        let columns = Int(radius / hexagonPitchMeters) + rows
        return (-rows...rows).flatMap { row in
            (-columns - 1...columns + 1).compactMap { column -> PlanePoint? in
                let point = PlanePoint(
                    east: (Double(column) + Double(row) / 2) * hexagonPitchMeters, north: Double(row) * rowHeight)
                return point.distance(to: PlanePoint(east: 0, north: 0)) <= radius ? point : nil
            }
        }
    }

    package var population: Double { areas.reduce(0) { $0 + $1.population } }

    /// The middles of the cells inside, by region.
    package var cellsByRegion: [[PlanePoint]] {
        var cells = [[PlanePoint]](repeating: [], count: regions.count)
        for cell in ground.raster.cells { cells[regionOfTarget[cell.owner]].append(cell.middle) }
        return cells
    }

    /// Square meters inside the border.
    package var surface: Double {
        Double(ground.raster.cells.count) * RegionRaster.cellMeters * RegionRaster.cellMeters
    }
}
