// Numeric kernel: bare meters in a local plane, x east, y north.
internal import TocsinModel

/// All areas on one plane, found by where they are. Derived from the areas; never encoded.
final class AreaIndex: Sendable {
    let plane: LocalPlane
    /// The polygons of all areas, in the order of the areas' ids.
    let pieces: [PlaneArea]
    /// Their vertices.
    let outlines: [[SIMD2<Double>]]
    /// By piece: its area's position in ``ids``.
    let areaOfPiece: [Int32]
    /// Of the areas with a vertex, ascending.
    let ids: [AreaID]
    /// By area.
    let shelters: [ShelterTime]
    /// Pieces of about one size share a grid, so that a large one does not make all of them be looked at.
    private let grids: [(grid: DiscGrid, pieces: [Int32])]

    /// A piece whose radius is in the same power of this belongs to the same grid.
    private static let sizeFactor = 4.0
    private static let smallestRadius = 2_000.0

    /// - Returns: `nil` if there is no area that can be reached.
    init?(_ list: [Area]) {
        let sorted = list.sorted { $0.id < $1.id }.filter { $0.polygons.contains { !$0.vertices.isEmpty } }
        let centers = sorted.compactMap { $0.polygons.lazy.compactMap(\.center).first }
        guard let origin = GeoPolygon(vertices: centers).center else { return nil }
        let plane = LocalPlane(origin: origin)
        var pieces: [PlaneArea] = []
        var outlines: [[SIMD2<Double>]] = []
        var areaOfPiece: [Int32] = []
        for (position, area) in sorted.enumerated() {
            for polygon in area.polygons {
                guard let center = polygon.center else { continue }
                let outline = polygon.vertices.map { SIMD2(plane.project($0)) }
                pieces.append(PlaneArea(outline: outline, center: SIMD2(plane.project(center))))
                outlines.append(outline)
                areaOfPiece.append(Int32(position))
            }
        }
        var bySize: [[Int32]] = []
        for (index, piece) in pieces.enumerated() {
            var size = 0
            var limit = Self.smallestRadius
            while piece.outerRadius > limit, size < 12 {
                size += 1
                limit *= Self.sizeFactor
            }
            while bySize.count <= size { bySize.append([]) }
            bySize[size].append(Int32(index))
        }
        grids = bySize.filter { !$0.isEmpty }.map { members in
            let discs = members.map { index in
                let piece = pieces[Int(index)]
                return (PlanePoint(east: piece.center.x, north: piece.center.y), piece.outerRadius)
            }
            return (DiscGrid(discs), members)
        }
        self.plane = plane
        self.pieces = pieces
        self.outlines = outlines
        self.areaOfPiece = areaOfPiece
        ids = sorted.map(\.id)
        shelters = sorted.map(\.shelter)
    }

    /// Visits every piece that comes within `reach` of `point`.
    func visit(within reach: Double, of point: SIMD2<Double>, _ body: (Int) -> Void) {
        let place = PlanePoint(east: point.x, north: point.y)
        for (grid, members) in grids {
            grid.visit(within: reach + grid.largestRadius, of: place) { disc, distance in
                let piece = Int(members[disc])
                if distance <= reach + pieces[piece].outerRadius { body(piece) }
            }
        }
    }
}
