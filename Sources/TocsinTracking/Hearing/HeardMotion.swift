internal import RealModule

/// One hypothesis of how a heard object flies: a Gaussian in the plane, the model of its motion, and the turns it
/// has lately flown, which say where it was when it made what is heard now.
struct HeardMotion: Hashable, Sendable, Codable {
    /// Its share of the track.
    var weight = 1.0
    var state: SIMD4<Double>
    var covariance: PlaneMatrix
    /// 0: straight; 1 ... 12: a turn (``HearingModels``).
    var model = 0
    /// The last legs, oldest first: counter-clockwise turn rates, radians per second, and when each began, seconds.
    private var rates = SIMD3<Double>.zero
    private var beginnings = SIMD3<Double>.zero
    /// 1 ... 3.
    private var legs = 1
    /// When it last branched, seconds.
    var branchedAt: Double

    init(state: SIMD4<Double>, covariance: PlaneMatrix, branchedAt: Double) {
        self.state = state
        self.covariance = covariance
        self.branchedAt = branchedAt
    }

    var rate: Double { rates[legs - 1] }
    var isStraight: Bool { legs == 1 && rates.x == 0 }
    var speed: Double { (state.z * state.z + state.w * state.w).squareRoot() }

    /// How long it has flown by its model, at most `most` seconds.
    func age(at now: Double, most: Double) -> Double { legs > 1 ? min(now - beginnings[legs - 1], most) : most }

    /// Flies at another turn rate from now on.
    mutating func turn(to rate: Double, at now: Double) {
        if legs == 3 {
            rates = SIMD3(rates.y, rates.z, 0)
            beginnings = SIMD3(beginnings.y, beginnings.z, 0)
            legs = 2
        }
        rates[legs] = rate
        beginnings[legs] = now
        legs += 1
    }

    /// Where the object was `age` seconds before `now`: p(then) = p - B v, v(then) = R v, along the legs.
    func past(_ age: Double, now: Double) -> HeardPast {
        var past = HeardPast()
        guard !isStraight, age > 0 else {
            past.straight(age)
            return past
        }
        var left = age
        var end = now
        for leg in stride(from: legs - 1, through: 0, by: -1) where left > 0 {
            let span = leg == 0 ? left : min(left, max(0, end - beginnings[leg]))
            past.goBack(span, rate: rates[leg])
            left -= span
            end -= span
        }
        past.close()
        return past
    }

    /// Moves the state on by `seconds`: a coordinated turn (Bar-Shalom, Li, Kirubarajan 2001, section 11.7) with
    /// white acceleration along and across the velocity.
    mutating func predict(by seconds: Double, noise: HearingModels.Noise) {
        let angle = rate * seconds
        let (cosine, sine) = (Double.cos(angle), Double.sin(angle))
        let along = abs(rate) < 1e-9 ? seconds : sine / rate
        let aside = abs(rate) < 1e-9 ? 0 : (1 - cosine) / rate
        func step(_ v: SIMD4<Double>) -> SIMD4<Double> {
            SIMD4(
                v.x + along * v.z - aside * v.w, v.y + aside * v.z + along * v.w, cosine * v.z - sine * v.w,
                sine * v.z + cosine * v.w)
        }
        func steps(_ m: PlaneMatrix) -> PlaneMatrix {
            PlaneMatrix(first: step(m.first), second: step(m.second), third: step(m.third), fourth: step(m.fourth))
        }
        state = step(state)
        covariance = steps(steps(covariance).transposed)
        addNoise(over: seconds, noise)
    }

    /// q [[t^3/3, t^2/2], [t^2/2, t]] along and across the velocity.
    private mutating func addNoise(over seconds: Double, _ noise: HearingModels.Noise) {
        let speed = speed
        let direction = speed > 1 ? SIMD2(state.z, state.w) / speed : SIMD2(1, 0)
        let isSlow = speed < 10
        let along = isSlow ? max(noise.along, noise.across) : noise.along
        let across = isSlow ? along : noise.across
        for (axis, density) in [(direction, along), (SIMD2(-direction.y, direction.x), across)] {
            // A rank-two matrix as two squares: t (t/2, 1)^2 + t^3/12 (1, 0)^2.
            let drift = SIMD4(axis.x * seconds / 2, axis.y * seconds / 2, axis.x, axis.y)
            covariance.addSquare(drift, density * seconds)
            covariance.addSquare(SIMD4(axis.x, axis.y, 0, 0), density * seconds * seconds * seconds / 12)
        }
    }

