internal import RealModule
package import TocsinModel

/// A raid of known truth: the same settings, areas and seed always give the same one.
package struct Raid: Hashable, Sendable, Codable {
    package let settings: RaidSettings
    package let seed: UInt64
    package let startsAt: Instant
    /// By number, which is the position.
    package let objects: [RaidObject]

    /// A raid of objects that are known already.
    package init(settings: RaidSettings, seed: UInt64, startsAt: Instant, objects: [RaidObject]) {
        self.settings = settings
        self.seed = seed
        self.startsAt = startsAt
        self.objects = objects
    }

    /// Draws a raid.
    package init(over region: RaidRegion, settings: RaidSettings, startsAt: Instant, seed: UInt64) {
        self.settings = settings
        self.seed = seed
        self.startsAt = startsAt
        var generator = SeededGenerator(seed: seed)
        let bearings = settings.evenBearings(using: &generator)
        let spawns = region.ground.spawns(toward: bearings, settings: settings)
        let classes =
            Array(repeating: ObjectClass.attackDrone, count: max(0, settings.drones))
            + Array(repeating: ObjectClass.cruiseMissile, count: max(0, settings.missiles))
        objects = classes.enumerated().map { number, objectClass in
            var own = SeededGenerator(seed: seed, stream: UInt64(number) + 1)
            let planner = FlightPlanner(ground: region.ground, settings: settings, objectClass: objectClass)
            let plan = planner.plan(from: spawns, using: &own)
            return RaidObject(number: number, plan: plan, region: region, settings: settings, startsAt: startsAt)
        }
    }

    /// When the last object has ended; the start if there is none.
    package var endsAt: Instant { objects.map(\.end.at).max() ?? startsAt }
}

/// One object of a raid and everything it really does.
package struct RaidObject: Hashable, Sendable, Codable {
    package let number: Int
    package let objectClass: ObjectClass
    /// Where it was sent; one that flies through passes over it.
    package let target: AreaID
    /// Once a second, from the later of its coming into being and the start of the raid, to its end.
    package let samples: [TruthSample]
    package let end: RaidEnd

    package init(number: Int, objectClass: ObjectClass, target: AreaID, samples: [TruthSample], end: RaidEnd) {
        self.number = number
        self.objectClass = objectClass
        self.target = target
        self.samples = samples
        self.end = end
    }

    /// Where it is at `instant`, straight between the samples; `nil` before its first and after its end.
    package func sample(at instant: Instant) -> TruthSample? {
        guard let first = samples.first else { return nil }
        let seconds = instant.seconds(since: first.at)
        guard seconds >= 0, seconds <= Double(samples.count - 1) else { return nil }
        let index = Int(seconds)
        let share = seconds - Double(index)
        guard share > 0 else { return samples[index] }
        return samples[index].interpolated(to: samples[index + 1], share: share, at: instant)
    }
}

/// What is true of an object at one time.
package struct TruthSample: Hashable, Sendable, Codable {
    package var at: Instant
    package var point: GeoPoint
    package var height: GeometricHeight
    /// Meters per second over ground.
    package var velocity: PlanePoint

    package init(at: Instant, point: GeoPoint, height: GeometricHeight, velocity: PlanePoint) {
        self.at = at
        self.point = point
        self.height = height
        self.velocity = velocity
    }

    func interpolated(to next: TruthSample, share: Double, at instant: Instant) -> TruthSample {
        func mix(_ from: Double, _ to: Double) -> Double { from + share * (to - from) }
        return TruthSample(
            at: instant,
            point: GeoPoint(
                latitudeDegrees: mix(point.latitudeDegrees, next.point.latitudeDegrees),
                longitudeDegrees: mix(point.longitudeDegrees, next.point.longitudeDegrees)),
            height: GeometricHeight(meters: mix(height.meters, next.height.meters)),
            velocity: PlanePoint(
                east: mix(velocity.east, next.velocity.east), north: mix(velocity.north, next.velocity.north)))
    }
}

/// How and where an object of a raid ends.
package struct RaidEnd: Hashable, Sendable, Codable {
    package var kind: Kind
    package var at: Instant
    package var point: GeoPoint

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// It reached what it was sent to.
        case impact
        /// It came down before: shot down or crashed.
        case fall
        /// It flew out of the region.
        case left
    }

    package init(kind: Kind, at: Instant, point: GeoPoint) {
        self.kind = kind
        self.at = at
        self.point = point
    }

    /// Whether something came down on somebody's ground.
    package var isArrival: Bool { kind != .left }
}
