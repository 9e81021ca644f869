// Numeric kernel: bare meters and seconds on the country's plane.
internal import OrderedCollections
internal import TocsinModel

/// Parts of a country that are warned as one: its regions, or squares.
struct WarnedRegions: Hashable, Sendable {
    private let parts: [Part]
    /// By area.
    let partOfArea: [Int]

    private struct Part: Hashable {
        /// The middles of its cells.
        var cells: [PlanePoint]
        var low: PlanePoint
        var high: PlanePoint
    }

    private static let halfCell = RegionRaster.cellMeters / 2

    /// The regions of the country.
    init(regionsOf country: BenchmarkCountry) {
        parts = country.cellsByRegion.map(Self.part)
        partOfArea = country.areas.map(\.region)
    }

    /// Squares of the plane, their corners at multiples of `side` from its origin; an area belongs to the square that
    /// its center lies in, a cell to the one of its middle.
    init(squaresOf country: BenchmarkCountry, side: Double) {
        func key(_ point: PlanePoint) -> [Int] {
            [Int((point.east / side).rounded(.down)), Int((point.north / side).rounded(.down))]
        }
        var cells: OrderedDictionary<[Int], [PlanePoint]> = [:]
        for area in country.areas { cells[key(area.center), default: []].append(area.center) }
        for cell in country.ground.raster.cells { cells[key(cell.middle)]?.append(cell.middle) }
        parts = cells.values.map(Self.part)
        partOfArea = country.areas.map { cells.index(forKey: key($0.center)) ?? 0 }
    }

    private static func part(_ cells: [PlanePoint]) -> Part {
        let east = cells.map(\.east)
        let north = cells.map(\.north)
        return Part(
            cells: cells,
            low: PlanePoint(east: (east.min() ?? 0) - halfCell, north: (north.min() ?? 0) - halfCell),
            high: PlanePoint(east: (east.max() ?? 0) + halfCell, north: (north.max() ?? 0) + halfCell))
    }

    var count: Int { parts.count }

    /// Whether `point` is inside or at most `reach` away from a cell of the part.
    func isNear(_ part: Int, point: PlanePoint, reach: Double) -> Bool {
        let part = parts[part]
        let east = max(part.low.east - point.east, point.east - part.high.east)
        let north = max(part.low.north - point.north, point.north - part.high.north)
        guard !part.cells.isEmpty, max(east, north) <= reach else { return false }
        return part.cells.contains { cell in
            let east = max(0, abs(cell.east - point.east) - Self.halfCell)
            let north = max(0, abs(cell.north - point.north) - Self.halfCell)
            return east * east + north * north <= reach * reach
        }
    }
}

/// P0 and P1: a region's alarm is on while any object seen in the last 30 s is inside or within 600 s x class speed
/// of its cells; off after 300 s without.
struct RegionPolicy {
    private let regions: WarnedRegions
    private var book: AlarmBook
    /// The track that needed each part last: most likely it still does.
    private var lastNeedy: [Int]

    static let seenWithinSeconds = 30.0
    static let reachSeconds = 600.0
    static let holdSeconds = 300.0

    init(_ regions: WarnedRegions) {
        self.regions = regions
        book = AlarmBook(count: regions.count, holdSeconds: Self.holdSeconds)
        lastNeedy = Array(repeating: 0, count: regions.count)
    }

    mutating func decide(on tracks: [RaidTrack], at now: Double) {
        let seen = tracks.filter { $0.silence(at: now) <= Self.seenWithinSeconds }
        for part in 0..<regions.count {
            let needy =
                lastNeedy[part] < seen.count && isNeeded(part, by: seen[lastNeedy[part]])
                ? lastNeedy[part] : seen.firstIndex { isNeeded(part, by: $0) }
            guard let needy else { continue }
            lastNeedy[part] = needy
            book.need(part, at: now)
        }
        book.clear(at: now)
    }

    private func isNeeded(_ part: Int, by track: RaidTrack) -> Bool {
        regions.isNear(
            part, point: track.latest.position,
            reach: Self.reachSeconds * BenchmarkRules.classSpeed(track.objectClass))
    }

    /// - Returns: The alarms by area.
    mutating func finish(at end: Double) -> [Alarm] {
        book.finish(at: end)
        var areas = [[Int]](repeating: [], count: regions.count)
        for (area, part) in regions.partOfArea.enumerated() { areas[part].append(area) }
        return book.alarms.flatMap { alarm in
            areas[alarm.area].map { Alarm(area: $0, from: alarm.from, to: alarm.to) }
        }
    }
}
