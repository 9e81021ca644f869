// Numeric kernel: bare meters in a local plane, x east, y north.
internal import TocsinModel

/// All areas on one plane, and a grid that tells which of them a short way may touch, and how far away from all of
/// them a place is. Derived from the areas; never encoded.
struct AreaIndex: Sendable {
    let plane: LocalPlane
    /// Positions in `areas` and in ``identifiers`` agree.
    let areas: [PlaneArea]
    let identifiers: [AreaID]
    /// The longest lead time of all areas. Seconds.
    let longestLeadSeconds: Double

    private let corner: SIMD2<Double>
    private let cellSize: Double
    private let cellsPerMeter: Double
    private let columns: Int
    private let rows: Int
    /// Candidates of cell `c` are `candidates[firstCandidate[c] ..< firstCandidate[c + 1]]`.
    private let firstCandidate: [Int32]
    private let candidates: [Int32]
    /// How many cells away the nearest cell with candidates is, counted as a king walks; 0 in such a cell.
    private let ringsToCandidate: [UInt16]

    /// The longest straight way that one lookup answers for. Meters: 5 s of a cruise missile.
    static let longestStep = 1_250.0
    /// Cells of 1 km hold few areas each; a country of 1,000 x 1,000 km has a million of them, the most allowed.
    private static let smallestCell = 1_000.0
    private static let cellsMaximum = 1_000_000.0

    /// - Parameter radius: The greatest danger radius, in meters.
    /// - Returns: `nil` if there is no area that can be reached.
    init?(_ list: [Area], settings: ForecastSettings, radius: Double) {
        let sorted = list.sorted { $0.id < $1.id }
        let centers = sorted.compactMap(\.polygon.center)
        guard let origin = GeoPolygon(vertices: centers).center else { return nil }
        let plane = LocalPlane(origin: origin)
        var areas: [PlaneArea] = []
        var identifiers: [AreaID] = []
        for area in sorted {
            let lead = settings.leadSeconds(of: area)
            guard let planeArea = PlaneArea(area, in: plane, leadSeconds: lead) else { continue }
            areas.append(planeArea)
            identifiers.append(area.id)
        }
        self.plane = plane
        self.areas = areas
        self.identifiers = identifiers
        longestLeadSeconds = areas.reduce(0) { max($0, $1.leadSeconds) }

        let reach = radius + Self.longestStep / 2
        var low = areas[0].center
        var high = low
        for area in areas {
            low = pointwiseMin(low, area.center - (area.outerRadius + reach))
            high = pointwiseMax(high, area.center + (area.outerRadius + reach))
        }
        let extent = high - low
        cellSize = max(Self.smallestCell, (extent.x * extent.y / Self.cellsMaximum).squareRoot())
        cellsPerMeter = 1 / cellSize
        corner = low
        columns = Int(extent.x / cellSize) + 1
        rows = Int(extent.y / cellSize) + 1
        let grid = Grid(corner: low, cellSize: cellSize, columns: columns, rows: rows)
        (firstCandidate, candidates) = grid.register(areas, reach: reach)
        ringsToCandidate = grid.rings(firstCandidate)
    }

    /// The areas that a way of at most ``longestStep`` with its middle at `point` may touch.
    @inline(__always)
    func candidates(around point: SIMD2<Double>) -> Range<Int> {
        let place = (point - corner) * cellsPerMeter
        guard place.x >= 0, place.y >= 0, place.x < Double(columns), place.y < Double(rows) else { return 0..<0 }
        let cell = Int(place.y) * columns + Int(place.x)
        return Int(firstCandidate[cell])..<Int(firstCandidate[cell + 1])
    }

    @inline(__always)
    func candidate(_ position: Int) -> Int { Int(candidates[position]) }

    /// A distance from `point` within which no area can be touched; 0 if one may be near.
    @inline(__always)
    func freeDistance(around point: SIMD2<Double>) -> Double {
        let place = (point - corner) * cellsPerMeter
        if place.x >= 0, place.y >= 0, place.x < Double(columns), place.y < Double(rows) {
            return max(0, Double(ringsToCandidate[Int(place.y) * columns + Int(place.x)]) - 1) * cellSize
        }
        let outside = max(
            max(-place.x, place.x - Double(columns)), max(-place.y, place.y - Double(rows)))
        return outside * cellSize
    }
}

/// Builds the tables of an ``AreaIndex``.
private struct Grid {
    let corner: SIMD2<Double>
    let cellSize: Double
    let columns: Int
    let rows: Int

    /// Enters every area into each cell that lies within `reach` of its outer circle.
    func register(_ areas: [PlaneArea], reach: Double) -> (first: [Int32], candidates: [Int32]) {
        var entries: [(cell: Int, area: Int32)] = []
        for (index, area) in areas.enumerated() {
            visitCells(within: area.outerRadius + reach, of: area.center) { entries.append(($0, Int32(index))) }
        }
        var first = [Int32](repeating: 0, count: columns * rows + 1)
        for entry in entries { first[entry.cell + 1] += 1 }
        for cell in 0..<columns * rows { first[cell + 1] += first[cell] }
        var next = first
        var candidates = [Int32](repeating: 0, count: entries.count)
        for entry in entries {
            candidates[Int(next[entry.cell])] = entry.area
            next[entry.cell] += 1
        }
        return (first, candidates)
    }

    private func visitCells(within radius: Double, of center: SIMD2<Double>, _ visit: (Int) -> Void) {
        let low = (center - radius - corner) / cellSize
        let high = (center + radius - corner) / cellSize
        for row in max(0, Int(low.y))...min(rows - 1, Int(high.y)) {
            for column in max(0, Int(low.x))...min(columns - 1, Int(high.x)) {
                let cellLow = corner + SIMD2(Double(column), Double(row)) * cellSize
                let nearest = pointwiseMax(cellLow, pointwiseMin(cellLow + cellSize, center))
                if (nearest - center).squaredLength <= radius * radius { visit(row * columns + column) }
            }
        }
    }

    /// The king's distance of every cell to the nearest with candidates: two sweeps (Rosenfeld and Pfaltz 1966).
    func rings(_ first: [Int32]) -> [UInt16] {
        var rings = (0..<columns * rows).map { first[$0] < first[$0 + 1] ? 0 : UInt16.max - 1 }
        for row in 0..<rows {
            for column in 0..<columns {
                relax(&rings, column, row, [(-1, 0), (-1, -1), (0, -1), (1, -1)])
            }
        }
        for row in (0..<rows).reversed() {
            for column in (0..<columns).reversed() {
                relax(&rings, column, row, [(1, 0), (1, 1), (0, 1), (-1, 1)])
            }
        }
        return rings
    }

    private func relax(_ rings: inout [UInt16], _ column: Int, _ row: Int, _ neighbours: [(Int, Int)]) {
        for (right, up) in neighbours {
            let (x, y) = (column + right, row + up)
            guard x >= 0, y >= 0, x < columns, y < rows else { continue }
            rings[row * columns + column] = min(rings[row * columns + column], rings[y * columns + x] + 1)
        }
    }
}
