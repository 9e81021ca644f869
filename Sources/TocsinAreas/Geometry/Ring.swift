// Numeric kernel: bare coordinates of a plane, x east, y north; degrees of longitude and latitude, or meters.

/// A closed ring; its first point is not repeated at the end.
typealias Ring = [SIMD2<Double>]

/// A ring against the clock, and holes with the clock inside it.
struct Shape: Hashable, Sendable {
    var outer: Ring
    var holes: [Ring] = []

    var surface: Double { outer.signedSurface + holes.reduce(0) { $0 + $1.signedSurface } }
}

/// Twice the surface of the triangle; positive if `third` is left of the way from `first` to `second`.
@inline(__always)
func turn(_ first: SIMD2<Double>, _ second: SIMD2<Double>, _ third: SIMD2<Double>) -> Double {
    (second.x - first.x) * (third.y - first.y) - (second.y - first.y) * (third.x - first.x)
}

extension Ring {
    /// The surface inside, positive against the clock, by Gauss's formula around the first point.
    var signedSurface: Double {
        guard count > 2 else { return 0 }
        var sum = 0.0
        for index in 2..<count { sum += turn(self[0], self[index - 1], self[index]) }
        return sum / 2
    }

    /// Whether `point` is inside, by counting crossings of a ray to the east.
    func encloses(_ point: SIMD2<Double>) -> Bool {
        guard var previous = last else { return false }
        var inside = false
        for vertex in self {
            if (vertex.y > point.y) != (previous.y > point.y) {
                let share = (point.y - vertex.y) / (previous.y - vertex.y)
                if point.x < vertex.x + share * (previous.x - vertex.x) { inside.toggle() }
            }
            previous = vertex
        }
        return inside
    }

    /// A point strictly inside: in the middle of the first stretch within the ring of a parallel that meets no vertex.
    /// `nil` for a ring without height.
    var innerPoint: SIMD2<Double>? {
        let heights = map(\.y).sorted()
        guard let low = heights.first, let next = heights.first(where: { $0 > low }), var previous = last else {
            return nil
        }
        let y = (low + next) / 2
        var crossings: [Double] = []
        for vertex in self {
            if (vertex.y > y) != (previous.y > y) {
                crossings.append(vertex.x + (y - vertex.y) / (previous.y - vertex.y) * (previous.x - vertex.x))
            }
            previous = vertex
        }
        crossings.sort()
        guard crossings.count > 1 else { return nil }
        return SIMD2((crossings[0] + crossings[1]) / 2, y)
    }

    /// Whether this ring, which does not cross `other`, is inside it.
    func isInside(_ other: Ring) -> Bool {
        guard let point = innerPoint else { return false }
        return abs(signedSurface) <= abs(other.signedSurface) && other.encloses(point)
    }

    /// The same ring, against the clock or with it.
    func wound(againstClock: Bool) -> Ring {
        (signedSurface > 0) == againstClock ? self : reversed()
    }
}

extension [Shape] {
    /// Shapes from rings that do not cross: those against the clock, each with the rings with the clock inside it.
    init(rings: [Ring], surfaceMinimum: Double) {
        self = rings.filter { $0.signedSurface >= surfaceMinimum }.map { Shape(outer: $0) }
        for hole in rings where hole.signedSurface <= -surfaceMinimum {
            guard let owner = firstIndex(where: { hole.isInside($0.outer) }) else { continue }
            self[owner].holes.append(hole)
        }
    }
}
