internal import RealModule
internal import TocsinModel

/// Finds an object that several sensors hear, from bearings alone.
///
/// For an assumed velocity v, a bearing b heard at time t from place s says that the object is at
/// s - v (t - t0) + d (b + v / c) at time t0: sound that travelled d metres is d / c older. So each pair of
/// bearings and each velocity give one crossing; the crossing that explains the bearings around it best is
/// refined by the filter itself.
struct BearingInitiation {
    let settings: TrackingSettings
    /// Time zero of the hypotheses.
    let newest: BearingPool.Entry
    let frame: LocalFrame
    private let rays: [Ray]

    struct Result {
        var state: Gaussian
        var claimed: [BearingPool.Entry]
    }

    /// A bearing in the plane of the newest sensor. Meters, seconds.
    private struct Ray {
        var x: Double
        var y: Double
        var directionX: Double
        var directionY: Double
        /// Seconds after the newest bearing (so mostly negative).
        var time: Double
        /// 1 / c; 0 for light.
        var slowness: Double
        var range: Double
        var weight: Double
        var isOwnSensor: Bool
    }

    private struct Hypothesis {
        var x: Double
        var y: Double
        var velocityX: Double
        var velocityY: Double
        var score: Double
    }

    /// Standard deviation with which crossings are scored: the bearing's own and the coarse velocities'. rad.
    private static let scoringSigma = 6 * Double.pi / 180
    /// The logarithm of the likelihood ratio from which an object is believed in.
    private static let leastScore = 9.0
    private static let partnersAtMost = 16
    private static let neighboursAtMost = 60

    init(settings: TrackingSettings, newest: BearingPool.Entry, neighbours: [BearingPool.Entry]) {
        self.settings = settings
        self.newest = newest
        let frame = LocalFrame(at: newest.origin)
        self.frame = frame
        rays = neighbours.map { entry in
            let step = entry.origin - newest.origin
            return Ray(
                x: step.dot(frame.east), y: step.dot(frame.north), directionX: Double.sin(entry.azimuth),
                directionY: Double.cos(entry.azimuth), time: entry.at.seconds(since: newest.at),
                slowness: entry.propagationSpeed.map { 1 / $0 } ?? 0, range: entry.maximumRange,
                weight: entry.weight, isOwnSensor: entry.sensor == newest.sensor)
        }
    }

    /// The velocities tried: standing, and rings of directions at the speeds of drones and missiles (m/s).
    private static let velocities: [(x: Double, y: Double)] =
        [(0, 0)]
        + [(50.0, 8), (110.0, 8), (165.0, 12), (220.0, 12)].flatMap { speed, count in
            (0..<count).map { index in
                let angle = 2 * Double.pi * Double(index) / Double(count)
                return (x: speed * Double.cos(angle), y: speed * Double.sin(angle))
            }
        }

    static func neighboursLimit() -> Int { neighboursAtMost }

    /// - Returns: `nil` if no crossing is convincing, or only one sensor supports it.
    func find(neighbours: [BearingPool.Entry], sensors: SensorTable) -> Result? {
        let own = Ray(
            x: 0, y: 0, directionX: Double.sin(newest.azimuth), directionY: Double.cos(newest.azimuth), time: 0,
            slowness: newest.propagationSpeed.map { 1 / $0 } ?? 0, range: newest.maximumRange,
            weight: newest.weight, isOwnSensor: true)
        var best: Hypothesis?
        for partner in rays.filter({ !$0.isOwnSensor }).suffix(Self.partnersAtMost) {
            for velocity in Self.velocities {
                guard var crossing = crossing(own, partner, velocity: velocity) else { continue }
                crossing.score = score(crossing)
                if crossing.score > best?.score ?? Self.leastScore { best = crossing }
            }
        }
        guard let best, let result = refine(best, neighbours: neighbours) else { return nil }
        return best.score + silence(around: result, sensors: sensors) > Self.leastScore ? result : nil
    }

