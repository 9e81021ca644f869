internal import RealModule
internal import TocsinModel

/// Draws the raids of the benchmark: the same country, settings and seed always give the same raid.
///
/// Every object flies and is sensed from streams of its own, so that other losses do not change the flights.
package struct RaidGenerator: Hashable, Sendable {
    private let ground: RaidGround
    private let settings: BenchmarkSettings

    /// Where the streams of the feed begin, apart from those of the flights.
    private static let feedStream: UInt64 = 1 << 34
    /// No wave begins earlier after the start of the raid, so that whoever warns always warns in time. Seconds.
    private static let quietSeconds = 600.0

    package init(over country: BenchmarkCountry, settings: BenchmarkSettings) {
        ground = country.ground
        self.settings = settings
    }

    package func raid(seed: UInt64) -> RaidRecord {
        var generator = SeededGenerator(seed: seed)
        let raid = settings.raidSettings(using: &generator)
        let spawns = ground.spawns(toward: raid.bearings(using: &generator), settings: raid)
        let waves = (0..<raid.waves).map { _ in generator.uniform(in: 0...raid.durationSeconds) }
        let classes =
            Array(repeating: ObjectClass.attackDrone, count: raid.drones)
            + Array(repeating: ObjectClass.cruiseMissile, count: raid.missiles)
        let objects = classes.enumerated().compactMap { number, objectClass -> RecordedObject? in
            let planner = FlightPlanner(ground: ground, settings: raid, objectClass: objectClass)
            var own = SeededGenerator(seed: seed, stream: UInt64(number) + 1)
            let wave = Self.quietSeconds + waves[own.index(below: waves.count)]
            let enters = wave + own.uniform(in: 0...settings.waveSeconds)
            guard let flown = flown(planner, from: spawns, entersAt: enters.rounded(), using: &own) else { return nil }
            var feed = SeededGenerator(seed: seed, stream: Self.feedStream + UInt64(number))
            return sensed(flown, number: number, using: &feed)
        }
        return RaidRecord(objects: objects)
    }

    /// A flight from the border on.
    private struct Flown {
        var objectClass: ObjectClass
        var path: TruePath
        /// Meters per second, by point of the path.
        var velocities: [PlanePoint]
        var end: RecordedEnd
    }

    /// - Returns: `nil` for a flight that never comes inside.
    private func flown(
        _ planner: FlightPlanner, from spawns: [(point: PlanePoint, outward: Double)], entersAt: Double,
        using generator: inout SeededGenerator
    ) -> Flown? {
        let (flight, _, passesThrough) = planner.flown(from: spawns, using: &generator)
        let inside = flight.steps.indices.filter { ground.isInside(flight.steps[$0].position) }
        let endsEarly = generator.happens(withProbability: planner.settings.earlyEndShare)
        let early = generator.index(below: inside.count)
        guard let first = inside.first, let lastInside = inside.last else { return nil }
        let isComplete = flight.steps.count < planner.settings.flight(of: planner.objectClass).longestSeconds
        let leaves = passesThrough || !isComplete
        let last = endsEarly ? inside[early] : leaves ? lastInside : flight.steps.count - 1
        var path = TruePath()
        var velocities: [PlanePoint] = []
        for index in first...last {
            let step = flight.steps[index]
            path.append(step.position, at: entersAt + Double(index - first))
            velocities.append(PlanePoint(east: 0, north: 0).moved(by: step.speed, toward: step.heading))
        }
        let end = RecordedEnd(
            kind: endsEarly ? .fall : leaves ? .left : .impact, at: entersAt + Double(last - first),
            point: flight.steps[last].position)
        return Flown(objectClass: planner.objectClass, path: path, velocities: velocities, end: end)
    }

    private func sensed(_ flown: Flown, number: Int, using generator: inout SeededGenerator) -> RecordedObject {
        var object = RecordedObject(
            number: number, objectClass: flown.objectClass, path: flown.path, end: flown.end, updates: [],
            endReport: nil)
        let report = endReport(of: flown.end, using: &generator)
        guard let firstSensed = firstSensedAt(flown, using: &generator) else { return object }
        let losses = losses(from: firstSensed, to: flown.end.at, using: &generator)
        object.updates = updates(of: flown, from: firstSensed, losses: losses, using: &generator)
        object.endReport = object.updates.isEmpty ? nil : report
        return object
    }

    private func endReport(of end: RecordedEnd, using generator: inout SeededGenerator) -> EndReport? {
        let feed = settings.feed
        let chance = generator.uniform()
        let uniform = generator.uniform(in: feed.impactReportSeconds)
        let exponential = feed.fallReportLeastSeconds + generator.exponential(mean: feed.fallReportMeanSeconds)
        return switch end.kind {
        case .impact: chance < feed.impactReportShare ? EndReport(kind: .impact, at: end.at + uniform) : nil
        case .fall: chance < feed.fallReportShare ? EndReport(kind: .fall, at: end.at + exponential) : nil
        case .left: EndReport(kind: .left, at: end.at)
        }
    }

    /// At the border, or after the drawn length of way from it; `nil` if it has ended before.
    private func firstSensedAt(_ flown: Flown, using generator: inout SeededGenerator) -> Double? {
        let isDrone = flown.objectClass == .attackDrone
        let isLate = generator.happens(
            withProbability: isDrone ? settings.feed.lateDroneShare : settings.feed.lateMissileShare)
        let meters = generator.uniform(
            in: 0...(isDrone ? settings.feed.lateDroneMeters : settings.feed.lateMissileMeters))
        var rest = isLate ? meters : 0
        for index in flown.path.points.indices {
            if rest <= 0 { return flown.path.times[index] }
            guard index + 1 < flown.path.points.count else { break }
            rest -= flown.path.points[index].distance(to: flown.path.points[index + 1])
        }
        return nil
    }

    private func losses(
        from start: Double, to end: Double, using generator: inout SeededGenerator
    ) -> [ClosedRange<Double>] {
        var losses: [ClosedRange<Double>] = []
        var begins = start + generator.exponential(mean: settings.feed.lossIntervalSeconds)
        while begins < end {
            let length = generator.exponential(mean: settings.feed.lossMeanSeconds)
            let bounds = settings.feed.lossSeconds
            losses.append(begins...begins + max(bounds.lowerBound, min(bounds.upperBound, length)))
            begins += generator.exponential(mean: settings.feed.lossIntervalSeconds)
        }
        return losses
    }

    private func updates(
        of flown: Flown, from start: Double, losses: [ClosedRange<Double>], using generator: inout SeededGenerator
    ) -> [FeedUpdate] {
        let interval = settings.feed.intervalSeconds
        let keep = Double.exp(-interval / settings.feed.errorSeconds)
        let fresh = (1 - keep * keep).squareRoot()
        // East, north, velocity east, velocity north; in standard deviations.
        var errors = (0..<4).map { _ in generator.normal() }
        var updates: [FeedUpdate] = []
        var at = (start / interval).rounded(.up) * interval
        while at <= flown.end.at {
            let index = Int(at - flown.path.times[0])
            if !losses.contains(where: { $0.contains(at) }) {
                updates.append(update(at: at, flown.path.points[index], flown.velocities[index], errors))
            }
            for axis in 0..<4 { errors[axis] = keep * errors[axis] + fresh * generator.normal() }
            at += interval
        }
        return updates
    }

    private func update(
        at: Double, _ position: PlanePoint, _ velocity: PlanePoint, _ errors: [Double]
    ) -> FeedUpdate {
        let meters = settings.feed.positionSigmaMeters
        let speed = settings.feed.velocitySigmaMetersPerSecond
        return FeedUpdate(
            at: at,
            position: PlanePoint(east: position.east + meters * errors[0], north: position.north + meters * errors[1]),
            velocity: PlanePoint(east: velocity.east + speed * errors[2], north: velocity.north + speed * errors[3]))
    }
}
