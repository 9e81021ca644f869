internal import RealModule
package import TocsinModel

// Plane geometry in bare meters and radians; directions clockwise from north.

extension PlanePoint {
    func moved(by meters: Double, toward radians: Double) -> PlanePoint {
        PlanePoint(east: east + meters * Double.sin(radians), north: north + meters * Double.cos(radians))
    }

    func distance(to other: PlanePoint) -> Double {
        let deltaEast = other.east - east
        let deltaNorth = other.north - north
        return (deltaEast * deltaEast + deltaNorth * deltaNorth).squareRoot()
    }

    /// The direction to `other`, -pi ... pi.
    func direction(to other: PlanePoint) -> Double {
        Double.atan2(y: other.east - east, x: other.north - north)
    }
}

/// `angle` brought into -pi ... pi.
func wrapped(_ angle: Double) -> Double {
    let rest = angle.remainder(dividingBy: 2 * .pi)
    return rest
}

/// A closed ring on a plane.
package struct PlanePolygon: Hashable, Sendable {
    package let vertices: [PlanePoint]

    package init(_ polygon: GeoPolygon, on plane: LocalPlane) {
        vertices = polygon.vertices.map(plane.project)
    }

    /// Square meters.
    package var surface: Double { abs(signedSurface) }

    private var signedSurface: Double {
        edges.reduce(0) { $0 + ($1.from.east * $1.to.north - $1.to.east * $1.from.north) / 2 }
    }

    private var edges: [(from: PlanePoint, to: PlanePoint)] {
        guard var previous = vertices.last else { return [] }
        return vertices.map { vertex in
            defer { previous = vertex }
            return (previous, vertex)
        }
    }

    /// Meters from `point` to the polygon; 0 inside.
    package func distance(to point: PlanePoint) -> Double {
        var inside = false
        var squared = Double.infinity
        for edge in edges {
            let along = PlanePoint(east: edge.to.east - edge.from.east, north: edge.to.north - edge.from.north)
            let toPoint = PlanePoint(east: point.east - edge.from.east, north: point.north - edge.from.north)
            let length = along.east * along.east + along.north * along.north
            let dot = toPoint.east * along.east + toPoint.north * along.north
            let share = length > 0 ? max(0, min(1, dot / length)) : 0
            let east = toPoint.east - share * along.east
            let north = toPoint.north - share * along.north
            squared = min(squared, east * east + north * north)
            if (edge.from.north > point.north) != (edge.to.north > point.north),
                toPoint.east < along.east * toPoint.north / along.north
            {
                inside.toggle()
            }
        }
        return inside ? 0 : squared.squareRoot()
    }

    /// The share of the polygon's surface that lies within `radius` meters of `center`. 0 ... 1.
    ///
    /// Sums the signed surface that each edge spans with the center inside the circle: triangles where the edge
    /// is inside, sectors where it is outside.
    package func share(within radius: Double, of center: PlanePoint) -> Double {
        let whole = signedSurface
        guard whole != 0 else { return 0 }
        let covered = edges.reduce(0) { sum, edge in
            sum
                + Self.spanned(
                    from: PlanePoint(east: edge.from.east - center.east, north: edge.from.north - center.north),
                    to: PlanePoint(east: edge.to.east - center.east, north: edge.to.north - center.north),
                    radius: radius)
        }
        return max(0, min(1, covered / whole))
    }

    private static func spanned(from: PlanePoint, to: PlanePoint, radius: Double) -> Double {
        let along = PlanePoint(east: to.east - from.east, north: to.north - from.north)
        let a = along.east * along.east + along.north * along.north
        guard a > 0 else { return 0 }
        let half = from.east * along.east + from.north * along.north
        let c = from.east * from.east + from.north * from.north - radius * radius
        let discriminant = half * half - a * c
        guard discriminant > 0 else { return sector(from, to, radius) }
        let root = discriminant.squareRoot()
        let entry = max(0, min(1, (-half - root) / a))
        let exit = max(0, min(1, (-half + root) / a))
        guard exit > entry else { return sector(from, to, radius) }
        let first = PlanePoint(east: from.east + entry * along.east, north: from.north + entry * along.north)
        let last = PlanePoint(east: from.east + exit * along.east, north: from.north + exit * along.north)
        return sector(from, first, radius) + (first.east * last.north - last.east * first.north) / 2
            + sector(last, to, radius)
    }

    private static func sector(_ from: PlanePoint, _ to: PlanePoint, _ radius: Double) -> Double {
        let cross = from.east * to.north - to.east * from.north
        let dot = from.east * to.east + from.north * to.north
        return radius * radius * Double.atan2(y: cross, x: dot) / 2
    }
}
