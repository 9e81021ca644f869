// Numeric kernel: bare SI units and radians on a plane, x east, y north.
internal import RealModule

/// Follows the leg that an object flies, longer than a tracker can that must answer the next turn: course and speed
/// are averaged over the whole leg, until the updates contradict it.
///
/// Per axis a Kalman filter over position, velocity of the leg, wandering about it, and the errors of position and
/// velocity in the updates, which stay alike for some seconds and are therefore states of their own (Bryson and
/// Johansen 1965). Both axes share one covariance. A turn is noticed by normalised innovations squared (Bar-Shalom, Li
/// and Kirubarajan 2001, section 5.4), which forget the velocity of the leg.
package struct CourseFilter: Hashable, Sendable, Codable {
    /// One standard deviation of an update, per axis.
    package struct Errors: Hashable, Sendable, Codable {
        package var position: Double
        package var velocity: Double

        package init(position: Double, velocity: Double) {
            self.position = position
            self.velocity = velocity
        }
    }

    /// When the state holds.
    package private(set) var at: Double
    private var errors: Errors
    private let origin: SIMD2<Double>
    /// By axis.
    private var states: [State]
    private var covariance: [State]
    /// Innovations squared of the last updates, normalised.
    private var surprises: [Double] = []
    private var speedMean: Double
    private var speedVariance: Double
    private var legFrom: Double
    /// The last turn: when it was noticed last, and by how much it has turned. Long ago without one.
    private var turnTo = -1e9
    private var turnAngle = 0.0
    private var lastCourse: Double
    /// The courses of the last updates.
    private var swings: [Swing] = []

    private struct Swing: Hashable, Sendable, Codable {
        var at: Double
        var course: Double
    }

    /// Position, velocity of the leg, wandering velocity, error of position, error of velocity.
    private typealias State = [Double]

    // Chosen on the benchmark's fitting seeds by the likelihood of where objects were 200 s (missiles: 60 s) later.

    /// The errors of updates fade with this time constant. Seconds.
    private static let errorSeconds = 20.0
    /// The heading wanders around the leg's by this (1 sigma) with this time constant. Radians, seconds.
    private static let wanderAngle = 0.04
    private static let wanderSeconds = 60.0
    /// The leg's course drifts. Radians per square root of a second; in a new leg more, for a while.
    private static let drift = 0.001
    private static let driftOfNewLeg = 0.02
    private static let newLegSeconds = 120.0
    /// Innovations (4 degrees of freedom each) that end a leg.
    private static let surpriseOfOne = 19.0
    private static let surpriseOfThree = 32.0
    /// What is forgotten then, as a share of the speed.
    private static let forgotten = 0.3
    /// A leg tells the speed after this. Seconds. From leg to leg it changes by about this share.
    private static let settledSeconds = 90.0
    private static let speedChange = 0.01
    /// What the first speed is known to beforehand, as a share of it.
    private static let firstSpeedSpread = 0.06
    /// A turn noticed so shortly ago still goes on. Seconds, radians.
    private static let turningSeconds = 10.0
    private static let turningAngle = 0.15
    /// After a turn, a course that changes by so much in so short a time still turns. Seconds, radians.
    private static let swingSeconds = 22.0
    private static let swingAngle = 0.14
    /// Turns noticed closer together than this are one. Seconds.
    private static let oneTurnSeconds = 30.0
    /// A bearing from the beginning means something after this way. Meters.
    private static let leastWay = 5_000.0

    package init(at: Double, position: SIMD2<Double>, velocity: SIMD2<Double>, errors: Errors) {
        self.at = at
        self.errors = errors
        legFrom = at
        origin = position
        states = [[position.x, velocity.x, 0, 0, 0], [position.y, velocity.y, 0, 0, 0]]
        lastCourse = Double.atan2(y: velocity.y, x: velocity.x)
        speedMean = velocity.length
        let p = errors.position * errors.position
        let v = errors.velocity * errors.velocity
        let w = Self.wanderAngle * speedMean * Self.wanderAngle * speedMean
        let spread = Self.firstSpeedSpread * speedMean
        speedVariance = v + spread * spread
        // The first update: position = true + error, velocity = leg + wander + error; all unknown before.
        covariance = [
            [p, 0, 0, -p, 0], [0, v + w, -w, 0, -v], [0, -w, w, 0, 0], [-p, 0, 0, p, 0], [0, -v, 0, 0, v],
        ]
    }

    /// - Parameter time: later than ``at``; else the update is left out.
    package mutating func update(
        at time: Double, position: SIMD2<Double>, velocity: SIMD2<Double>, errors: Errors
    ) {
        guard time > at else { return }
        self.errors = errors
        predict(time - at)
        at = time
        judge(surprise: correct(position, velocity))
    }

    private mutating func predict(_ seconds: Double) {
        let error = Double.exp(-seconds / Self.errorSeconds)
        let wander = Double.exp(-seconds / Self.wanderSeconds)
        let path = Self.wanderSeconds * (1 - wander)
        for axis in 0..<2 {
            states[axis][0] += seconds * states[axis][1] + path * states[axis][2]
            states[axis][2] *= wander
            states[axis][3] *= error
            states[axis][4] *= error
        }
        // F P F', F being the identity but for these: position += seconds x leg + path x wander; the rest fade.
        for column in 0..<5 {
            covariance[0][column] += seconds * covariance[1][column] + path * covariance[2][column]
            covariance[2][column] *= wander
            covariance[3][column] *= error
            covariance[4][column] *= error
        }
        for row in 0..<5 {
            covariance[row][0] += seconds * covariance[row][1] + path * covariance[row][2]
            covariance[row][2] *= wander
            covariance[row][3] *= error
            covariance[row][4] *= error
        }
        let wandering = Self.wanderAngle * speedMean
        let fresh = wandering * wandering * (1 - wander * wander)
        covariance[2][2] += fresh
        covariance[0][0] += fresh * seconds * seconds / 3
        covariance[0][2] += fresh * seconds / 2
        covariance[2][0] += fresh * seconds / 2
        covariance[3][3] += errors.position * errors.position * (1 - error * error)
        covariance[4][4] += errors.velocity * errors.velocity * (1 - error * error)
        let drift = (at - turnTo < Self.newLegSeconds ? Self.driftOfNewLeg : Self.drift) * speedMean
        covariance[1][1] += drift * drift * seconds
    }

    /// - Returns: The normalised innovation squared.
    private mutating func correct(_ position: SIMD2<Double>, _ velocity: SIMD2<Double>) -> Double {
        // Measured: position + its error; leg + wander + velocity error. A little more, for rounding.
        let hp = (0..<5).map { covariance[$0][0] + covariance[$0][3] }
        let hv = (0..<5).map { covariance[$0][1] + covariance[$0][2] + covariance[$0][4] }
        let spp = hp[0] + hp[3] + 1
        let spv = hv[0] + hv[3]
        let svv = hv[1] + hv[2] + hv[4] + 0.01
        let determinant = spp * svv - spv * spv
        guard determinant > 0 else { return 0 }
        var surprise = 0.0
        for axis in 0..<2 {
            let state = states[axis]
            let np = position[axis] - state[0] - state[3]
            let nv = velocity[axis] - state[1] - state[2] - state[4]
            surprise += (svv * np * np - 2 * spv * np * nv + spp * nv * nv) / determinant
            let wp = (svv * np - spv * nv) / determinant
            let wv = (spp * nv - spv * np) / determinant
            for row in 0..<5 { states[axis][row] += hp[row] * wp + hv[row] * wv }
        }
        for row in 0..<5 {
            let kp = (svv * hp[row] - spv * hv[row]) / determinant
            let kv = (spp * hv[row] - spv * hp[row]) / determinant
            for column in 0..<5 { covariance[row][column] -= kp * hp[column] + kv * hv[column] }
        }
        return surprise
    }

    /// Ends the leg if the updates contradict it.
    private mutating func judge(surprise: Double) {
        surprises.append(surprise)
        if surprises.count > 3 { surprises.removeFirst() }
        let change = wrapped(course - lastCourse)
        lastCourse = course
        swings.append(Swing(at: at, course: lastCourse))
        swings.removeAll { at - $0.at > Self.swingSeconds }
        if at - turnTo <= 2 * Self.turningSeconds || isSwinging { turnAngle += change }
        guard surprise > Self.surpriseOfOne || surprises.reduce(0, +) > Self.surpriseOfThree else { return }
        surprises.removeAll()
        (speedMean, speedVariance) = speed
        legFrom = at
        if at - turnTo > Self.oneTurnSeconds { turnAngle = change }
        turnTo = at
        for other in 0..<5 where other != 1 {
            covariance[1][other] = 0
            covariance[other][1] = 0
        }
        let loose = Self.forgotten * speedMean
        covariance[1][1] += loose * loose
    }

    /// By how much the course has changed lately. Radians.
    private var swing: Double { swings.first.map { wrapped(lastCourse - $0.course) } ?? 0 }

    /// It goes on turning, as on a circle, so evenly that the updates don't contradict it any more.
    private var isSwinging: Bool { at - turnTo < Self.newLegSeconds && abs(swing) > Self.swingAngle }

    private var course: Double { Double.atan2(y: states[1][1], x: states[0][1]) }

    /// From all legs so far; a new one tells nothing better yet.
    private var speed: (mean: Double, variance: Double) {
        guard at - legFrom > Self.settledSeconds else { return (speedMean, speedVariance) }
        let leg = SIMD2(states[0][1], states[1][1]).length
        let change = Self.speedChange * speedMean
        let variance = covariance[1][1] + change * change
        let weight = speedVariance / (speedVariance + variance)
        return (speedMean + weight * (leg - speedMean), max(change * change, speedVariance * (1 - weight)))
    }

    private var deviation: Double {
        let way = SIMD2(states[0][0], states[1][0]) - origin
        guard way.squaredLength > Self.leastWay * Self.leastWay else { return 0 }
        return wrapped(course - Double.atan2(y: way.y, x: way.x))
    }

    private var phase: FlightState.Phase {
        if at - turnTo <= Self.turningSeconds, abs(turnAngle) > Self.turningAngle {
            return .turning(side: turnAngle > 0 ? 1 : -1, angle: abs(turnAngle))
        }
        if isSwinging { return .turning(side: swing > 0 ? 1 : -1, angle: max(abs(swing), abs(turnAngle))) }
        return at - turnTo < Self.newLegSeconds ? .turned : .steady
    }

    /// - Parameter speedSpread: the speed is not known better than to this share of it.
    package func state(speedSpread: Double) -> FlightState {
        let (mean, variance) = speed
        // Where the wandering will have led when it has faded.
        let path = 0.8 * Self.wanderSeconds
        let phase = phase
        var isTurning = false
        if case .turning = phase { isTurning = true }
        return FlightState(
            position: SIMD2(states[0][0] + path * states[0][2], states[1][0] + path * states[1][2]), course: course,
            speed: mean, positionSigma: max(1, covariance[0][0]).squareRoot(),
            courseSigma: max(isTurning ? 0.1 : 0.003, max(0, covariance[1][1]).squareRoot() / max(1, mean)),
            speedSigma: max(variance.squareRoot(), speedSpread * mean), phase: phase, deviation: deviation)
    }
}
