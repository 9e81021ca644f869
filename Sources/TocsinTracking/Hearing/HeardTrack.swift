internal import RealModule
internal import TocsinModel

/// An object that is followed by ear.
struct HeardTrack: Hashable, Sendable, Codable {
    /// Its number among the tracks of its field.
    let key: Int
    /// `nil`: it was never shown.
    var number: TrackNumber?
    var existence: Double
    /// Heaviest first; the shares add up to 1.
    var motions: [HeardMotion]
    /// When it was first thought of, seconds.
    let bornAt: Double
    var lastHeardAt: Double
    /// The mean and covariance of all motions.
    private(set) var mean: SIMD4<Double> = .zero
    private(set) var covariance: PlaneMatrix = .zero
    /// The logarithms of the odds that it has made no sound since these times.
    private var silences: [SIMD2<Double>] = []
    /// The logarithm of the odds that it is silent now.
    private(set) var silence = -9.0
    /// Tracks that say the same as it does, and for how many ticks they have.
    var twins: [SIMD2<Int>] = []

    /// How long an object sounds on average, seconds (assumption).
    private static let lifetime = 300.0
    /// Silences longer ago are certain either way, seconds.
    private static let silenceMemory = 25.0

    init(
        key: Int, number: TrackNumber?, existence: Double, motion: HeardMotion, bornAt: Double, at now: Double
    ) {
        self.key = key
        self.number = number
        self.existence = existence
        motions = [motion]
        self.bornAt = bornAt
        lastHeardAt = now
        summarize()
    }

    mutating func summarize() {
        var total = 0.0
        var sum = SIMD4<Double>.zero
        for motion in motions {
            total += motion.weight
            sum += motion.state * motion.weight
        }
        let middle = sum / total
        var spread = PlaneMatrix.zero
        for motion in motions {
            spread = spread + motion.covariance * (motion.weight / total)
            spread.addSquare(motion.state - middle, motion.weight / total)
        }
        (mean, covariance) = (middle, spread)
    }

    /// Moves on by `seconds` to `now`.
    mutating func predict(by seconds: Double, to now: Double) {
        for index in motions.indices {
            motions[index].predict(by: seconds, noise: HearingModels.noise(of: motions[index].model))
        }
        existence *= Double.exp(-seconds / Self.lifetime)
        silences.removeAll { now - $0.x >= Self.silenceMemory || $0.y <= -15 }
        silences.append(SIMD2(now, Double.log(seconds / Self.lifetime)))
        branch(at: now)
        summarize()
    }

    /// Lets straight flights turn and turns end, as far as they do in the time since they last branched.
    private mutating func branch(at now: Double) {
        for index in motions.indices {
            let seconds = now - motions[index].branchedAt
            guard motions[index].weight >= HearingModels.branchShare,
                seconds >= HearingModels.branchSeconds - 0.01
            else { continue }
            motions[index].branchedAt = now
            let span = min(seconds, 2 * HearingModels.branchSeconds)
            if motions[index].model == 0 {
                branchIntoTurns(index, share: 1 - Double.exp(-span / HearingModels.straightSeconds), at: now)
            } else {
                let share = 1 - Double.exp(-span / HearingModels.turnSeconds)
                var straight = motions[index]
                straight.weight *= share
                straight.model = 0
                straight.turn(to: 0, at: now)
                motions[index].weight *= 1 - share
                motions.append(straight)
            }
        }
    }

    private mutating func branchIntoTurns(_ index: Int, share: Double, at now: Double) {
        let straight = motions[index]
        motions[index].weight *= 1 - share
        let speed = max(HearingModels.leastSpeed, straight.speed)
        let turns = speed < HearingModels.fastSpeed ? HearingModels.turns : HearingModels.fastTurns
        for (number, turn) in turns.enumerated() {
            var turning = straight
            turning.weight *= share / Double(turns.count)
            turning.model = number + 1
            turning.turn(to: turn.acceleration / speed, at: now)
            motions.append(turning)
        }
    }

    /// Takes what one look said about whether the object still sounds: "silent since T" explains what was emitted
    /// later as what others caused.
    /// - Parameter evidence: The likelihood of the look with the object sounding over that without.
    mutating func hear(evidence: Double, emittedAt: Double) {
        let logarithm = Double.log(max(evidence, 0.05))
        var sum = 1e-12
        for index in silences.indices {
            let share = min(1, max(0, emittedAt - silences[index].x + 0.5))
            silences[index].y -= share * logarithm
            sum += Double.exp(min(30, silences[index].y))
        }
        silence = Double.log(sum)
    }
}
