// Numeric kernel: bare coordinates of a plane.

/// The points `p` with `normal · p <= limit`.
struct HalfPlane: Hashable, Sendable {
    var normal: SIMD2<Double>
    var limit: Double

    /// The half-plane on the other side of the same line.
    var opposite: HalfPlane { HalfPlane(normal: -normal, limit: -limit) }

    private func depth(_ point: SIMD2<Double>) -> Double { limit - (normal * point).sum() }

    /// What of `shape` lies inside. Pieces of a shape that is cut into several are apart, without edges between them.
    ///
    /// Each ring is taken apart into the ways that it goes inside. Along the line, the ways' ends and beginnings
    /// alternate, as inside and outside of the shape do, so that each end is joined to the beginning that comes next.
    ///
    /// - Parameter surfaceMinimum: Pieces with less are dropped: remains of rounding.
    func cut(_ shape: Shape, surfaceMinimum: Double) -> [Shape] {
        var rings: [Ring] = []
        var ways: [Ring] = []
        for ring in [shape.outer] + shape.holes { take(ring, &rings, &ways) }
        guard !ways.isEmpty else { return [Shape](rings: rings, surfaceMinimum: surfaceMinimum) }
        return [Shape](rings: rings + joined(ways), surfaceMinimum: surfaceMinimum)
    }

    /// Adds `ring` to `rings` if it is wholly inside, or its ways inside to `ways`.
    private func take(_ ring: Ring, _ rings: inout [Ring], _ ways: inout [Ring]) {
        guard let start = ring.indices.first(where: { depth(ring[$0]) < 0 }) else { return rings.append(ring) }
        var way: Ring = []
        var previous = ring[start]
        var previousDepth = depth(previous)
        for offset in 1...ring.count {
            let point = ring[(start + offset) % ring.count]
            let pointDepth = depth(point)
            if (previousDepth < 0) != (pointDepth < 0) {
                // Measured from the inside end, so that both neighbours of a line find the same place on an edge.
                way.append(previous + (point - previous) * (previousDepth / (previousDepth - pointDepth)))
            }
            if pointDepth >= 0 {
                way.append(point)
            } else if !way.isEmpty {
                ways.append(way)
                way = []
            }
            previous = point
            previousDepth = pointDepth
        }
    }

    private func joined(_ ways: [Ring]) -> [Ring] {
        // Along the line with the inside on its left.
        let along = SIMD2(-normal.y, normal.x)
        func place(_ point: SIMD2<Double>?) -> Double { point.map { ($0 * along).sum() } ?? 0 }
        let byEnd = ways.indices.sorted { place(ways[$0].last) < place(ways[$1].last) }
        let byStart = ways.indices.sorted { place(ways[$0].first) < place(ways[$1].first) }
        var next = [Int](repeating: 0, count: ways.count)
        for (end, start) in zip(byEnd, byStart) { next[end] = start }
        var isUsed = [Bool](repeating: false, count: ways.count)
        var rings: [Ring] = []
        for first in ways.indices where !isUsed[first] {
            var ring: Ring = []
            var way = first
            while !isUsed[way] {
                isUsed[way] = true
                for point in ways[way] where point != ring.last { ring.append(point) }
                way = next[way]
            }
            if ring.count > 1, ring.first == ring.last { ring.removeLast() }
            rings.append(ring)
        }
        return rings
    }
}
