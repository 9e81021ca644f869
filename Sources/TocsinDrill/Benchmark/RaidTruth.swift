package import TocsinModel

/// What a raid really did to the areas. Times are seconds from the start of the raid.
package struct RaidTruth: Hashable, Sendable {
    /// By the object's position in the record; sorted by area, then by time.
    package let passages: [[RaidOutcome.Passage]]
    /// The ends on the ground that expose somebody, in the order of the objects.
    package let arrivals: [Arrival]

    /// An end on the ground and the people within its danger radius.
    package struct Arrival: Hashable, Sendable {
        package var objectClass: ObjectClass
        package var at: Double
        package var firstSensedAt: Double?
        package var exposures: [RaidOutcome.Exposure]

        /// Whether anything that follows tracks can warn in time: sensed at least `secondsToShelter`, 5 s of delivery
        /// and 15 s before.
        package func isWarnable(secondsToShelter: Double) -> Bool {
            guard let firstSensedAt else { return false }
            return firstSensedAt <= at - secondsToShelter - ScoreRules.deliverySeconds - 15
        }
    }

    init(of raid: RaidRecord, over areas: [BenchmarkArea], grid: DiscGrid) {
        passages = raid.objects.map { object in
            Self.passages(
                of: object.path, radius: BenchmarkRules.dangerRadius(object.objectClass), over: areas, grid: grid)
        }
        arrivals = raid.objects.filter { $0.end.kind != .left }.compactMap { object in
            let radius = BenchmarkRules.dangerRadius(object.objectClass)
            let exposures = Self.exposures(around: object.end.point, radius: radius, over: areas, grid: grid)
            guard !exposures.isEmpty else { return nil }
            return Arrival(
                objectClass: object.objectClass, at: object.end.at, firstSensedAt: object.firstSensedAt,
                exposures: exposures)
        }
    }

    /// The first stay of an object in an area's disc plus danger radius that is not over at `now`.
    func passage(object: Int, area: Int, from now: Double) -> RaidOutcome.Passage? {
        let list = passages[object]
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].area < area || (list[middle].area == area && list[middle].to < now) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < list.count && list[low].area == area ? list[low] : nil
    }

    private static func exposures(
        around point: PlanePoint, radius: Double, over areas: [BenchmarkArea], grid: DiscGrid
    ) -> [RaidOutcome.Exposure] {
        var exposures: [RaidOutcome.Exposure] = []
        grid.visit(within: grid.largestRadius + radius, of: point) { area, distance in
            let share = DiscGeometry.share(ofDisc: areas[area].radiusMeters, within: radius, distance: distance)
            let people = areas[area].population * share
            if people > 0 { exposures.append(RaidOutcome.Exposure(area: area, people: people)) }
        }
        return exposures.sorted { $0.area < $1.area }
    }

    /// So many pieces of the path are looked up together.
    private static let piecesTogether = 16

    private static func passages(
        of path: TruePath, radius: Double, over areas: [BenchmarkArea], grid: DiscGrid
    ) -> [RaidOutcome.Passage] {
        var found: [RaidOutcome.Passage] = []
        for first in stride(from: 0, to: max(0, path.points.count - 1), by: piecesTogether) {
            let last = min(first + piecesTogether, path.points.count - 1)
            let middle = path.points[(first + last) / 2]
            let half = path.points[first...last].reduce(0) { max($0, $1.distance(to: middle)) }
            grid.visit(within: half + radius + grid.largestRadius, of: middle) { area, distance in
                let reach = areas[area].radiusMeters + radius
                guard distance <= half + reach else { return }
                for piece in first..<last {
                    let inside = DiscGeometry.inside(
                        from: path.points[piece], to: path.points[piece + 1], circle: areas[area].center,
                        radius: reach)
                    guard let inside else { continue }
                    let seconds = path.times[piece + 1] - path.times[piece]
                    found.append(
                        RaidOutcome.Passage(
                            area: area, from: path.times[piece] + seconds * inside.lowerBound,
                            to: path.times[piece] + seconds * inside.upperBound))
                }
            }
        }
        return joined(found)
    }

    /// Sorted by area and time; pieces that touch become one.
    private static func joined(_ pieces: [RaidOutcome.Passage]) -> [RaidOutcome.Passage] {
        var joined: [RaidOutcome.Passage] = []
        for piece in pieces.sorted(by: { ($0.area, $0.from, $0.to) < ($1.area, $1.from, $1.to) }) {
            // A microsecond of rounding.
            if let last = joined.last, last.area == piece.area, piece.from <= last.to + 1e-6 {
                joined[joined.count - 1].to = max(last.to, piece.to)
            } else {
                joined.append(piece)
            }
        }
        return joined
    }
}
