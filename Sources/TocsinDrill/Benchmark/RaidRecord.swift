package import TocsinModel

/// A raid of the benchmark: what really happened, and what the warner was told. Times are seconds from the start of
/// the raid; bare meters on the country's plane.
package struct RaidRecord: Hashable, Sendable {
    package var objects: [RecordedObject]

    package init(objects: [RecordedObject]) { self.objects = objects }

    /// Alarms that are still on run until here: 2,000 s after the last object.
    package var closesAt: Double { (objects.map(\.end.at).max() ?? 0) + RaidOutcome.secondsAfterEnd }
}

/// One object of a raid.
package struct RecordedObject: Hashable, Sendable {
    /// Never told to the warner with more meaning than a track's number.
    package var number: Int
    package var objectClass: ObjectClass
    package var path: TruePath
    package var end: RecordedEnd
    /// What the warner gets, ascending by time; the class is known.
    package var updates: [FeedUpdate]
    /// `nil` where nobody ever says that it ended.
    package var endReport: EndReport?

    package init(
        number: Int, objectClass: ObjectClass, path: TruePath, end: RecordedEnd, updates: [FeedUpdate],
        endReport: EndReport?
    ) {
        self.number = number
        self.objectClass = objectClass
        self.path = path
        self.end = end
        self.updates = updates
        self.endReport = endReport
    }

    package var firstSensedAt: Double? { updates.first?.at }
}

/// Where an object is told to be, with errors.
package struct FeedUpdate: Hashable, Sendable {
    package var at: Double
    package var position: PlanePoint
    /// Meters per second.
    package var velocity: PlanePoint

    package init(at: Double, position: PlanePoint, velocity: PlanePoint) {
        self.at = at
        self.position = position
        self.velocity = velocity
    }
}

/// How, when and where an object really ends.
package struct RecordedEnd: Hashable, Sendable {
    package var kind: RaidEnd.Kind
    package var at: Double
    package var point: PlanePoint

    package init(kind: RaidEnd.Kind, at: Double, point: PlanePoint) {
        self.kind = kind
        self.at = at
        self.point = point
    }
}

/// What the warner learns of an end, and when.
package struct EndReport: Hashable, Sendable {
    package var kind: RaidEnd.Kind
    package var at: Double

    package init(kind: RaidEnd.Kind, at: Double) {
        self.kind = kind
        self.at = at
    }
}

/// A true way: straight between points of ascending time.
package struct TruePath: Hashable, Sendable {
    package private(set) var times: [Double]
    package private(set) var points: [PlanePoint]

    package init() {
        times = []
        points = []
    }

    /// - Precondition: `at` is later than the last point's time.
    package mutating func append(_ point: PlanePoint, at: Double) {
        times.append(at)
        points.append(point)
    }

    /// Where it is; before the first and after the last point there. `nil` for an empty path.
    package func position(at seconds: Double) -> PlanePoint? {
        guard let first = points.first, let last = points.last else { return nil }
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        if low == 0 { return first }
        if low == times.count { return last }
        let share = (seconds - times[low - 1]) / (times[low] - times[low - 1])
        let (from, to) = (points[low - 1], points[low])
        return PlanePoint(
            east: from.east + share * (to.east - from.east), north: from.north + share * (to.north - from.north))
    }
}
