internal import RealModule

/// What was heard in the last seconds and no followed track explains, for the question which objects not yet
/// followed explain it. It lives for one tick.
struct HearingScene {
    let sensors: [HearingSensor]
    /// By tick, sensor and time.
    var bearings: [HeardBearing]
    /// The times of the ticks, ascending; the last is the time of all states.
    private let times: [Double]
    /// Where the bearings of a tick and a sensor begin: tick after tick, sensor after sensor.
    private let starts: [Int32]
    /// Sensors from west to east.
    private let byEast: [Int32]
    /// Bearings without an object per look.
    let falsePerLook: Double
    /// Beyond, no sensor senses anything, meters.
    let farthest: Double
    /// The slowest signal, m/s.
    private let slowest: Double

    /// Half of the bearings not yet explained count as of other causes.
    private static let unexplainedShare = 0.5

    var now: Double { times[times.count - 1] }

    init(sensors: [HearingSensor], bearings: [HeardBearing], times: [Double], firstTick: Int, falsePerLook: Double) {
        self.sensors = sensors
        self.bearings = bearings
        self.times = times
        self.falsePerLook = falsePerLook
        farthest = sensors.reduce(0) { max($0, $1.farthest) }
        slowest = sensors.reduce(1e9) { min($0, $1.ear.speed) }
        var starts = [Int32](repeating: 0, count: times.count * sensors.count + 1)
        for bearing in bearings { starts[(bearing.tick - firstTick) * sensors.count + bearing.sensor + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        self.starts = starts
        byEast = sensors.indices.sorted { sensors[$0].ear.place.x < sensors[$1].ear.place.x }
            .map { Int32(truncatingIfNeeded: $0) }
        for index in self.bearings.indices { self.bearings[index].reset() }
    }

    /// A sensor's look in a tick.
    struct Look {
        var sensor: Int
        /// Seconds after now, so not above 0.
        var lag: Double
        var bearings: Range<Int>
    }

    /// Calls `body` for every look of sensors within reach of an object, newest tick first.
    /// - Parameter newest: So many ticks at most.
    @inline(__always)
    func forEachLook(around state: SIMD4<Double>, newest: Int, silent: Bool = true, _ body: (Look) -> Void) {
        let speed = (state.z * state.z + state.w * state.w).squareRoot()
        let ticks = min(newest, times.count)
        let span = now - times[times.count - ticks]
        let reach = farthest * (1 + speed / slowest) + speed * span
        let begin = firstEast(notBelow: state.x - reach)
        let end = firstEast(notBelow: state.x + reach)
        for tick in stride(from: times.count - 1, through: times.count - ticks, by: -1) {
            for index in begin..<end {
                let sensor = Int(byEast[index])
                guard abs(sensors[sensor].ear.place.y - state.y) <= reach else { continue }
                let cell = tick * sensors.count + sensor
                let range = Int(starts[cell])..<Int(starts[cell + 1])
                if range.isEmpty {
                    guard silent, sensors[sensor].aliveFrom <= times[tick] else { continue }
                    body(Look(sensor: sensor, lag: times[tick] - now, bearings: range))
                } else {
                    body(Look(sensor: sensor, lag: bearings[range.lowerBound].at - now, bearings: range))
                }
            }
        }
    }

    /// The look of a sensor in a tick; `nil`: it was not alive.
    func look(of sensor: Int, tick: Int) -> Look? {
        let cell = tick * sensors.count + sensor
        let range = Int(starts[cell])..<Int(starts[cell + 1])
        if let first = range.first { return Look(sensor: sensor, lag: bearings[first].at - now, bearings: range) }
        guard sensors[sensor].aliveFrom <= times[tick] else { return nil }
        return Look(sensor: sensor, lag: times[tick] - now, bearings: range)
    }

    private func firstEast(notBelow east: Double) -> Int {
        var low = 0
        var high = byEast.count
        while low < high {
            let middle = (low + high) / 2
            if sensors[Int(byEast[middle])].ear.place.x < east { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The density of other causes in a look.
    @inline(__always)
    func otherDensity(_ look: Look) -> Double {
        var sum = 0.0
        for index in look.bearings { sum += bearings[index].left }
        return (falsePerLook + Self.unexplainedShare * sum) / (2 * .pi)
    }

    /// How well an object explains what was heard and not heard.
    struct Score {
        /// The logarithm of the likelihood ratio against no object.
        var value = 0.0
        /// The looks that support it; which sensors, two suffice.
        private(set) var sensors = 0
        private var first = -1

        @inline(__always)
        fileprivate mutating func support(_ sensor: Int) {
            if first < 0 { (first, sensors) = (sensor, 1) } else if sensor != first { sensors = 2 }
        }
    }

    /// - Parameter sigma: Of all bearings, radians; `nil`: their own.
    func score(_ state: SIMD4<Double>, sigma: Double?, newest: Int = .max) -> Score {
        var score = Score()
        forEachLook(around: state, newest: newest) { look in
            let sensor = sensors[look.sensor]
            let velocity = SIMD2(state.z, state.w)
            let air = velocity - sensor.ear.wind
            let relative = SIMD2(state.x, state.y) + velocity * look.lag - sensor.ear.place
            guard let delay = HeardLook.delay(relative, air, speed: sensor.ear.speed) else { return }
            let distance = sensor.ear.speed * delay
            guard distance <= sensor.farthest else { return }
            let chance = sensor.detection(at: distance)
            guard chance >= 0.003 else { return }
            let reach = relative - air * delay
            var ratio = 0.0
            if !look.bearings.isEmpty {
                let other = otherDensity(look)
                for index in look.bearings where bearings[index].free >= 0.01 {
                    ratio += density(of: index, at: reach, sigma: sigma, over: other)
                }
            }
            score.value += Double.log(1 - chance + chance * ratio)
            if ratio > 1 { score.support(look.sensor) }
        }
        return score
    }

    @inline(__always)
    private func density(of index: Int, at reach: SIMD2<Double>, sigma: Double?, over other: Double) -> Double {
        let bearing = bearings[index]
        let direction = bearing.direction
        let along = reach.x * direction.x + reach.y * direction.y
        guard along > 0 else { return 0 }
        let sigma = sigma ?? bearing.sigma
        let tangent = (reach.x * direction.y - reach.y * direction.x) / along
        guard tangent * tangent <= 16 * sigma * sigma else { return 0 }
        return bearing.free * Normal.density(Double.atan(tangent) / sigma) / sigma / (other + bearing.explained)
    }

    // MARK: What is explained

    /// A bearing and the density with which an object causes it there.
    struct Claim {
        var bearing: Int
        var density: Double
    }

    /// Claims weigh a little over the bearings' own spread: the object is not known exactly.
    private static let claimSpread = 1.2

    func claims(of state: SIMD4<Double>) -> [Claim] {
        var claims: [Claim] = []
        forEachLook(around: state, newest: .max, silent: false) { look in
            let sensor = sensors[look.sensor]
            guard let heard = HeardLook(straight: state, lag: look.lag, ear: sensor.ear) else { return }
            let chance = sensor.detection(at: heard.distance)
            guard chance >= 0.01 else { return }
            for index in look.bearings {
                let sigma = bearings[index].variance(at: heard.distance).squareRoot() * Self.claimSpread
                let density =
                    chance * Normal.density(heard.residual(of: bearings[index].direction) / sigma) / sigma
                if density > 1e-4 { claims.append(Claim(bearing: index, density: density)) }
            }
        }
        return claims
    }

    /// The density below which a claim leaves a bearing to others, per radian.
    var claimedDensity: Double { (falsePerLook + 0.3) / (2 * .pi) }

    mutating func take(_ claims: [Claim]) {
        for claim in claims {
            bearings[claim.bearing].explained += claim.density
            bearings[claim.bearing].left =
                bearings[claim.bearing].free * claimedDensity / (claimedDensity + bearings[claim.bearing].explained)
        }
    }

    /// With which probability these claims are right, by bearing; all that are chosen must have been taken.
    func shares(of claims: [Claim]) -> [(bearing: Int, share: Double)] {
        claims.map { ($0.bearing, $0.density / (claimedDensity + bearings[$0.bearing].explained)) }
            .sorted { $0.bearing < $1.bearing }
    }

    mutating func release() { for index in bearings.indices { bearings[index].reset() } }

    /// A track follows what these claims are of from now on.
    mutating func hand(_ claims: [Claim], existence: Double) {
        for claim in claims {
            bearings[claim.bearing].free *= claimedDensity / (claimedDensity + claim.density * existence)
        }
    }
}

extension HeardBearing {
    fileprivate mutating func reset() {
        explained = 0
        left = free
    }
}
