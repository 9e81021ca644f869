// Numeric kernel: bare meters in a local plane, x east, y north.

/// Hexagons with a corner to the north, in rows from the south, and what of some shapes lies in each.
struct HexagonGrid {
    /// The diagonal of the rectangle around all shapes.
    let extent: Double
    private let origin: SIMD2<Double>
    private let pitch: Double
    private let rowHeight: Double
    private let columns: Int
    private let rows: Int
    private var pieces: [[Shape]]

    /// - Returns: `nil` if more than `cellsMaximum` hexagons are needed, or there is no shape.
    init?(shapes: [Shape], pitch: Double, cellsMaximum: Int) {
        let points = shapes.flatMap(\.outer)
        guard let first = points.first else { return nil }
        let low = points.reduce(first, pointwiseMin)
        let high = points.reduce(first, pointwiseMax)
        let size = high - low
        self.pitch = pitch
        rowHeight = pitch * 0.75.squareRoot()
        extent = (size * size).sum().squareRoot()
        // One more on each side, as every other row is shifted by half a hexagon.
        let wide = (size.x / pitch).rounded(.up) + 2
        let tall = (size.y / rowHeight).rounded(.up) + 2
        guard wide * tall <= Double(cellsMaximum) else { return nil }
        columns = Int(wide)
        rows = Int(tall)
        let middle = (low + high) / 2
        origin = middle - SIMD2(Double(columns - 1) * pitch, Double(rows - 1) * rowHeight) / 2
        pieces = Array(repeating: [], count: columns * rows)
    }

    /// What each hexagon that is not empty holds, from the south, then from the west.
    var filled: [[Shape]] { pieces.filter { !$0.isEmpty } }

    /// Adds what lies in each hexagon of `shape`.
    mutating func register(_ shape: Shape, surfaceMinimum: Double) {
        for cell in pieces.indices {
            var parts = [shape]
            for side in sides(of: cell) where !parts.isEmpty {
                parts = parts.flatMap { side.cut($0, surfaceMinimum: surfaceMinimum) }
            }
            pieces[cell] += parts
        }
    }

    /// Gives what is smaller than `surfaceMinimum` to the largest neighbour that is not.
    mutating func mergePieces(below surfaceMinimum: Double) {
        let surfaces = pieces.map { $0.reduce(0) { $0 + $1.surface } }
        for cell in pieces.indices where !pieces[cell].isEmpty && surfaces[cell] < surfaceMinimum {
            let large = neighbours(of: cell).filter { surfaces[$0] >= surfaceMinimum }
            guard let owner = large.max(by: { (surfaces[$0], $1) < (surfaces[$1], $0) }) else { continue }
            pieces[owner] += pieces[cell]
            pieces[cell] = []
        }
    }

    private func center(of cell: Int) -> SIMD2<Double> {
        let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
        let shift = row.isMultiple(of: 2) ? 0 : 0.5
        return origin + SIMD2((Double(column) + shift) * pitch, Double(row) * rowHeight)
    }

    private func sides(of cell: Int) -> [HalfPlane] {
        let center = center(of: cell)
        return Self.normals.map { HalfPlane(normal: $0, limit: (center * $0).sum() + pitch / 2) }
    }

    /// Toward the six neighbours: 0, 60, ... 300 degrees against the clock from east.
    private static let normals: [SIMD2<Double>] = {
        let high = 0.75.squareRoot()
        return [
            SIMD2(1, 0), SIMD2(0.5, high), SIMD2(-0.5, high), SIMD2(-1, 0), SIMD2(-0.5, -high), SIMD2(0.5, -high),
        ]
    }()

    private func neighbours(of cell: Int) -> [Int] {
        let place = center(of: cell)
        return pieces.indices.filter { other in
            let way = center(of: other) - place
            return other != cell && (way * way).sum() < 1.5 * pitch * pitch
        }
    }
}
