package import TocsinModel

/// The country that a raid is drawn over: its areas on a plane, and a raster of what is inside.
///
/// A cell of 2 km belongs to the nearest area whose center is at most 12 km away, else it is outside.
package struct RaidRegion: Hashable, Sendable, Codable {
    package let areas: [Area]
    /// Around the mean of the centers, rounded to half a degree.
    package let plane: LocalPlane
    /// The center and the radius of a disc as large as the area; by the position in `areas`. Meters.
    package let discs: [Disc]
    private let west: Double
    private let south: Double
    private let columns: Int
    private let rows: Int
    /// The position of the area that the cell belongs to; -1 outside. Row by row from the south-west.
    private let owners: [Int32]

    package struct Disc: Hashable, Sendable, Codable {
        package var center: PlanePoint
        package var radiusMeters: Double
    }

    static let cellMeters = 2_000.0
    static let reachMeters = 12_000.0

    /// - Returns: `nil` if there is no area with at least three vertices.
    package init?(areas list: [Area]) {
        let sorted = list.filter { $0.polygon.vertices.count > 2 }.sorted { $0.id < $1.id }
        let centers = sorted.compactMap(\.polygon.center)
        guard !sorted.isEmpty, centers.count == sorted.count else { return nil }
        let count = Double(centers.count)
        let origin = GeoPoint(
            latitudeDegrees: (centers.reduce(0) { $0 + $1.latitudeDegrees } / count * 2).rounded() / 2,
            longitudeDegrees: (centers.reduce(0) { $0 + $1.longitudeDegrees } / count * 2).rounded() / 2)
        let plane = LocalPlane(origin: origin)
        let discs = zip(sorted, centers).map { area, center in
            let surface = PlanePolygon(area.polygon, on: plane).surface
            return Disc(center: plane.project(center), radiusMeters: (surface / .pi).squareRoot())
        }
        areas = sorted
        self.plane = plane
        self.discs = discs
        let east = discs.map(\.center.east)
        let north = discs.map(\.center.north)
        west = (east.min() ?? 0) - Self.reachMeters
        south = (north.min() ?? 0) - Self.reachMeters
        columns = Int(((east.max() ?? 0) + Self.reachMeters - west) / Self.cellMeters) + 1
        rows = Int(((north.max() ?? 0) + Self.reachMeters - south) / Self.cellMeters) + 1
        owners = Self.owners(of: discs, west: west, south: south, columns: columns, rows: rows)
    }

    private static func owners(
        of discs: [Disc], west: Double, south: Double, columns: Int, rows: Int
    ) -> [Int32] {
        var owners = [Int32](repeating: -1, count: columns * rows)
        var nearest = [Double](repeating: reachMeters * reachMeters, count: columns * rows)
        let reach = Int(reachMeters / cellMeters) + 1
        for (index, disc) in discs.enumerated() {
            let column = Int((disc.center.east - west) / cellMeters)
            let row = Int((disc.center.north - south) / cellMeters)
            for y in max(0, row - reach)...min(rows - 1, row + reach) {
                for x in max(0, column - reach)...min(columns - 1, column + reach) {
                    let east = west + (Double(x) + 0.5) * cellMeters - disc.center.east
                    let north = south + (Double(y) + 0.5) * cellMeters - disc.center.north
                    let squared = east * east + north * north
                    guard squared <= nearest[y * columns + x] else { continue }
                    nearest[y * columns + x] = squared
                    owners[y * columns + x] = Int32(index)
                }
            }
        }
        return owners
    }

    /// The position in `areas` of the area whose cell `point` lies in; `nil` outside.
    package func owner(of point: PlanePoint) -> Int? {
        let column = ((point.east - west) / Self.cellMeters).rounded(.down)
        let row = ((point.north - south) / Self.cellMeters).rounded(.down)
        guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { return nil }
        let owner = owners[Int(row) * columns + Int(column)]
        return owner < 0 ? nil : Int(owner)
    }

    /// The middles of all cells inside with the position of the area that they belong to; from the south-west.
    package var cells: [(middle: PlanePoint, owner: Int)] {
        owners.indices.compactMap { index in
            guard owners[index] >= 0 else { return nil }
            let east = west + (Double(index % columns) + 0.5) * Self.cellMeters
            let north = south + (Double(index / columns) + 0.5) * Self.cellMeters
            return (PlanePoint(east: east, north: north), Int(owners[index]))
        }
    }

    /// The last point inside on the way from the middle of the region in the direction of `bearing`.
    package func border(toward bearing: Bearing) -> PlanePoint {
        let middle = PlanePoint(
            east: west + Double(columns) * Self.cellMeters / 2, north: south + Double(rows) * Self.cellMeters / 2)
        let steps = (columns + rows) * 2
        var last = middle
        for step in 0..<steps {
            let point = middle.moved(by: Double(step) * Self.cellMeters / 2, toward: bearing.radians)
            if owner(of: point) != nil { last = point }
        }
        return last
    }
}
