/// A closed ring on WGS-84, perhaps with holes. The first point of a ring is not repeated at its end. Edges are
/// straight on the map (latitude and longitude), which is exact enough for edges of up to some tens of kilometers; no
/// edge crosses the antimeridian.
public struct GeoPolygon: Hashable, Sendable, Codable {
    /// The outer ring; against the clock as read from files (RFC 7946, section 3.1.6).
    public var vertices: [GeoPoint]
    /// Rings inside the outer one that are no part of the place; with the clock as read from files.
    public var holes: [[GeoPoint]]

    public init(vertices: [GeoPoint], holes: [[GeoPoint]] = []) {
        self.vertices = vertices
        self.holes = holes
    }

    /// One ring around all of `polygons` and their holes: from the first vertex, bridges without width lead to every
    /// other ring and back. Whoever counts crossings or sums signed surface over it gets what the polygons give; the
    /// distance to its edges is the distance to the polygons or to a bridge, whichever is less.
    public init(joining polygons: [GeoPolygon]) {
        self.init(vertices: polygons.first?.vertices ?? [])
        guard let anchor = vertices.first else { return }
        for ring in polygons.flatMap({ [$0.vertices] + $0.holes }).dropFirst() {
            vertices.append(anchor)
            vertices += ring + ring.prefix(1)
        }
    }

    /// Whether `point` is inside, by counting crossings of a ray to the east.
    /// - Complexity: O(*v*), *v* being the number of vertices.
    public func contains(_ point: GeoPoint) -> Bool {
        Self.encloses(vertices, point) && !holes.contains { Self.encloses($0, point) }
    }

    private static func encloses(_ ring: [GeoPoint], _ point: GeoPoint) -> Bool {
        var inside = false
        guard var previous = ring.last else { return false }
        for vertex in ring {
            if (vertex.latitudeDegrees > point.latitudeDegrees)
                != (previous.latitudeDegrees > point.latitudeDegrees)
            {
                let share =
                    (point.latitudeDegrees - vertex.latitudeDegrees)
                    / (previous.latitudeDegrees - vertex.latitudeDegrees)
                let crossing =
                    vertex.longitudeDegrees + share * (previous.longitudeDegrees - vertex.longitudeDegrees)
                if point.longitudeDegrees < crossing { inside.toggle() }
            }
            previous = vertex
        }
        return inside
    }

    /// The mean of the outer ring's vertices, also where some lie beyond the antimeridian; inside any convex ring.
    /// `nil` for a ring without vertices.
    public var center: GeoPoint? {
        guard let first = vertices.first else { return nil }
        let count = Double(vertices.count)
        let longitudes = vertices.map { vertex in
            vertex.longitudeDegrees - Self.turn(vertex.longitudeDegrees - first.longitudeDegrees)
        }
        let longitude = longitudes.reduce(0, +) / count
        return GeoPoint(
            latitudeDegrees: vertices.reduce(0) { $0 + $1.latitudeDegrees } / count,
            longitudeDegrees: longitude - Self.turn(longitude))
    }

    /// The whole turn by which `degrees` lies beyond -180 ... 180: 360, -360 or 0.
    private static func turn(_ degrees: Double) -> Double { degrees > 180 ? 360 : degrees < -180 ? -360 : 0 }
}
