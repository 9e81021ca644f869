// Numeric kernel: bare meters on a plane.
/// Finds the discs whose centers are near a point, without looking at the others.
package struct DiscGrid: Hashable, Sendable {
    private let centers: [PlanePoint]
    private let corner: PlanePoint
    private let columns: Int
    private let rows: Int
    /// The discs of cell `c` are `members[first[c] ..< first[c + 1]]`.
    private let first: [Int32]
    private let members: [Int32]
    /// The largest radius of all discs.
    package let largestRadius: Double

    private static let cellMeters = 5_000.0
    /// Discs farther apart share cells at the edges. 5,000 km.
    private static let cellsMaximum = 1_000

    package init(_ discs: [(center: PlanePoint, radius: Double)]) {
        centers = discs.map(\.center)
        largestRadius = discs.map(\.radius).max() ?? 0
        let corner = PlanePoint(east: centers.map(\.east).min() ?? 0, north: centers.map(\.north).min() ?? 0)
        let far = PlanePoint(east: centers.map(\.east).max() ?? 0, north: centers.map(\.north).max() ?? 0)
        self.corner = corner
        let columns = min(Self.cellsMaximum, Int((far.east - corner.east) / Self.cellMeters) + 1)
        let rows = min(Self.cellsMaximum, Int((far.north - corner.north) / Self.cellMeters) + 1)
        self.columns = columns
        self.rows = rows
        let cells = centers.map { center in
            min(rows - 1, Int((center.north - corner.north) / Self.cellMeters)) * columns
                + min(columns - 1, Int((center.east - corner.east) / Self.cellMeters))
        }
        let order = cells.indices.sorted { (cells[$0], $0) < (cells[$1], $1) }
        members = order.map(Int32.init)
        var first = [Int32](repeating: 0, count: columns * rows + 1)
        for cell in cells { first[cell + 1] += 1 }
        for cell in 0..<columns * rows { first[cell + 1] += first[cell] }
        self.first = first
    }

    /// Visits every disc whose center is at most `radius` from `point`, with its distance.
    @inline(__always)
    package func visit(
        within radius: Double, of point: PlanePoint, _ body: (_ disc: Int, _ distance: Double) -> Void
    ) {
        let left = column(point.east - radius)
        let right = column(point.east + radius)
        for row in row(point.north - radius)...row(point.north + radius) {
            for position in Int(first[row * columns + left])..<Int(first[row * columns + right + 1]) {
                let disc = Int(members[position])
                let east = centers[disc].east - point.east
                let north = centers[disc].north - point.north
                let squared = east * east + north * north
                if squared <= radius * radius { body(disc, squared.squareRoot()) }
            }
        }
    }

    private func column(_ east: Double) -> Int {
        Int(max(0, min(Double(columns - 1), (east - corner.east) / Self.cellMeters)))
    }

    private func row(_ north: Double) -> Int {
        Int(max(0, min(Double(rows - 1), (north - corner.north) / Self.cellMeters)))
    }
}
