// Numeric kernel: bare seconds of flight and radians, x along the heading, y to its left.
internal import RealModule

/// Flights drawn up to their turns, each with the probability of its turn.
struct FlightsToTurns {
    private var launches: [Launch] = []
    /// Of the ways of all flights, one after the other.
    private var corners: [SIMD2<Double>] = []
    private let model: TurnModel
    private let angles: [TurnAngles]

    /// A turn that begins.
    struct Launch {
        var place: SIMD2<Double>
        /// Where it heads, with the length 1.
        var direction: SIMD2<Double>
        var time: Double
        var weight: Double
        /// Of the course before the turn. Radians, positive to the left.
        var deviation: Double
        var isCircle: Bool
        /// Of the turn. Seconds of flight per radian.
        var radius: Double
        /// Where it has been before: a part of ``corners``, the last one is `place`.
        var way: Range<Int>
    }

    private static let flights = 384
    private static let turnsMaximum = 3
    /// Evenly spread numbers instead of random ones: the additive recurrence of Roberts (2018, "The unreasonable
    /// effectiveness of quasirandom sequences").
    private static let steps: [Double] = (1...9).map { 1 / Double.pow(base, $0) }
    /// The root of b^10 = b + 1.
    private static let base = 1.075_766_066_086_837_2

    /// - Parameter deviation: of the course now. Radians, positive to the left.
    init(_ model: TurnModel, deviation: Double) {
        self.model = model
        angles = model.habits.map { TurnAngles($0.angles) }
        for number in 1...Self.flights { draw(number, deviation: deviation) }
    }

    private func uniform(_ number: Int, _ dimension: Int) -> Double {
        let value = 0.5 + Double(number) * Self.steps[dimension]
        return value - value.rounded(.down)
    }

    private mutating func draw(_ number: Int, deviation: Double) {
        var place = SIMD2(-PassageTable.unnoticedSeconds, 0.0)
        var heading = 0.0
        var time = -PassageTable.unnoticedSeconds
        var weight = 1 / Double(Self.flights)
        var deviation = deviation
        var start = corners.count
        corners.append(SIMD2(0, 0))
        let spread = Self.spreads[number % Self.spreads.count]
        let radius = model.turnSeconds * spread
        for turn in 0..<Self.turnsMaximum {
            let left = PassageTable.horizon - time
            guard left > 1 else { return }
            let leg = left * uniform(number, turn * 3)
            let bin = model.bin(deviation: deviation)
            let habit = model.habits[bin]
            weight *= left * habit.hazard * Double.exp(-(habit.hazard + model.endRate) * leg)
            let direction = SIMD2(Double.cos(heading), Double.sin(heading))
            place += direction * leg
            time += leg
            if time <= 0 { start = corners.count }
            corners.append(place)
            let isCircle = uniform(number, turn * 3 + 1) < habit.circleShare
            var launch = Launch(
                place: place, direction: direction, time: time, weight: weight * (1 - habit.circleShare),
                deviation: deviation, isCircle: false, radius: radius,
                way: start..<corners.count)
            launches.append(launch)
            launch.isCircle = true
            launch.weight = weight * habit.circleShare
            launch.radius = model.circleSeconds * spread
            launches.append(launch)
            if isCircle { return }
            let angle = angles[bin].quantile(uniform(number, turn * 3 + 2)) * Self.side(deviation)
            let turnSide = angle < 0 ? -1.0 : 1.0
            let center = place + SIMD2(-direction.y, direction.x) * turnSide * radius
            heading += angle
            place = center - SIMD2(-Double.sin(heading), Double.cos(heading)) * turnSide * radius
            time += abs(angle) * radius
            corners.append(place)
            deviation = wrapped(deviation + angle)
        }
    }

    /// To which side a course deviates: 1 left, -1 right.
    private static func side(_ deviation: Double) -> Double { deviation < 0 ? -1 : 1 }

    /// Turns are wider and tighter than the usual one by so much, each a third.
    static let spreads = [0.7, 1, 1.4]

    /// Adds the probabilities of touching the disc first on the leg after each of the turns.
    func addPassages(into disc: SIMD2<Double>, radius: Double, edge: Double, density: inout [Double]) {
        for launch in launches {
            let toDisc = disc - launch.place
            let distance = toDisc.length
            guard launch.time + distance - radius <= PassageTable.horizon, !isTouched(launch.way, disc, radius)
            else { continue }
            for side in [1.0, -1.0] {
                let arc = Arc(
                    direction: launch.direction, toDisc: toDisc, discRadius: radius, side: side,
                    radius: launch.radius)
                if launch.isCircle {
                    addCircle(launch, arc, edge: edge, density: &density)
                } else {
                    addTurn(launch, arc, edge: edge, density: &density)
                }
            }
        }
    }

    private func isTouched(_ way: Range<Int>, _ disc: SIMD2<Double>, _ radius: Double) -> Bool {
        var from = corners[way.lowerBound]
        for corner in way {
            let to = corners[corner]
            if squaredDistance(from: disc, toSegment: from, to) <= radius * radius { return true }
            from = to
        }
        return false
    }

    private func addTurn(_ launch: Launch, _ arc: Arc, edge: Double, density: inout [Double]) {
        let bin = model.bin(deviation: launch.deviation)
        arc.pieces { low, high in
            let isAway = arc.side * Self.side(launch.deviation) > 0
            let mass = isAway ? angles[bin].share(low, high) : angles[bin].share(-high, -low)
            guard mass > 0 else { return }
            let angle = (low + high) / 2
            let flown = arc.touch(after: angle)
            // Who turned aside is soon to turn back.
            let hazard = model.hazard(deviation: wrapped(launch.deviation + arc.side * angle))
            let spared = Double.exp(-(hazard + model.endRate) * flown)
            add(launch.weight * mass * spared, at: launch.time + flown, edge: edge, &density)
        }
    }

    /// On the circle itself all of its ring is touched; after the rounds it goes on about as before.
    private func addCircle(_ launch: Launch, _ arc: Arc, edge: Double, density: inout [Double]) {
        guard let range = arc.angles else { return }
        if arc.isDiscOnArc {
            add(launch.weight / 2, at: launch.time + range.lowerBound * arc.radius, edge: edge, &density)
            return
        }
        let off = wrapped((range.lowerBound + range.upperBound) / 2)
        guard abs(off) < Self.exitWidth else { return }
        let mass = min(1, (range.upperBound - range.lowerBound) / (2 * Self.exitWidth))
        let rounds = model.circleRounds * 2 * .pi * arc.radius
        let flown = rounds + arc.touch(after: off) - max(0, off) * arc.radius
        add(launch.weight / 2 * mass, at: launch.time + flown, edge: edge, &density)
    }

    /// A circle is left within this angle of the heading in which it was begun. Radians.
    private static let exitWidth = 0.5

    private func add(_ probability: Double, at time: Double, edge: Double, _ density: inout [Double]) {
        guard time <= PassageTable.horizon, probability > 0 else { return }
        let slacks = PassageTable.slacks
        let (low, share) = PassageTable.place(time - edge, in: slacks)
        // Spread over the two entries around, so that the sums run straight between them.
        density[low] += probability * (1 - share)
        if share > 0 { density[low + 1] += probability * share }
    }
}
