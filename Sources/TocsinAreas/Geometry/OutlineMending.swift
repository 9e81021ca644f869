// Numeric kernel: bare degrees, x east, y north.
internal import TocsinModel

/// Makes an area's polygons of the rings that stand in a file.
struct OutlineMending {
    /// What was done: the polygon and ring, where they are known, and the place.
    private(set) var mendings: [(ring: RingPlace?, mending: AreaMending, at: SIMD2<Double>)] = []
    private var ringMending = RingMending()
    private var meetings = EdgeMeetings()

    struct RingPlace: Hashable {
        var polygon: Int
        var ring: Int
    }

    struct Fault: Error {
        var fault: AreaFault
        var ring: RingPlace
        var at: SIMD2<Double>?
    }

    /// A shape and the ring that it comes from.
    private struct Origin {
        var shape: Shape
        var place: RingPlace
    }

    mutating func polygons(of file: [[Ring]]) throws(Fault) -> [GeoPolygon] {
        mendings.removeAll(keepingCapacity: true)
        var outers: [Origin] = []
        var holes: [Origin] = []
        var empty: Fault?
        for (polygon, rings) in file.enumerated() {
            for (ring, points) in rings.enumerated() {
                let place = RingPlace(polygon: polygon, ring: ring)
                do throws(Fault) {
                    let found = try shapes(of: points, at: place).map { Origin(shape: $0, place: place) }
                    if ring == 0 { outers += found } else { holes += found }
                } catch {
                    guard error.fault == .noSurface else { throw error }
                    mendings.append((place, .emptyRingDropped, error.at ?? .zero))
                    empty = empty ?? error
                }
            }
        }
        if let empty, outers.isEmpty { throw empty }
        if outers.count + holes.count > 1 {
            try refuseCrossings(outers + holes)
            try put(holes, into: &outers)
            try refuseOverlaps(outers)
        }
        return outers.flatMap { cut($0.shape) }
    }

    private mutating func shapes(of ring: Ring, at place: RingPlace) throws(Fault) -> [Shape] {
        do throws(RingMending.Fault) {
            let shapes = try ringMending.shapes(of: ring, isHole: place.ring > 0)
            for mending in ringMending.mendings { mendings.append((place, mending.mending, mending.at)) }
            return shapes
        } catch {
            throw Fault(fault: error.fault, ring: place, at: error.at)
        }
    }

    private mutating func refuseCrossings(_ origins: [Origin]) throws(Fault) {
        // Shapes of one ring were taken apart there; only those of different rings are looked at.
        var rings: [Ring] = []
        var places: [RingPlace] = []
        for origin in origins {
            for ring in [origin.shape.outer] + origin.shape.holes {
                rings.append(ring)
                places += Array(repeating: origin.place, count: ring.count)
            }
        }
        meetings.search(rings)
        for case .crossing(let first, let second, let point) in meetings.found where places[first] != places[second] {
            throw Fault(fault: .ringsCross, ring: places[max(first, second)], at: point)
        }
    }

    /// Holes outside become polygons.
    private mutating func put(_ holes: [Origin], into outers: inout [Origin]) throws(Fault) {
        var outside: [Origin] = []
        for hole in holes {
            // A hole that is two loops, one inside the other, says nothing that can be understood.
            guard hole.shape.holes.isEmpty else {
                throw Fault(fault: .selfCrossing, ring: hole.place, at: hole.shape.outer.first)
            }
            let owner = outers.firstIndex { outer in
                outer.place.polygon == hole.place.polygon && hole.shape.outer.turned(to: outer.shape.outer) != nil
            }
            guard let owner, let ring = hole.shape.outer.turned(to: outers[owner].shape.outer) else {
                mendings.append((hole.place, .holeMadePolygon, hole.shape.outer[0]))
                outside.append(hole)
                continue
            }
            outers[owner].shape.holes.append(ring.reversed())
        }
        outers += outside
    }

    private func refuseOverlaps(_ outers: [Origin]) throws(Fault) {
        let boxes = outers.map { Box($0.shape.outer) }
        for (index, outer) in outers.enumerated() {
            for (other, around) in outers.enumerated() where index != other && boxes[other].contains(boxes[index]) {
                guard outer.shape.outer.isInside(around.shape.outer),
                    !around.shape.holes.contains(where: { outer.shape.outer.isInside($0) })
                else { continue }
                throw Fault(fault: .polygonsOverlap, ring: outer.place, at: outer.shape.outer.first)
            }
        }
    }

    /// The polygons of `shape` on either side of the antimeridian.
    private mutating func cut(_ shape: Shape) -> [GeoPolygon] {
        let box = Box(shape.outer)
        guard box.low.x < -180 || box.high.x > 180 else { return [GeoPolygon(shape, movedBy: 0)] }
        let edge: Double = box.high.x > 180 ? 180 : -180
        let line = HalfPlane(normal: SIMD2(1, 0), limit: edge)
        let west = line.cut(shape, surfaceMinimum: RingMending.surfaceMinimum)
        let east = line.opposite.cut(shape, surfaceMinimum: RingMending.surfaceMinimum)
        mendings.append((nil, .antimeridianCut(pieces: west.count + east.count), SIMD2(edge, shape.outer[0].y)))
        return west.map { GeoPolygon($0, movedBy: edge < 0 ? 360 : 0) }
            + east.map { GeoPolygon($0, movedBy: edge > 0 ? -360 : 0) }
    }
}

/// The least rectangle around a ring.
private struct Box {
    var low: SIMD2<Double>
    var high: SIMD2<Double>

    init(_ ring: Ring) {
        low = ring[0]
        high = ring[0]
        for point in ring {
            low = pointwiseMin(low, point)
            high = pointwiseMax(high, point)
        }
    }

    func contains(_ other: Box) -> Bool {
        low.x <= other.low.x && low.y <= other.low.y && high.x >= other.high.x && high.y >= other.high.y
    }
}

extension Ring {
    /// This ring inside `outer`, whole turns of longitude away if need be; `nil` if it is not inside.
    fileprivate func turned(to outer: Ring) -> Ring? {
        for turn in [0.0, 360, -360] {
            let moved = turn == 0 ? self : map { SIMD2($0.x + turn, $0.y) }
            if moved.isInside(outer) { return moved }
        }
        return nil
    }
}

extension GeoPolygon {
    /// - Parameter degrees: Added to the longitudes.
    init(_ shape: Shape, movedBy degrees: Double) {
        func points(_ ring: Ring) -> [GeoPoint] {
            // A cut is rounded to either side of the antimeridian.
            ring.map { GeoPoint(latitudeDegrees: $0.y, longitudeDegrees: max(-180, min(180, $0.x + degrees))) }
        }
        self.init(vertices: points(shape.outer), holes: shape.holes.map(points))
    }
}

extension GeoPoint {
    init(_ point: SIMD2<Double>) {
        let turns = point.x > 180 ? -360.0 : point.x < -180 ? 360 : 0
        self.init(latitudeDegrees: point.y, longitudeDegrees: point.x + turns)
    }
}
