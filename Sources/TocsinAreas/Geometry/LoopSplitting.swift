// Numeric kernel: bare degrees, x east, y north.

/// Takes a ring apart that meets itself: into loops between the places where it does.
enum LoopSplitting {
    /// The simple loops of `ring`, each as wound by the ring. Ways there and back are left out.
    static func loops(of ring: Ring, at meetings: [EdgeMeetings.Meeting]) -> [Ring] {
        var stack: Ring = []
        var positions: [SIMD2<Double>: Int] = [:]
        var loops: [Ring] = []
        for point in withNodes(ring, meetings) {
            guard let start = positions[point] else {
                positions[point] = stack.count
                stack.append(point)
                continue
            }
            loops.append(Ring(stack[start...]))
            for passed in stack[(start + 1)...] { positions[passed] = nil }
            stack.removeSubrange((start + 1)...)
        }
        loops.append(stack)
        return loops.filter { $0.count > 2 }
    }

    /// `ring` with a vertex wherever one of its edges meets another.
    private static func withNodes(_ ring: Ring, _ meetings: [EdgeMeetings.Meeting]) -> Ring {
        var nodes: [(edge: Int, share: Double, point: SIMD2<Double>)] = []
        func add(_ point: SIMD2<Double>, on edge: Int) {
            let (start, end) = (ring[edge], ring[(edge + 1) % ring.count])
            let way = end - start
            nodes.append((edge, ((point - start) * way).sum() / (way * way).sum(), point))
        }
        for meeting in meetings {
            switch meeting {
            case .crossing(let first, let second, let point):
                add(point, on: first)
                add(point, on: second)
            case .touch(let edge, let vertex): add(vertex, on: edge)
            case .repetition: break
            }
        }
        nodes.sort { ($0.edge, $0.share) < ($1.edge, $1.share) }
        var result: Ring = []
        var next = nodes.startIndex
        for (index, vertex) in ring.enumerated() {
            if vertex != result.last { result.append(vertex) }
            while next < nodes.endIndex, nodes[next].edge == index {
                if nodes[next].point != result.last { result.append(nodes[next].point) }
                next += 1
            }
        }
        return result
    }

    /// Shapes that `loops` bound, if nobody can understand them otherwise: no two overlap, and one inside another is
    /// wound the other way, as a hole is. `nil`: ambiguous.
    static func shapes(of loops: [Ring]) -> [Shape]? {
        let sorted = loops.enumerated()
            .sorted { (-abs($0.element.signedSurface), $0.offset) < (-abs($1.element.signedSurface), $1.offset) }
            .map(\.element)
        var shapes: [Shape] = []
        var owners: [Int?] = []
        for (index, loop) in sorted.enumerated() {
            var around: [Int] = []
            for other in 0..<index {
                switch relation(of: loop, to: sorted[other]) {
                case .inside: around.append(other)
                case .outside: break
                case .mixed: return nil
                }
            }
            guard let parent = around.first else {
                owners.append(shapes.count)
                shapes.append(Shape(outer: loop.wound(againstClock: true)))
                continue
            }
            // A hole in a hole, or the same surface bounded twice.
            let isHole = (loop.signedSurface > 0) != (sorted[parent].signedSurface > 0)
            guard around.count == 1, isHole, let owner = owners[parent] else { return nil }
            owners.append(nil)
            shapes[owner].holes.append(loop.wound(againstClock: false))
        }
        return shapes
    }

    private enum Relation { case inside, outside, mixed }

    /// By the middles of the edges: none lies on the other loop, which meets this one at vertices only.
    private static func relation(of loop: Ring, to other: Ring) -> Relation {
        guard var previous = loop.last, Set(loop) != Set(other) else { return .mixed }
        var insideCount = 0
        for vertex in loop {
            if other.encloses((previous + vertex) / 2) { insideCount += 1 }
            previous = vertex
        }
        return insideCount == 0 ? .outside : insideCount == loop.count ? .inside : .mixed
    }
}
