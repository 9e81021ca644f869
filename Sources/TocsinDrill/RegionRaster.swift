package import TocsinModel

/// What is inside a country: a raster of 2 km whose cells belong to the nearest place at most 12 km away, else they
/// are outside. Bare meters on the country's plane.
package struct RegionRaster: Hashable, Sendable, Codable {
    private let west: Double
    private let south: Double
    private let columns: Int
    private let rows: Int
    /// The position of the place that the cell belongs to; -1 outside. Row by row from the south-west.
    private let owners: [Int32]

    package static let cellMeters = 2_000.0
    static let reachMeters = 12_000.0

    package init(around places: [PlanePoint]) {
        let east = places.map(\.east)
        let north = places.map(\.north)
        west = (east.min() ?? 0) - Self.reachMeters
        south = (north.min() ?? 0) - Self.reachMeters
        columns = Int(((east.max() ?? 0) + Self.reachMeters - west) / Self.cellMeters) + 1
        rows = Int(((north.max() ?? 0) + Self.reachMeters - south) / Self.cellMeters) + 1
        owners = Self.owners(of: places, west: west, south: south, columns: columns, rows: rows)
    }

    private static func owners(
        of places: [PlanePoint], west: Double, south: Double, columns: Int, rows: Int
    ) -> [Int32] {
        var owners = [Int32](repeating: -1, count: columns * rows)
        var nearest = [Double](repeating: reachMeters * reachMeters, count: columns * rows)
        let reach = Int(reachMeters / cellMeters) + 1
        for (index, place) in places.enumerated() {
            let column = Int((place.east - west) / cellMeters)
            let row = Int((place.north - south) / cellMeters)
            for y in max(0, row - reach)...min(rows - 1, row + reach) {
                for x in max(0, column - reach)...min(columns - 1, column + reach) {
                    let east = west + (Double(x) + 0.5) * cellMeters - place.east
                    let north = south + (Double(y) + 0.5) * cellMeters - place.north
                    let squared = east * east + north * north
                    guard squared <= nearest[y * columns + x] else { continue }
                    nearest[y * columns + x] = squared
                    owners[y * columns + x] = Int32(index)
                }
            }
        }
        return owners
    }

    /// The position of the place whose cell `point` lies in; `nil` outside.
    package func owner(of point: PlanePoint) -> Int? {
        let column = ((point.east - west) / Self.cellMeters).rounded(.down)
        let row = ((point.north - south) / Self.cellMeters).rounded(.down)
        guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { return nil }
        let owner = owners[Int(row) * columns + Int(column)]
        return owner < 0 ? nil : Int(owner)
    }

    /// The middles of all cells inside with the position of the place that they belong to; from the south-west.
    package var cells: [(middle: PlanePoint, owner: Int)] {
        owners.indices.compactMap { index in
            guard owners[index] >= 0 else { return nil }
            let east = west + (Double(index % columns) + 0.5) * Self.cellMeters
            let north = south + (Double(index / columns) + 0.5) * Self.cellMeters
            return (PlanePoint(east: east, north: north), Int(owners[index]))
        }
    }

    /// The last point inside on the way from the middle of the raster in the direction of `bearing`.
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
