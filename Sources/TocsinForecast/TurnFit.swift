// Numeric kernel: bare meters, seconds and degrees on a plane, x east, y north.
internal import RealModule

/// Counts how objects of one class fly, and fits a ``TurnModel`` to it.
///
/// Feed it flights that nobody is judged on afterwards: of a drill, or tracks of recorded nights.
package struct TurnFit: Sendable {
    /// A turn of a flight. Seconds since its beginning; degrees, positive to the left.
    private struct Turn {
        var start: Double
        var end: Double
        var angle: Double
    }

    private var exposure = [Double](repeating: 0, count: TurnModel.deviationEdges.count)
    private var events = [Double](repeating: 0, count: TurnModel.deviationEdges.count)
    private var circles = [Double](repeating: 0, count: TurnModel.deviationEdges.count)
    /// By deviation, then by angle.
    private var angles = [[Double]](
        repeating: [Double](repeating: 0, count: TurnModel.angleBins), count: TurnModel.deviationEdges.count)
    private var turnRates: [Double] = []
    private var circleRadii: [Double] = []
    private var circleRounds: [Double] = []
    private var seconds = 0.0
    private var flights = 0
    private var noiseSum = 0.0
    private var noiseCount = 0.0
    private var silent = [Double](repeating: 0, count: TurnModel.silenceEdges.count)
    private var flying = [Double](repeating: 0, count: TurnModel.silenceEdges.count)

    /// The course is looked at over so many seconds; a turn is at least so fast and so large.
    private static let window = 10
    private static let leastRate = 0.6
    private static let leastAngle = 8.0
    /// More than this is a circle.
    private static let circleAngle = 300.0
    /// A bearing from the beginning means something after this way. Meters.
    private static let leastWay = 5_000.0
    private static let headingNoiseSeconds = 60.0

    package init() {}

    /// The flights that count, in hours.
    package var hours: Double { seconds / 3_600 }
    /// The turns that count, circles among them.
    package var turns: Int { Int(events.reduce(0, +)) }

    /// - Parameters:
    ///   - points: where the object was, every second; at least two minutes of it count.
    ///   - beginning: where it was first sensed, if that is not the first of `points`.
    package mutating func add(flight points: [SIMD2<Double>], begunAt beginning: SIMD2<Double>? = nil) {
        guard points.count > 120 else { return }
        let beginning = beginning ?? points[0]
        flights += 1
        seconds += Double(points.count)
        let courses = Self.courses(points)
        let turns = Self.turns(courses)
        for turn in turns { count(turn, of: points, begunAt: beginning) }
        var next = 0
        for index in stride(from: 120, to: courses.count - Self.window, by: 10) {
            while next < turns.count, turns[next].end + 20 < Double(index) { next += 1 }
            let isTurning = next < turns.count && turns[next].start < Double(index)
            guard !isTurning, let deviation = Self.deviation(points, begunAt: beginning, at: index) else { continue }
            exposure[Self.bin(deviation)] += 10
            if index >= 180, next == 0 || turns[next - 1].end + 80 < Double(index) {
                let change = courses[index] - courses[index - 60]
                noiseSum += change * change
                noiseCount += 1
            }
        }
    }

    /// An object that has been silent for so long, and whether it still flies.
    package mutating func add(silence: Double, flies: Bool) {
        let edges = TurnModel.silenceEdges
        let bin = edges.indices.min { abs(edges[$0] - silence) < abs(edges[$1] - silence) } ?? 0
        silent[bin] += 1
        if flies { flying[bin] += 1 }
    }

    private mutating func count(_ turn: Turn, of points: [SIMD2<Double>], begunAt beginning: SIMD2<Double>) {
        let rate = abs(turn.angle) / (turn.end - turn.start)
        let isCircle = abs(turn.angle) > Self.circleAngle
        if isCircle {
            circleRadii.append(180 / .pi / rate)
            circleRounds.append(abs(turn.angle) / 360)
        } else if abs(turn.angle) > 40 {
            turnRates.append(rate)
        }
        guard turn.start > 120, let deviation = Self.deviation(points, begunAt: beginning, at: Int(turn.start))
        else { return }
        let bin = Self.bin(deviation)
        events[bin] += 1
        if isCircle {
            circles[bin] += 1
        } else {
            let signed = (turn.angle * (deviation < 0 ? -1 : 1)).remainder(dividingBy: 360)
            let width = 360 / Double(TurnModel.angleBins)
            angles[bin][max(0, min(TurnModel.angleBins - 1, Int((signed + 180) / width)))] += 1
        }
    }

    private static func bin(_ deviation: Double) -> Int {
        TurnModel.deviationEdges.lastIndex { $0 <= abs(deviation) } ?? 0
    }

    /// Course against the bearing from the beginning. Degrees, positive to the left.
    private static func deviation(
        _ points: [SIMD2<Double>], begunAt beginning: SIMD2<Double>, at index: Int
    ) -> Double? {
        let way = points[index] - beginning
        guard (way * way).sum() > leastWay * leastWay else { return nil }
        let before = points[index] - points[max(0, index - 20)]
        let course = Double.atan2(y: before.y, x: before.x) * 180 / .pi
        return (course - Double.atan2(y: way.y, x: way.x) * 180 / .pi).remainder(dividingBy: 360)
    }

    /// Without jumps of a whole turn.
    private static func courses(_ points: [SIMD2<Double>]) -> [Double] {
        var courses: [Double] = []
        for index in 1..<points.count {
            let way = points[index] - points[index - 1]
            let course = Double.atan2(y: way.y, x: way.x) * 180 / .pi
            let last = courses.last ?? course
            courses.append(last + (course - last).remainder(dividingBy: 360))
        }
        return courses
    }

    private static func turns(_ courses: [Double]) -> [Turn] {
        var turns: [Turn] = []
        var index = 0
        while index + window < courses.count {
            func rate(_ index: Int) -> Double { (courses[index + window] - courses[index]) / Double(window) }
            guard abs(rate(index)) > leastRate else {
                index += 1
                continue
            }
            let side = rate(index) > 0 ? 1.0 : -1.0
            var last = index
            while last + 1 + window < courses.count, rate(last + 1) * side > leastRate { last += 1 }
            let angle = courses[last + window] - courses[index]
            if abs(angle) > leastAngle {
                let early = overlap(angle, seconds: Double(last + window - index))
                turns.append(
                    Turn(start: Double(index) + early, end: Double(last + window) - early, angle: angle))
            }
            index = last + window
        }
        return turns
    }

    /// By how many seconds the window sees a turn early, and as many late, that it saw for `seconds`: as soon as it
    /// covers enough of the turn. Steeper turns it sees earlier.
    private static func overlap(_ angle: Double, seconds: Double) -> Double {
        var early = 0.0
        for _ in 0..<4 {
            let rate = abs(angle) / max(1, seconds - 2 * early)
            early = Double(window) * max(0, 1 - leastRate / rate)
        }
        return min(early, seconds / 2 - 1)
    }

    /// - Parameter other: coming back to a place is not fitted here, and turns or circles may not have been seen; what
    ///   is missing is taken from this model.
    package func model(returningAs other: TurnModel) -> TurnModel {
        let habits = TurnModel.deviationEdges.indices.map(habit)
        func median(_ list: [Double], _ otherwise: Double) -> Double {
            list.isEmpty ? otherwise : list.sorted()[list.count / 2]
        }
        let noise = (noiseSum / max(1, noiseCount) / (2 * (1 - Double.exp(-1)))).squareRoot()
        return TurnModel(
            habits: habits, turnRate: median(turnRates, other.turnRate),
            circleSeconds: median(circleRadii, other.circleSeconds),
            circleRounds: median(circleRounds, other.circleRounds), endRate: Double(flights) / max(1, seconds),
            returnRate: other.returnRate, returnSeconds: other.returnSeconds,
            returnWidthSeconds: other.returnWidthSeconds, headingNoise: noise,
            headingNoiseSeconds: Self.headingNoiseSeconds,
            survival: zip(flying, silent).map { ($0 + 1) / ($1 + 2) })
    }

    /// What a bin lacks in turns of its own it takes from all bins: as if it had seen so many of theirs.
    private static let borrowed = 24.0

    private func habit(_ bin: Int) -> TurnModel.Habit {
        var all = [Double](repeating: 0, count: TurnModel.angleBins)
        for row in angles { for index in row.indices { all[index] += row[index] } }
        var own = angles[bin]
        if bin == 0 {
            // Both sides are alike where there is hardly a deviation.
            own = zip(own, own.reversed()).map { ($0 + $1) / 2 }
            all = zip(all, all.reversed()).map { ($0 + $1) / 2 }
        }
        let sum = max(1, all.reduce(0, +))
        let weight = Self.borrowed / (sum + 0.2 * Double(TurnModel.angleBins))
        let mixed = zip(own, all).map { $0 + weight * ($1 + 0.2) }
        let total = mixed.reduce(0, +)
        let allEvents = events.reduce(0, +)
        let overall = allEvents / max(1, exposure.reduce(0, +))
        return TurnModel.Habit(
            hazard: (events[bin] + 5) / (exposure[bin] + 5 / max(1e-9, overall)),
            circleShare: (circles[bin] + 0.2) / (events[bin] + 10), angles: mixed.map { $0 / total })
    }
}
