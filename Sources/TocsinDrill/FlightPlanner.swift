internal import RealModule
internal import TocsinModel

/// Draws target, route, end and entry time of one object.
struct FlightPlanner {
    let ground: RaidGround
    let settings: RaidSettings
    let objectClass: ObjectClass

    struct Plan {
        var objectClass: ObjectClass
        /// By position in the ground's targets.
        var target: Int
        var steps: [Flight.Step]
        var kind: RaidEnd.Kind
        /// When the first step happens, seconds after the start of the raid; often negative.
        var firstStepSeconds: Int
    }

    private var flightSettings: FlightSettings { settings.flight(of: objectClass) }

    func plan(from spawns: [(point: PlanePoint, outward: Double)], using generator: inout SeededGenerator) -> Plan {
        var (flight, target, passesThrough) = flown(from: spawns, using: &generator)
        let kind = finish(&flight, passesThrough: passesThrough, using: &generator)
        let entry = entrySeconds(of: flight, using: &generator)
        return Plan(
            objectClass: objectClass, target: target, steps: flight.steps, kind: kind, firstStepSeconds: entry)
    }

    /// The whole way as it was meant, to the target or through.
    func flown(
        from spawns: [(point: PlanePoint, outward: Double)], using generator: inout SeededGenerator
    ) -> (flight: Flight, target: Int, passesThrough: Bool) {
        let spawn = spawns[generator.index(below: spawns.count)]
        // Neighbours of one direction start side by side, about 10 km apart.
        let start = spawn.point.moved(by: 10_000 * generator.normal(), toward: spawn.outward + .pi / 2)
        let target = target(from: start, using: &generator)
        let disc = ground.targets[target]
        let radius = settings.impactRadiusFactor * disc.radiusMeters * generator.uniform().squareRoot()
        let aim = disc.center.moved(by: radius, toward: generator.uniform(in: 0...2 * .pi))
        let passesThrough = generator.happens(withProbability: settings.passThroughShare)
        let end = passesThrough ? exit(from: start, over: aim) : aim
        let route = Route(
            from: start, to: end, mayOvershoot: !passesThrough, settings: flightSettings, using: &generator)
        var flight = Flight(
            start: start, heading: start.direction(to: end), settings: flightSettings, using: &generator)
        flight.fly(route, using: &generator)
        return (flight, target, passesThrough)
    }

    /// A town with the weight population x exp(-distance / scale), among those that can be reached in time.
    private func target(from start: PlanePoint, using generator: inout SeededGenerator) -> Int {
        let scale = flightSettings.targetDistance.meters
        let reach = settings.targetReachSeconds * flightSettings.speed.metersPerSecond
        let inside = ground.targets.map { start.distance(to: $0.center) - settings.spawnDistance.meters }
        let weights = zip(ground.targets, inside).map { Double($0.population) * Double.exp(-max(0, $1) / scale) }
        let choices = ground.targets.indices.map { index in
            let isLarge = ground.targets[index].population >= settings.targetPopulationMinimum
            return isLarge && inside[index] <= reach ? weights[index] : 0
        }
        return generator.index(weights: choices) ?? generator.index(weights: weights)
            ?? generator.index(below: ground.targets.count)
    }

    /// Straight on over `aim` until twenty kilometers after the last cell inside.
    private func exit(from start: PlanePoint, over aim: PlanePoint) -> PlanePoint {
        let heading = start.direction(to: aim)
        var last = aim
        // Twice across the largest country of Europe is 2,000 km.
        for step in 1...1_000 {
            let point = aim.moved(by: Double(step) * RegionRaster.cellMeters, toward: heading)
            if ground.isInside(point) { last = point }
        }
        return last.moved(by: 20_000, toward: heading)
    }

    private func finish(
        _ flight: inout Flight, passesThrough: Bool, using generator: inout SeededGenerator
    ) -> RaidEnd.Kind {
        let inside = flight.steps.indices.filter { ground.isInside(flight.steps[$0].position) }
        let endsEarly = generator.happens(withProbability: settings.earlyEndShare)
        let point = generator.index(below: inside.count)
        // A flight that never ended (the limit of its length) counts as flown away.
        let isComplete = flight.steps.count < flightSettings.longestSeconds
        if endsEarly, !inside.isEmpty {
            flight.fall(after: inside[point])
            return .fall
        }
        if passesThrough || !isComplete { return .left }
        flight.dive()
        return .impact
    }

    /// The first wave enters at the start and the last one so that its flights end with the raid.
    private func entrySeconds(of flight: Flight, using generator: inout SeededGenerator) -> Int {
        let entry = flight.steps.firstIndex { ground.isInside($0.position) } ?? 0
        let inside = Double(flight.steps.count - entry)
        let wave = generator.index(below: settings.waves)
        let spread = Double(wave) / Double(max(1, settings.waves - 1))
        let slack = max(0, settings.durationSeconds - inside - 60)
        let jitter = generator.uniform(in: 0...min(300, slack))
        return Int(min(slack, 60 + spread * slack * 0.9 + jitter)) - entry
    }
}

extension RaidObject {
    /// Puts a plan on the globe; what would happen before the start of the raid is left out.
    init(number: Int, plan: FlightPlanner.Plan, region: RaidRegion, settings: RaidSettings, startsAt: Instant) {
        let flown = max(0, min(-plan.firstStepSeconds, plan.steps.count - 1))
        let points = plan.steps.map { region.plane.unproject($0.position) }
        let samples = plan.steps.indices.dropFirst(flown).map { index -> TruthSample in
            let step = plan.steps[index]
            return TruthSample(
                at: startsAt.advanced(bySeconds: Double(plan.firstStepSeconds + index)), point: points[index],
                height: GeometricHeight(meters: settings.groundHeight.meters + step.heightAboveGround),
                velocity: Self.velocity(at: index, of: points))
        }
        let last = samples.last
        let end = RaidEnd(kind: plan.kind, at: last?.at ?? startsAt, point: last?.point ?? region.plane.origin)
        self.init(
            number: number, objectClass: plan.objectClass, target: region.areas[plan.target].id, samples: samples,
            end: end)
    }

    /// The way of the second that follows (at the end: the one before), by true north.
    private static func velocity(at index: Int, of points: [GeoPoint]) -> PlanePoint {
        if index + 1 < points.count { return LocalPlane(origin: points[index]).project(points[index + 1]) }
        guard index > 0 else { return PlanePoint(east: 0, north: 0) }
        let back = LocalPlane(origin: points[index]).project(points[index - 1])
        return PlanePoint(east: -back.east, north: -back.north)
    }
}
