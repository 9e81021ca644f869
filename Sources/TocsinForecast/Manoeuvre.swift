// Numeric kernel: bare SI units and radians, x east, y north.
internal import RealModule

/// One possible future of an object: it keeps its speed, its heading walks at random, and now and then it turns.
struct Manoeuvre {
    private(set) var position: SIMD2<Double>
    private(set) var speed: Double
    /// Unit vector of the heading.
    private var heading: SIMD2<Double>
    /// What remains of the present turn, positive to the left; 0 while it flies straight.
    private var turn = 0.0
    private var secondsToTurn: Double
    private var noise: Noise
    private let limits: Limits

    /// The constants of a class, in radians.
    struct Limits {
        let headingNoise: Double
        let turnInterval: Double
        let turnMaximum: Double
        let turnRate: Double

        init(_ motion: ThreatMotion) {
            headingNoise = motion.headingNoise * .pi / 180
            turnInterval = motion.turnIntervalSeconds
            turnMaximum = motion.turnMaximumDegrees * .pi / 180
            turnRate = motion.turnRate * .pi / 180
        }
    }

    /// The most that the heading changes in one straight piece of a turn. Radians: with 4 deg/s, pieces of 5 s, whose
    /// chords leave the arc by less than 1.6 % of their length.
    private static let pieceOfTurn = 0.35

    init(
        position: SIMD2<Double>, velocity: SIMD2<Double>, speed: Double, uniform: Double, noise: Noise, limits: Limits
    ) {
        self.position = position
        self.speed = speed
        let length = velocity.squaredLength.squareRoot()
        heading = length > 0 ? velocity / length : SIMD2(0, 1)
        secondsToTurn = -limits.turnInterval * Double.log(max(1e-12, uniform))
        self.noise = noise
        self.limits = limits
    }

    /// Flies on for at most `seconds`, less where a turn begins, bends or ends.
    /// - Returns: The seconds flown; the way was straight from the old position to the new one.
    @inline(__always)
    mutating func fly(atMost seconds: Double) -> Double {
        if turn != 0 { return bend(atMost: seconds) }
        var flown = seconds
        if secondsToTurn <= flown {
            flown = max(0.01, secondsToTurn)
            beginTurn()
        } else {
            secondsToTurn -= flown
        }
        position += heading * (speed * flown)
        // A small angle: one step along the normal and one Newton step back to unit length.
        let change = limits.headingNoise * flown.squareRoot() * noise.roughNormal()
        let moved = SIMD2(heading.x - heading.y * change, heading.y + heading.x * change)
        heading = moved * (1.5 - 0.5 * (moved.x * moved.x + moved.y * moved.y))
        return flown
    }

    /// A piece of a turn: half of the change before, half after the straight piece, which is the chord of the arc.
    private mutating func bend(atMost seconds: Double) -> Double {
        let left = abs(turn)
        let flown = min(seconds, min(left, Self.pieceOfTurn) / limits.turnRate)
        let bent = min(left, flown * limits.turnRate)
        let change = turn > 0 ? bent : -bent
        turn = left - bent > 1e-9 ? turn - change : 0
        let half = SIMD2(Double.cos(change / 2), Double.sin(change / 2))
        heading = rotated(heading, by: half)
        position += heading * (speed * flown)
        heading = rotated(heading, by: half)
        return flown
    }

    private mutating func beginTurn() {
        turn = (2 * noise.uniform() - 1) * limits.turnMaximum
        secondsToTurn = -limits.turnInterval * Double.log(noise.uniform())
    }

    @inline(__always)
    private func rotated(_ vector: SIMD2<Double>, by rotation: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(
            vector.x * rotation.x - vector.y * rotation.y, vector.x * rotation.y + vector.y * rotation.x)
    }
}
