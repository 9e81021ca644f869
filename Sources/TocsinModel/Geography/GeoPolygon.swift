/// A closed ring on WGS-84 without holes. The first point is not repeated at the end. Edges are straight on
/// the map (latitude and longitude), which is exact enough for rings of up to some tens of kilometers that do
/// not cross the antimeridian.
public struct GeoPolygon: Hashable, Sendable, Codable {
    public var vertices: [GeoPoint]

    public init(vertices: [GeoPoint]) { self.vertices = vertices }

    /// Whether `point` is inside, by counting crossings of a ray to the east.
    /// - Complexity: O(*v*), *v* being the number of vertices.
    public func contains(_ point: GeoPoint) -> Bool {
        var inside = false
        guard var previous = vertices.last else { return false }
        for vertex in vertices {
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

    /// The mean of the vertices; inside any convex ring. `nil` for a ring without vertices.
    public var center: GeoPoint? {
        guard !vertices.isEmpty else { return nil }
        let count = Double(vertices.count)
        return GeoPoint(
            latitudeDegrees: vertices.reduce(0) { $0 + $1.latitudeDegrees } / count,
            longitudeDegrees: vertices.reduce(0) { $0 + $1.longitudeDegrees } / count)
    }
}
