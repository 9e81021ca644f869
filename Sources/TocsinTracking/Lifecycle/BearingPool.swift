internal import TocsinModel

/// The bearings of the last seconds that no track explains.
struct BearingPool: Hashable, Sendable, Codable {
    struct Entry: Hashable, Sendable, Codable {
        var sensor: SensorID
        var at: Instant
        var origin: SIMD4<Double>
        /// Clockwise from true north, radians.
        var azimuth: Double
        var azimuthVariance: Double
        /// m/s; `nil`: light.
        var propagationSpeed: Double?
        /// Meters.
        var maximumRange: Double
        var exercise: Bool
        /// The probability that no track caused it.
        var weight: Double
    }

    /// Oldest first.
    private(set) var entries: [Entry] = []

    /// TRACKING.md: the newest 8 s are enough, and objects do not turn much meanwhile.
    private static let memorySeconds = 8.0
    /// More than this means that nearly everything is noise; the oldest go.
    private static let capacity = 2_000

    mutating func add(_ entry: Entry) {
        if entries.count == Self.capacity { entries.removeFirst(Self.capacity / 4) }
        entries.append(entry)
    }

    mutating func forget(before now: Instant) {
        entries.removeAll { now.seconds(since: $0.at) > Self.memorySeconds }
    }

    /// The bearings that one object near `newest` may have caused too, its own included, oldest first, at most
    /// the `limit` newest.
    func neighbours(of newest: Entry, limit: Int) -> [Entry] {
        var result: [Entry] = []
        for entry in entries.reversed() where entry.exercise == newest.exercise {
            let age = newest.at.seconds(since: entry.at)
            guard age < Self.memorySeconds, age > -Self.memorySeconds else { continue }
            // An object of 300 m/s moves 2.4 km in 8 s.
            let reach = entry.maximumRange + newest.maximumRange + 2_400
            let step = entry.origin - newest.origin
            if step.dot(step) < reach * reach { result.append(entry) }
            if result.count == limit { break }
        }
        return result.reversed()
    }

    /// Bearings claimed by a new track are taken out.
    mutating func remove(_ claimed: [Entry]) {
        entries.removeAll { claimed.contains($0) }
    }
}