    /// The Kalman update by one number with this gain vector P h.
    mutating func correct(gain: SIMD4<Double>, variance: Double, residual: Double) {
        state += gain * (residual / variance)
        covariance.addSquare(gain, -1 / variance)
    }

    /// Takes the other in by moment matching.
    mutating func merge(_ other: HeardMotion) {
        let total = weight + other.weight
        let own = weight / total
        let step = state - other.state
        covariance = covariance * own + other.covariance * (1 - own)
        covariance.addSquare(step, own * (1 - own))
        state = state * own + other.state * (1 - own)
        weight = total
    }
}

/// Where a moving object was: B = [[along, -aside], [aside, along]] and the rotation of its velocity.
struct HeardPast {
    private(set) var along = 0.0
    private(set) var aside = 0.0
    private(set) var cosine = 1.0
    private(set) var sine = 0.0
    private var heading = 0.0

    fileprivate mutating func straight(_ seconds: Double) { along = seconds }

    /// Adds the integral of R(heading - rate u) over u from 0 to `seconds`.
    fileprivate mutating func goBack(_ seconds: Double, rate: Double) {
        let (c, s) = (Double.cos(heading), Double.sin(heading))
        if abs(rate) * seconds < 1e-6 {
            along += seconds * c
            aside += seconds * s
        } else {
            let end = heading - rate * seconds
            along += (s - Double.sin(end)) / rate
            aside += (Double.cos(end) - c) / rate
        }
        heading -= rate * seconds
    }

    fileprivate mutating func close() {
        cosine = Double.cos(heading)
        sine = Double.sin(heading)
    }

    @inline(__always)
    func shift(_ velocity: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(along * velocity.x - aside * velocity.y, aside * velocity.x + along * velocity.y)
    }

    @inline(__always)
    func velocity(_ velocity: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(cosine * velocity.x - sine * velocity.y, sine * velocity.x + cosine * velocity.y)
    }

    /// -B^T h: the gradient by the velocity.
    @inline(__always)
    func velocityGradient(_ h: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(-(h.x * along + h.y * aside), h.x * aside - h.y * along)
    }
}

/// How heard objects may fly: straight, or turning with a lateral acceleration, so that slow and fast craft both
/// turn as tightly as they do. Found on simulated scenarios of our own (Docs/adr/0011-tracker.md).
enum HearingModels {
    /// Power spectral densities of the acceleration, m^2/s^3.
    struct Noise {
        var along: Double
        var across: Double
    }

    static let straight = Noise(along: 0.02, across: 0.15)

    /// A turn to one side.
    struct Turn {
        /// Counter-clockwise, m/s^2.
        var acceleration: Double
        /// Across the way it covers the turns that lie between this one and the next.
        var noise: Noise
    }

    private static func bothWays(_ acceleration: Double, across: Double) -> [Turn] {
        [acceleration, -acceleration].map { Turn(acceleration: $0, noise: Noise(along: 0.02, across: across)) }
    }

    /// Models 1 ... 4.
    static let turns = bothWays(1, across: 1.2) + bothWays(2.2, across: 1.6)
    /// The same for fast craft, models 1 ... 12: a cruise missile turns at up to 3 degrees per second, 13 m/s^2
    /// (assumption).
    static let fastTurns =
        turns + bothWays(3.8, across: 3) + bothWays(6.2, across: 8) + bothWays(10, across: 20)
        + bothWays(14, across: 30)

    static func noise(of model: Int) -> Noise { model == 0 ? straight : fastTurns[model - 1].noise }

    /// From this speed on, m/s.
    static let fastSpeed = 120.0
    /// How long straight flight and turns last on average, seconds.
    static let straightSeconds = 45.0
    static let turnSeconds = 25.0
    /// Hypotheses branch so often, seconds.
    static let branchSeconds = 3.0
    /// Below this share a hypothesis does not branch.
    static let branchShare = 0.03
    /// The speed below which turn rates do not grow further, m/s.
    static let leastSpeed = 20.0
}
