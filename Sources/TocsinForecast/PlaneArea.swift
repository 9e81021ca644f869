// Numeric kernel: bare meters in a local plane, x east, y north.
internal import RealModule
internal import TocsinModel

/// One polygon of an area in the plane, and how wide it is from every side. Its holes count as part of it.
struct PlaneArea: Sendable {
    let outline: [SIMD2<Double>]
    let center: SIMD2<Double>
    /// The farthest vertex from the center.
    let outerRadius: Double
    /// How far the outline reaches from the center in ``directions`` equal directions, the first to the east.
    private let extents: [Double]

    private static let directions = 16

    /// `nil` for an outline without vertices, which nothing can reach.
    init?(_ polygon: GeoPolygon, in plane: LocalPlane) {
        guard let middle = polygon.center else { return nil }
        let center = SIMD2(plane.project(middle))
        outline = polygon.vertices.map { SIMD2(plane.project($0)) }
        self.center = center
        outerRadius = outline.reduce(0) { max($0, ($1 - center).length) }
        extents = (0..<Self.directions).map { [outline] index in
            let angle = Double(index) * 2 * .pi / Double(Self.directions)
            let direction = SIMD2(Double.cos(angle), Double.sin(angle))
            return outline.reduce(-.infinity) { max($0, ((($1 - center)) * direction).sum()) }
        }
    }

    /// The disc that looks the same from `point`: as wide, and its nearest point as near, all widened by `danger`.
    /// Around `point` itself if that is inside.
    func disc(seenFrom point: SIMD2<Double>, danger: Double) -> (center: SIMD2<Double>, radius: Double) {
        let toCenter = center - point
        let distance = toCenter.length
        guard distance > 0 else { return (center, outerRadius + danger) }
        let bearing = Double.atan2(y: toCenter.y, x: toCenter.x)
        let left = extent(bearing + .pi / 2)
        let right = extent(bearing - .pi / 2)
        let radius = (left + right) / 2 + danger
        var edge = distance - extent(bearing + .pi) - danger
        if distance <= outerRadius + danger {
            if encloses(point, outline: outline) { return (point, radius) }
            edge = max(edge, distanceToOutline(from: point) - danger)
        }
        let ahead = toCenter / distance
        let aside = SIMD2(-ahead.y, ahead.x) * ((left - right) / 2)
        return (point + ahead * (edge + radius) + aside, radius)
    }

    /// Between the two nearest directions.
    private func extent(_ angle: Double) -> Double {
        let turns = angle / (2 * .pi)
        let place = (turns - turns.rounded(.down)) * Double(Self.directions)
        let low = min(Self.directions - 1, Int(place))
        let share = place - Double(low)
        return extents[low] + share * (extents[(low + 1) % Self.directions] - extents[low])
    }

    private func distanceToOutline(from point: SIMD2<Double>) -> Double {
        var least = Double.infinity
        var previous = outline[outline.count - 1]
        for vertex in outline {
            least = min(least, squaredDistance(from: point, toSegment: previous, vertex))
            previous = vertex
        }
        return least.squareRoot()
    }
}
