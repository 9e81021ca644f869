// Numeric kernel: bare degrees, x east, y north.
internal import TocsinModel

/// Makes shapes of one ring as it stands in a file.
struct RingMending {
    /// What was done, and where.
    private(set) var mendings: [(mending: AreaMending, at: SIMD2<Double>)] = []
    private var meetings = EdgeMeetings()

    /// Square degrees: about a square meter at the equator. What is smaller is no area.
    static let surfaceMinimum = 1e-10

    struct Fault: Error {
        var fault: AreaFault
        var at: SIMD2<Double>?
    }

    /// - Parameters:
    ///   - ring: All points, the repeated first one too, each on the globe.
    ///   - isHole: It runs with the clock if it is right.
    /// - Returns: Longitudes beyond 180 degrees where the ring crosses the antimeridian.
    mutating func shapes(of ring: Ring, isHole: Bool) throws(Fault) -> [Shape] {
        mendings.removeAll(keepingCapacity: true)
        var ring = ring
        close(&ring)
        dropDuplicates(&ring)
        guard ring.count > 2 else { throw Fault(fault: .tooFewVertices(count: ring.count), at: ring.first) }
        try unwrap(&ring)
        meetings.search([ring])
        guard meetings.found.isEmpty else { return try resolved(ring) }
        let surface = ring.signedSurface
        guard abs(surface) >= Self.surfaceMinimum else { throw Fault(fault: .noSurface, at: ring.first) }
        if (surface > 0) == isHole { mendings.append((.windingReversed, ring[0])) }
        return [Shape(outer: surface > 0 ? ring : ring.reversed())]
    }

    private mutating func close(_ ring: inout Ring) {
        guard let last = ring.last, ring.count > 1 else { return }
        if ring.first == last {
            ring.removeLast()
        } else {
            mendings.append((.ringClosed, last))
        }
    }

    private mutating func dropDuplicates(_ ring: inout Ring) {
        guard var previous = ring.last, ring.count > 1 else { return }
        var place: SIMD2<Double>?
        for vertex in ring {
            if vertex == previous { place = place ?? vertex }
            previous = vertex
        }
        guard let place else { return }
        var kept: Ring = []
        for vertex in ring where vertex != kept.last { kept.append(vertex) }
        if kept.count > 1, kept.first == kept.last { kept.removeLast() }
        mendings.append((.duplicatesDropped(count: ring.count - kept.count), place))
        ring = kept
    }

    /// Goes on beyond 180 degrees where two points are closer across the antimeridian. A step along the pole, as the
    /// outline of a cut polar cap has, stays as it is: all its points are one place.
    private func unwrap(_ ring: inout Ring) throws(Fault) {
        func isAlongPole(_ index: Int) -> Bool {
            abs(ring[index].y) == 90 && ring[index].y == ring[index == 0 ? ring.count - 1 : index - 1].y
        }
        let crosses = ring.indices.contains { index in
            abs(ring[index].x - ring[index == 0 ? ring.count - 1 : index - 1].x) > 180 && !isAlongPole(index)
        }
        guard crosses else { return }
        var shift = 0.0
        let first = ring[0]
        for index in 1..<ring.count {
            let step = ring[index].x + shift - ring[index - 1].x
            if !isAlongPole(index), abs(step) > 180 { shift -= step > 0 ? 360 : -360 }
            ring[index].x += shift
        }
        let longitudes = ring.map(\.x)
        let closes = abs(first.x - ring[ring.count - 1].x) <= 180 || isAlongPole(0)
        guard closes, let low = longitudes.min(), let high = longitudes.max(),
            high - low < 360
        else { throw Fault(fault: .enclosesPole, at: first) }
    }

    /// The shapes of a ring that meets itself.
    private mutating func resolved(_ ring: Ring) throws(Fault) -> [Shape] {
        let crossing = meetings.firstCrossing
        let place = crossing ?? meetings.firstTouch ?? ring[0]
        guard meetings.crossingCount <= Limits.crossingsPerRing else {
            throw Fault(fault: .selfCrossing, at: place)
        }
        let loops = LoopSplitting.loops(of: ring, at: meetings.found)
            .filter { abs($0.signedSurface) >= Self.surfaceMinimum }
        guard !loops.isEmpty else { throw Fault(fault: .noSurface, at: ring.first) }
        guard let shapes = LoopSplitting.shapes(of: loops) else { throw Fault(fault: .selfCrossing, at: place) }
        if crossing != nil {
            mendings.append((.crossingResolved(shapes: shapes.count), place))
        } else if loops.count == 1 {
            mendings.append((.spikesDropped, place))
        } else {
            mendings.append((.touchResolved(shapes: shapes.count), place))
        }
        return shapes
    }
}
