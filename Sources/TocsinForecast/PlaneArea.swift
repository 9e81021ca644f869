// Numeric kernel: bare meters in a local plane, x east, y north.
internal import RealModule
internal import TocsinModel

/// How wide one polygon of an area is in the plane, from every side. Its holes count as part of it.
struct PlaneArea: Sendable {
    let center: SIMD2<Double>
    /// The farthest vertex from the center.
    let outerRadius: Double
    /// How far the outline reaches from the center in 16 equal directions, the first to the east.
    private let extents: SIMD16<Double>

    /// - Parameters:
    ///   - outline: its vertices, at least one.
    ///   - center: a place in the middle.
    init(outline: [SIMD2<Double>], center: SIMD2<Double>) {
        self.center = center
        outerRadius = outline.reduce(0) { max($0, ($1 - center).length) }
        var extents = SIMD16<Double>()
        for index in extents.indices {
            let angle = Double(index) * 2 * .pi / Double(extents.scalarCount)
            let direction = SIMD2(Double.cos(angle), Double.sin(angle))
            extents[index] = outline.reduce(-.infinity) { max($0, ((($1 - center)) * direction).sum()) }
        }
        self.extents = extents
    }

    /// The disc that looks the same from `point`: as wide, and its nearest point as near, all widened by `danger`.
    /// Around `point` itself if that is inside.
    ///
    /// - Parameter outline: the vertices; asked for only close by.
    func disc(
        seenFrom point: SIMD2<Double>, danger: Double, outline: @autoclosure () -> [SIMD2<Double>]
    ) -> (center: SIMD2<Double>, radius: Double) {
        let toCenter = center - point
        let distance = toCenter.length
        guard distance > 0 else { return (center, outerRadius + danger) }
        let place = Double.atan2(y: toCenter.y, x: toCenter.x) / (2 * .pi) * Double(extents.scalarCount)
        let quarter = extents.scalarCount / 4
        let left = extent(place, turnedBy: quarter)
        let right = extent(place, turnedBy: 3 * quarter)
        let radius = (left + right) / 2 + danger
        var edge = distance - extent(place, turnedBy: 2 * quarter) - danger
        if distance <= outerRadius + danger {
            let outline = outline()
            if encloses(point, outline: outline) { return (point, radius) }
            edge = max(edge, distanceToOutline(outline, from: point) - danger)
        }
        let ahead = toCenter / distance
        let aside = SIMD2(-ahead.y, ahead.x) * ((left - right) / 2)
        return (point + ahead * (edge + radius) + aside, radius)
    }

    /// Between the two nearest directions.
    ///
    /// - Parameters:
    ///   - place: a direction, counted in those of ``extents``.
    ///   - steps: how many of them farther to the left; positive.
    @inline(__always)
    private func extent(_ place: Double, turnedBy steps: Int) -> Double {
        let whole = place.rounded(.down)
        let share = place - whole
        let low = Int(whole) + extents.scalarCount + steps
        let first = extents[low % extents.scalarCount]
        return first + share * (extents[(low + 1) % extents.scalarCount] - first)
    }

    private func distanceToOutline(_ outline: [SIMD2<Double>], from point: SIMD2<Double>) -> Double {
        var least = Double.infinity
        var previous = outline[outline.count - 1]
        for vertex in outline {
            least = min(least, squaredDistance(from: point, toSegment: previous, vertex))
            previous = vertex
        }
        return least.squareRoot()
    }
}
