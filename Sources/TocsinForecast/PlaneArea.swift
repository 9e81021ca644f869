// Numeric kernel: bare meters in a local plane, x east, y north.
internal import TocsinModel

/// One area's outline in the plane, and two circles that decide most questions about it.
struct PlaneArea: Sendable {
    let outline: [SIMD2<Double>]
    let center: SIMD2<Double>
    /// The farthest vertex from the center.
    let outerRadius: Double
    /// The nearest edge from the center; negative where the center lies outside the outline.
    let innerRadius: Double
    let leadSeconds: Double

    /// `nil` for an outline without vertices, which nothing can reach.
    init?(_ area: Area, in plane: LocalPlane, leadSeconds: Double) {
        guard let middle = area.polygon.center else { return nil }
        outline = area.polygon.vertices.map { SIMD2(plane.project($0)) }
        center = SIMD2(plane.project(middle))
        self.leadSeconds = leadSeconds
        var farthest = 0.0
        var nearest = Double.infinity
        var previous = outline[outline.count - 1]
        for vertex in outline {
            farthest = max(farthest, (vertex - center).squaredLength)
            nearest = min(nearest, squaredDistance(from: center, toSegment: previous, vertex))
            previous = vertex
        }
        outerRadius = farthest.squareRoot()
        innerRadius = encloses(center, outline: outline) ? nearest.squareRoot() : -nearest.squareRoot()
    }

    /// Whether the straight way from `start` to `end` comes within `radius` of the area.
    func isTouched(from start: SIMD2<Double>, to end: SIMD2<Double>, radius: Double) -> Bool {
        let distance = squaredDistance(from: center, toSegment: start, end)
        let outer = outerRadius + radius
        if distance > outer * outer { return false }
        let inner = innerRadius + radius
        if inner > 0, innerRadius > 0, distance <= inner * inner { return true }
        return isOutlineTouched(from: start, to: end, squaredRadius: radius * radius)
    }

    /// The share of the way from `start` to `end`, which touches the area, at which it first does: between the
    /// entries into the outer and the inner circle, by halving, early by at most 10 m.
    func firstTouch(from start: SIMD2<Double>, to end: SIMD2<Double>, radius: Double) -> Double {
        let length = (end - start).squaredLength.squareRoot()
        var low = entry(into: outerRadius + radius, from: start, to: end) ?? 0
        var high = (innerRadius > 0 ? entry(into: innerRadius + radius, from: start, to: end) : nil) ?? 1
        for _ in 0..<10 where (high - low) * length > 10 {
            let middle = (low + high) / 2
            if isTouched(from: start, to: start + (end - start) * middle, radius: radius) {
                high = middle
            } else {
                low = middle
            }
        }
        return low
    }

    /// Where the way enters the circle around the center; 0 if it starts inside, `nil` if it stays outside.
    private func entry(into radius: Double, from start: SIMD2<Double>, to end: SIMD2<Double>) -> Double? {
        let way = end - start
        let toCenter = center - start
        let outside = toCenter.squaredLength - radius * radius
        guard outside > 0 else { return 0 }
        let along = way.x * toCenter.x + way.y * toCenter.y
        let length = way.squaredLength
        let discriminant = along * along - length * outside
        guard along > 0, discriminant >= 0 else { return nil }
        let share = (along - discriminant.squareRoot()) / length
        return share <= 1 ? share : nil
    }

    private func isOutlineTouched(from start: SIMD2<Double>, to end: SIMD2<Double>, squaredRadius: Double) -> Bool {
        var previous = outline[outline.count - 1]
        for vertex in outline {
            if squaredDistance(from: start, toSegment: previous, vertex) <= squaredRadius { return true }
            if squaredDistance(from: end, toSegment: previous, vertex) <= squaredRadius { return true }
            if squaredDistance(from: vertex, toSegment: start, end) <= squaredRadius { return true }
            if segmentsCross(start, end, previous, vertex) { return true }
            previous = vertex
        }
        return encloses(start, outline: outline)
    }
}

extension SIMD2<Double> {
    init(_ point: PlanePoint) { self.init(point.east, point.north) }

    var squaredLength: Double { x * x + y * y }
}

func squaredDistance(
    from point: SIMD2<Double>, toSegment start: SIMD2<Double>, _ end: SIMD2<Double>
) -> Double {
    let way = end - start
    let toPoint = point - start
    let length = way.squaredLength
    guard length > 0 else { return toPoint.squaredLength }
    let share = max(0, min(1, (toPoint.x * way.x + toPoint.y * way.y) / length))
    return (toPoint - way * share).squaredLength
}

/// Whether `point` is inside the ring, by counting crossings of a ray to the east.
func encloses(_ point: SIMD2<Double>, outline: [SIMD2<Double>]) -> Bool {
    var inside = false
    var previous = outline[outline.count - 1]
    for vertex in outline {
        if (vertex.y > point.y) != (previous.y > point.y) {
            let share = (point.y - vertex.y) / (previous.y - vertex.y)
            if point.x < vertex.x + share * (previous.x - vertex.x) { inside.toggle() }
        }
        previous = vertex
    }
    return inside
}

/// Whether two segments cross in their insides.
private func segmentsCross(
    _ start: SIMD2<Double>, _ end: SIMD2<Double>, _ otherStart: SIMD2<Double>, _ otherEnd: SIMD2<Double>
) -> Bool {
    func side(_ from: SIMD2<Double>, _ to: SIMD2<Double>, _ point: SIMD2<Double>) -> Double {
        (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
    }
    return side(start, end, otherStart) * side(start, end, otherEnd) < 0
        && side(otherStart, otherEnd, start) * side(otherStart, otherEnd, end) < 0
}
