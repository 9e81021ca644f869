// Numeric kernel: bare SI units in a local plane, x east, y north.
internal import RealModule
internal import TocsinModel

/// Flies the particles of one track over the areas and notes when each first touches which.
struct FirstPassage {
    private let index: AreaIndex
    private let source: ParticleSource
    private let trackNumber: UInt64
    private let start: SIMD2<Double>
    /// Cosine and sine of the angle from the plane's axes to east and north at the track.
    private let axes: SIMD2<Double>
    private let trackSpeed: Double
    private let elapsed: Double
    private let horizon: Double
    private var table: ArrivalTable
    /// The last particle that touched each area: each counts once.
    private var lastTouch: [Int32]
    private var particleCount: Int32 = 0

    /// The heading's walk is followed at least this finely. Seconds.
    private static let longestFlight = 20.0

    /// Nothing that flies over areas is faster; bounds the steps per particle. Meters per second.
    private static let fastest = 5_000.0
    /// A state older than this is taken as this old; bounds the steps per particle. Seconds.
    private static let longestElapsed = 3_600.0

    init(index: AreaIndex, track: Track, elapsed: Double, horizon: Double) {
        self.index = index
        source = ParticleSource(track: track)
        trackNumber = track.number.rawValue
        start = SIMD2(index.plane.project(track.point))
        axes = Self.axes(at: track.point, in: index.plane)
        trackSpeed = track.speed.metersPerSecond
        self.elapsed = min(Self.longestElapsed, elapsed)
        self.horizon = horizon
        table = ArrivalTable(areaCount: index.areas.count, seconds: horizon)
        lastTouch = Array(repeating: 0, count: index.areas.count)
    }

    /// Meridians are not parallel in the plane: the direction of north at `point`, found by a step of 100 m.
    private static func axes(at point: GeoPoint, in plane: LocalPlane) -> SIMD2<Double> {
        let step = point.latitudeDegrees > 0 ? -0.001 : 0.001
        let other = GeoPoint(
            latitudeDegrees: point.latitudeDegrees + step, longitudeDegrees: point.longitudeDegrees)
        let north = (SIMD2(plane.project(other)) - SIMD2(plane.project(point))) / step
        let length = north.squaredLength.squareRoot()
        return length > 0 ? SIMD2(north.y, -north.x) / length : SIMD2(1, 0)
    }

    /// Flies the particles of one class; each stands for `weight` of probability.
    mutating func fly(_ share: ClassShare, weight: Double) {
        let limits = Manoeuvre.Limits(share.motion)
        let seed = trackNumber &* 8 &+ UInt64(share.objectClass.index)
        for particle in 1...share.particles {
            let (state, normal, uniform) = source.draw(particle)
            let velocity = rotated(SIMD2(state.z, state.w))
            let spread = max(0.1, 1 + share.motion.speedSpread * normal)
            let future = Manoeuvre(
                position: start + rotated(SIMD2(state.x, state.y)), velocity: velocity,
                speed: speed(velocity, share.motion) * spread, uniform: uniform,
                noise: Noise(seed: seed &* 1_000_003 &+ UInt64(particle)), limits: limits)
            particleCount += 1
            follow(future, radius: share.motion.dangerRadiusMeters, weight: weight)
        }
    }

    /// A drawn speed that no object of the class flies at comes from the track's uncertainty and is brought to the
    /// edge of the class's range, unless the track itself lies beyond it: then the track is right.
    private func speed(_ velocity: SIMD2<Double>, _ motion: ThreatMotion) -> Double {
        let slowest = min(motion.speedMinimum, trackSpeed)
        let fastest = min(Self.fastest, max(motion.speedMaximum, trackSpeed))
        return max(slowest, min(fastest, velocity.squaredLength.squareRoot()))
    }

    private func rotated(_ vector: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(vector.x * axes.x - vector.y * axes.y, vector.x * axes.y + vector.y * axes.x)
    }

    private mutating func follow(_ future: Manoeuvre, radius: Double, weight: Double) {
        var future = future
        var time = -elapsed
        while time < -1e-6 { time += future.fly(atMost: min(Self.longestFlight, -time)) }
        time = 0
        let near = min(Self.longestFlight, AreaIndex.longestStep / max(1, future.speed))
        while time < horizon {
            let free = index.freeDistance(around: future.position)
            if free > (horizon - time) * future.speed { return }
            let wanted = max(near, min(Self.longestFlight, free / max(1, future.speed)))
            let before = future.position
            let flown = future.fly(atMost: min(wanted, horizon - time))
            if flown <= near || free < flown * future.speed {
                touch(from: before, to: future.position, at: time, seconds: flown, radius: radius, weight: weight)
            }
            time += flown
        }
    }

    @inline(__always)
    private mutating func touch(
        from start: SIMD2<Double>, to end: SIMD2<Double>, at time: Double, seconds: Double, radius: Double,
        weight: Double
    ) {
        for position in index.candidates(around: (start + end) / 2) {
            let area = index.candidate(position)
            guard lastTouch[area] != particleCount,
                index.areas[area].isTouched(from: start, to: end, radius: radius)
            else { continue }
            lastTouch[area] = particleCount
            let passage = time + seconds * index.areas[area].firstTouch(from: start, to: end, radius: radius)
            table.add(
                weight, area: area, seconds: passage, isWithinLead: passage <= index.areas[area].leadSeconds)
        }
    }

    /// What the particles found, by ascending area id.
    func forecasts(of track: Track, at now: Instant, index: AreaIndex) -> [Forecast] {
        let slots = table.arrivals.indices.sorted { table.arrivals[$0].area < table.arrivals[$1].area }
        return slots.map { slot in
            let arrivals = table.arrivals[slot]
            let times = table.quantiles(slot: slot)
            let horizon = min(1, arrivals.withinHorizon)
            return Forecast(
                track: track.number, area: index.identifiers[arrivals.area], exercise: track.exercise, at: now,
                probabilityWithinLead: min(horizon, arrivals.withinLead), probabilityWithinHorizon: horizon,
                earliest: now.advanced(bySeconds: times.earliest), likely: now.advanced(bySeconds: times.likely),
                latest: now.advanced(bySeconds: times.latest))
        }
    }

    /// What the particles found within each of `leads`, ascending seconds, in no promised order.
    func distributions(within leads: [Double], index: AreaIndex) -> [PassageDistribution] {
        table.arrivals.indices.map { slot in
            PassageDistribution(
                area: index.identifiers[table.arrivals[slot].area],
                probabilities: table.probabilities(slot: slot, within: leads),
                earliestSeconds: table.quantiles(slot: slot).earliest)
        }
    }
}
