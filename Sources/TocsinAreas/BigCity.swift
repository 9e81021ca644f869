internal import RealModule
package import TocsinModel

/// Cuts a big city into hexagonal parts, so that what approaches one end of it does not send the other to shelter.
///
/// Parts are hexagons of a pitch of 3 km clipped by the outline, numbered from the south, then from the west: `ID/1`,
/// `ID/2`, ... A piece of less than a fifth of a hexagon belongs to the largest part beside it. People are shared by
/// surface. Each part keeps the city's names and has the city's id and aliases as aliases. The same outline always
/// gives the same parts.
package enum BigCity {
    /// A city is cut if it has at least so many people. Assumption: below, one warning for all is little loss.
    package static let populationMinimum = 500_000
    /// From center to center of neighbouring parts. Meters. About what a danger radius of 1 km and the error of a
    /// track's heading over a lead of two minutes leave open.
    package static let pitchMeters = 3_000.0
    /// A city that fits into a circle of this diameter stays whole. Meters.
    private static let extentMinimum = 2 * pitchMeters
    private static let hexagonSurface = pitchMeters * pitchMeters * 0.75.squareRoot()
    /// Less than this share of a hexagon is no part of its own.
    private static let shareMinimum = 0.2
    /// Square meters; less is a remain of rounding.
    private static let surfaceMinimum = 1.0

    /// The parts of `area`; empty if it is no big city, or so large that it must be a region
    /// (``Limits/partsPerArea``).
    package static func parts(of area: Area) -> [Area] {
        guard area.population >= populationMinimum, let center = area.polygons.first?.center else { return [] }
        let plane = LocalPlane(origin: center)
        let shapes = area.polygons.map { Shape($0, on: plane) }
        guard var grid = HexagonGrid(shapes: shapes, pitch: pitchMeters, cellsMaximum: 4 * Limits.partsPerArea),
            grid.extent > extentMinimum
        else { return [] }
        for shape in shapes { grid.register(shape, surfaceMinimum: surfaceMinimum) }
        grid.mergePieces(below: shareMinimum * hexagonSurface)
        let cells = grid.filled
        guard (2...Limits.partsPerArea).contains(cells.count) else { return [] }
        let people = shared(area.population, by: cells.map { $0.reduce(0) { $0 + $1.surface } })
        return zip(cells, people).enumerated().map { number, part in
            var result = area
            result.id = AreaID("\(area.id.rawValue)/\(number + 1)")
            result.aliases = [area.id] + area.aliases
            result.population = part.1
            result.polygons = part.0.map { GeoPolygon($0, on: plane) }
            return result
        }
    }

    /// Whole people in proportion to `shares`; their sum is `population`.
    private static func shared(_ population: Int, by shares: [Double]) -> [Int] {
        let whole = shares.reduce(0, +)
        var sum = 0.0
        var given = 0
        return shares.map { share in
            sum += share
            let until = sum >= whole ? population : Int((Double(population) * sum / whole).rounded())
            defer { given = until }
            return until - given
        }
    }
}

extension Shape {
    fileprivate init(_ polygon: GeoPolygon, on plane: LocalPlane) {
        func ring(_ points: [GeoPoint]) -> Ring {
            points.map { point in
                let place = plane.project(point)
                return SIMD2(place.east, place.north)
            }
        }
        self.init(
            outer: ring(polygon.vertices).wound(againstClock: true),
            holes: polygon.holes.map { ring($0).wound(againstClock: false) })
    }
}

extension GeoPolygon {
    fileprivate init(_ shape: Shape, on plane: LocalPlane) {
        func points(_ ring: Ring) -> [GeoPoint] {
            ring.map { plane.unproject(PlanePoint(east: $0.x, north: $0.y)) }
        }
        self.init(vertices: points(shape.outer), holes: shape.holes.map(points))
    }
}