    private func crossing(_ own: Ray, _ other: Ray, velocity: (x: Double, y: Double)) -> Hypothesis? {
        let ownX = own.directionX + velocity.x * own.slowness
        let ownY = own.directionY + velocity.y * own.slowness
        let otherX = other.directionX + velocity.x * other.slowness
        let otherY = other.directionY + velocity.y * other.slowness
        let offsetX = other.x - velocity.x * other.time
        let offsetY = other.y - velocity.y * other.time
        let determinant = otherX * ownY - ownX * otherY
        // Nearly parallel rays cross anywhere.
        guard abs(determinant) > 0.1 else { return nil }
        let ownDistance = (otherX * offsetY - offsetX * otherY) / determinant
        let otherDistance = (ownX * offsetY - ownY * offsetX) / determinant
        guard ownDistance > 0, ownDistance < own.range, otherDistance > 0, otherDistance < other.range
        else { return nil }
        return Hypothesis(
            x: ownDistance * ownX, y: ownDistance * ownY, velocityX: velocity.x, velocityY: velocity.y, score: 0)
    }

    /// The logarithm of the likelihood of all bearings nearby with this object, over that without it.
    private func score(_ hypothesis: Hypothesis) -> Double {
        let sigma = Self.scoringSigma
        let falseDensity = settings.falseBearingShare / (2 * .pi)
        var sum = 0.0
        for ray in rays {
            guard let residual = residual(of: ray, hypothesis) else { continue }
            let squared = residual * residual / (sigma * sigma)
            guard squared < 16 else { continue }
            let density = Double.exp(-0.5 * squared) / (sigma * (2 * .pi).squareRoot())
            sum += Double.log(1 - ray.weight + ray.weight * (0.2 + 0.8 * density / falseDensity * 0.5))
        }
        return sum
    }

    /// The angle between a bearing and where the hypothesis would have been heard from, about, radians.
    /// - Returns: `nil` if it would not have been heard, or from behind.
    private func residual(of ray: Ray, _ hypothesis: Hypothesis) -> Double? {
        let presentX = hypothesis.x + hypothesis.velocityX * ray.time - ray.x
        let presentY = hypothesis.y + hypothesis.velocityY * ray.time - ray.y
        var delay = 0.0
        if ray.slowness > 0 {
            guard
                let heard = BearingSighting.delay(
                    relative: SIMD4(presentX, presentY, 0, 0),
                    velocity: SIMD4(hypothesis.velocityX, hypothesis.velocityY, 0, 0),
                    propagationSpeed: 1 / ray.slowness)
            else { return nil }
            delay = heard
        }
        let x = presentX - hypothesis.velocityX * delay
        let y = presentY - hypothesis.velocityY * delay
        guard x * x + y * y < ray.range * ray.range * 1.2 else { return nil }
        let along = x * ray.directionX + y * ray.directionY
        guard along > 0 else { return nil }
        return (x * ray.directionY - y * ray.directionX) / along
    }

    // MARK: Refinement

    /// The filter takes the supporting bearings from a wide first state around the hypothesis, three times,
    /// each time linearized around the last result (Gauss-Newton).
    private func refine(_ hypothesis: Hypothesis, neighbours: [BearingPool.Entry]) -> Result? {
        let supporters = zip(neighbours, rays).compactMap { entry, ray -> BearingPool.Entry? in
            guard let residual = residual(of: ray, hypothesis), abs(residual) < 2.5 * Self.scoringSigma else {
                return nil
            }
            return entry
        }
        guard Set(supporters.map(\.sensor)).count >= 2, supporters.count >= 3 else { return nil }
        var center =
            newest.origin
            + frame.vector(east: hypothesis.x, north: hypothesis.y, up: settings.unknownHeightMean)
        var velocity = frame.vector(east: hypothesis.velocityX, north: hypothesis.velocityY, up: 0)
        var state = prior(center, velocity)
        for _ in 0..<3 {
            state = prior(center, velocity)
            for supporter in supporters {
                _ = supporter.sighting.rows(for: state, lag: supporter.at.seconds(since: newest.at))?.correct(&state)
            }
            center = state.position
            velocity = state.velocity
        }
        guard velocity.length < 330, (center - newest.origin).length < 2.2 * newest.maximumRange else { return nil }
        let claimed = supporters.filter { supporter in
            var copy = state
            let rows = supporter.sighting.rows(for: state, lag: supporter.at.seconds(since: newest.at))
            return rows.map { $0.correct(&copy).squaredDistance < 9 } ?? false
        }
        guard Set(claimed.map(\.sensor)).count >= 2, claimed.count >= 3 else { return nil }
        return Result(state: state, claimed: claimed)
    }

