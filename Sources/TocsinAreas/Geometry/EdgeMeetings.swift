// Numeric kernel: bare degrees, x east, y north.

/// Where edges of rings meet other than at the ends that they share as neighbours.
struct EdgeMeetings {
    enum Meeting: Hashable {
        /// The insides of two edges cross at a point.
        case crossing(Int, Int, SIMD2<Double>)
        /// A vertex lies inside an edge.
        case touch(edge: Int, vertex: SIMD2<Double>)
        /// Two edges begin at the same vertex.
        case repetition(SIMD2<Double>)
    }

    private struct Edge {
        var start: SIMD2<Double>
        var end: SIMD2<Double>
        var low: SIMD2<Double>
        var high: SIMD2<Double>
        var number: Int
    }

    // Kept from ring to ring, so that nothing is allocated for each.
    private var edges: [Edge] = []
    private(set) var found: [Meeting] = []

    /// Few edges are compared all with all; more are sorted from west to east first.
    private static let sortedFrom = 40

    /// Looks for the meetings within `rings`; edges are numbered on from ring to ring, each ring's from its first vertex.
    /// - Complexity: O(*n* log *n* + pairs of edges that overlap in longitude).
    mutating func search(_ rings: [Ring]) {
        edges.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
        for ring in rings { append(ring) }
        let isSorted = edges.count >= Self.sortedFrom
        if isSorted { edges.sort { ($0.low.x, $0.number) < ($1.low.x, $1.number) } }
        for first in edges.indices {
            let edge = edges[first]
            for second in (first + 1)..<max(edges.count, first + 1) {
                let other = edges[second]
                if other.low.x > edge.high.x {
                    if isSorted { break }
                    continue
                }
                if other.high.x < edge.low.x || other.low.y > edge.high.y || other.high.y < edge.low.y { continue }
                meet(edge, other)
            }
        }
    }

    private mutating func append(_ ring: Ring) {
        guard let first = ring.first else { return }
        for index in ring.indices {
            let (start, end) = (ring[index], index + 1 < ring.count ? ring[index + 1] : first)
            edges.append(
                Edge(
                    start: start, end: end, low: pointwiseMin(start, end), high: pointwiseMax(start, end),
                    number: edges.count))
        }
    }

    private mutating func meet(_ edge: Edge, _ other: Edge) {
        let otherStart = turn(edge.start, edge.end, other.start)
        let otherEnd = turn(edge.start, edge.end, other.end)
        let start = turn(other.start, other.end, edge.start)
        let end = turn(other.start, other.end, edge.end)
        if otherStart * otherEnd < 0, start * end < 0 {
            let share = start / (start - end)
            found.append(.crossing(edge.number, other.number, edge.start + (edge.end - edge.start) * share))
            return
        }
        if edge.start == other.start { found.append(.repetition(edge.start)) }
        if otherStart == 0 { touch(edge, other.start) }
        if otherEnd == 0 { touch(edge, other.end) }
        if start == 0 { touch(other, edge.start) }
        if end == 0 { touch(other, edge.end) }
    }

    /// - Parameter vertex: On the line through `edge`.
    private mutating func touch(_ edge: Edge, _ vertex: SIMD2<Double>) {
        guard vertex != edge.start, vertex != edge.end, vertex.x >= edge.low.x, vertex.x <= edge.high.x,
            vertex.y >= edge.low.y, vertex.y <= edge.high.y
        else { return }
        found.append(.touch(edge: edge.number, vertex: vertex))
    }

    /// The first crossing found; `nil` if edges touch at most.
    var firstCrossing: SIMD2<Double>? {
        for case .crossing(_, _, let point) in found { return point }
        return nil
    }

    /// The first place where edges touch without crossing.
    var firstTouch: SIMD2<Double>? {
        for meeting in found {
            switch meeting {
            case .touch(_, let point), .repetition(let point): return point
            case .crossing: continue
            }
        }
        return nil
    }

    var crossingCount: Int {
        found.count { if case .crossing = $0 { true } else { false } }
    }
}
