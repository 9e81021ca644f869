// Numeric kernel: geometry and distributions that several files of the forecast need.
internal import RealModule
internal import TocsinModel

extension SIMD2<Double> {
    init(_ point: PlanePoint) { self.init(point.east, point.north) }

    var squaredLength: Double { x * x + y * y }
    var length: Double { squaredLength.squareRoot() }
}

/// An angle brought between -pi and pi.
func wrapped(_ angle: Double) -> Double { angle - (angle / (2 * .pi)).rounded() * 2 * .pi }

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

/// The share of a standard normal distribution below `value`: Abramowitz and Stegun 26.2.17, error below 7.5e-8; beyond
/// 5.4 deviations less than that is left.
func normalShare(_ value: Double) -> Double {
    let size = abs(value)
    guard size < 5.4 else { return value > 0 ? 1 : 0 }
    let t = 1 / (1 + 0.231_641_9 * size)
    let sum =
        t * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
    let tail = Double.exp(-size * size / 2) * 0.398_942_280_401_432_7 * sum
    return value > 0 ? 1 - tail : tail
}

/// The share of courses below `value` standard deviations: most are normal, some three times as wide, because a leg may
/// have bent unnoticed.
func courseShare(_ value: Double) -> Double { 0.85 * normalShare(value) + 0.15 * normalShare(value / 3) }