    /// The logarithm of the likelihood that the sensors around stayed as silent as they did, in the time that the
    /// supporting bearings span; not above 0.
    private func silence(around result: Result, sensors: SensorTable) -> Double {
        let center = result.state.position
        let oldest = result.claimed.map(\.at).min() ?? newest.at
        let span = newest.at.seconds(since: oldest) + 1
        var sum = 0.0
        for sensor in sensors.listeners(around: center) where sensor.isAlive(at: newest.at) {
            let distance = (center - sensor.position).length / max(sensor.settings.range.meters, 1)
            let chance = settings.hearingProbability * max(0, min(1, (1 - distance) / 0.4))
            let heard = result.claimed.reduce(0) { $0 + ($1.sensor == sensor.settings.id ? 1 : 0) }
            let looks = min(span / Retirement.listeningSeconds, 8)
            sum += max(0, looks - Double(heard)) * Double.log(1 - chance)
        }
        return sum
    }

    private func prior(_ center: SIMD4<Double>, _ velocity: SIMD4<Double>) -> Gaussian {
        let vertical = frame.up
        let heightVariance = settings.unknownHeightSigma * settings.unknownHeightSigma
        return Gaussian(
            position: center, velocity: velocity,
            positionBlock: .diagonal(2_000 * 2_000) + Matrix3.outer(vertical, vertical)
                * (heightVariance - 2_000 * 2_000),
            crossBlock: .zero,
            velocityBlock: Initiation(settings: settings).velocityBlock(
                up: vertical, horizontalVariance: 80 * 80, verticalVariance: nil))
    }
}

extension BearingPool.Entry {
    var sighting: BearingSighting {
        BearingSighting(
            origin: origin, frame: LocalFrame(at: origin), azimuth: azimuth, azimuthVariance: azimuthVariance,
            elevation: nil, propagationSpeed: propagationSpeed, maximumRange: maximumRange)
    }
}

extension Tracker {
    /// Keeps a bearing that no track explains and looks whether it completes an object.
    mutating func startFromBearings(
        _ report: Report, bearing: BearingSighting, at instant: Instant, unexplained: Double
    ) -> [TrackNumber] {
        pool.forget(before: instant)
        let entry = BearingPool.Entry(
            sensor: report.sensor, at: instant, origin: bearing.origin, azimuth: bearing.azimuth,
            azimuthVariance: bearing.azimuthVariance, propagationSpeed: bearing.propagationSpeed,
            maximumRange: bearing.maximumRange, exercise: report.exercise, weight: unexplained)
        pool.add(entry)
        let neighbours = pool.neighbours(of: entry, limit: BearingInitiation.neighboursLimit())
        guard neighbours.contains(where: { $0.sensor != entry.sensor }) else { return [] }
        let initiation = BearingInitiation(settings: settings, newest: entry, neighbours: neighbours)
        guard let result = initiation.find(neighbours: neighbours, sensors: sensors) else { return [] }
        pool.remove(result.claimed)
        return start(result.state, existence: settings.firstExistence, from: report).map { [$0] } ?? []
    }
}
