// Numeric kernel: bare SI units and radians on a plane, x east, y north.
internal import RealModule

/// When one object first touches one disc: a probability for every time.
///
/// Four ways lead there: on without a turn, by a turn to come (``PassageTable``) or that it is in, back after having
/// passed, and any other. They exclude each other nearly enough to be added.
struct Passage {
    /// It is there already.
    private var inside = 0.0
    /// Without a turn: the shares of the directions into the disc's inner half and its outer quarters, which are alike,
    /// and when each touches it.
    private var shares = SIMD2<Double>.zero
    private var times = SIMD2<Double>.zero
    private var timeSigma = 1.0
    private var goesStraight = false
    /// By a turn from where it was sensed last: probabilities by slack, beyond the straight way to the nearest point.
    private var turns: SlackCurve
    /// Of them, what has left again.
    private var turnsOver = 0.0
    /// By a turn to come from where a silent object should be by now.
    private var turnsAhead: SlackCurve?
    private let elapsed: Double
    private let dwell: Double
    /// Back again: the probability grows with this rate from a time on, to a limit.
    private var returnRate = 0.0
    private var returnFrom = 0.0
    private var returnMost = 0.0
    /// As no model says, into any direction: the share of such flights, and of the directions.
    private let other: Double
    private let otherwise: Double

    /// A silence shorter than this says nothing about where it is.
    private static let silentSeconds = 30.0

    init(of outlook: Outlook, into center: SIMD2<Double>, radius: Double) {
        let state = outlook.state
        let direction = outlook.direction
        let toDisc = center - state.position
        elapsed = outlook.elapsed
        let here = toDisc - direction * (state.speed * elapsed)
        let left = toDisc.y * direction.x - toDisc.x * direction.y
        let along = toDisc.x * direction.x + toDisc.y * direction.y
        let hereAlong = along - state.speed * elapsed
        let distance = toDisc.length
        dwell = min(Self.longestDwell, 2 * radius / state.speed)
        other = state.phase.unmodelledShare
        // Half of the angle that the disc takes up.
        let hereDistance = here.length
        let half = hereDistance > radius ? Double.asin(radius / hereDistance) : .pi
        otherwise = other * half / .pi
        let side = state.deviation < 0 ? -1.0 : 1.0
        func curve(_ bearing: Double, _ distance: Double) -> SlackCurve {
            let edge = max(0, distance - radius) / state.speed
            return SlackCurve(
                from: edge,
                outlook.table.passages(edge: edge, bearing: bearing * side, radius: radius / state.speed))
        }
        let bearing = Double.atan2(y: left, x: hereAlong)
        turns = curve(elapsed == 0 ? bearing : Double.atan2(y: left, x: along), distance)
        if elapsed > Self.silentSeconds { turnsAhead = curve(bearing, hereDistance) }
        goStraightOn(hereDistance, bearing, half: half, radius, outlook)
        if case .turning(let side, let angle) = state.phase {
            goOnTurning(to: toDisc, radius, outlook, side: side, already: angle)
        }
        turnsOver = turns.probability(by: elapsed - dwell)
        comeBack(along: hereAlong, left: left, radius, outlook)
    }

    /// A silent object is taken to have left a large disc again after this.
    private static let longestDwell = 300.0

    /// The probability of a first touch at most `lead` seconds from now, for an object that still flies.
    func probability(by lead: Double) -> Double {
        var way = max(0, min(returnMost, returnRate * (lead - returnFrom) / 2))
        if goesStraight {
            way +=
                shares.x * normalShare((lead - times.x) / timeSigma)
                + shares.y * normalShare((lead - times.y) / timeSigma)
        }
        var turned = turns.probability(by: elapsed + lead) - turnsOver
        if let turnsAhead { turned = max(turned, turnsAhead.probability(by: lead)) }
        let outside = (1 - other) * (way + max(0, turned)) + (lead + elapsed >= turns.from ? otherwise : 0)
        return min(1, inside + (1 - inside) * min(1, outside))
    }

    /// Adds the times between which ``probability(by:)`` may be taken for straight lines: seconds from now, after it and
    /// before `horizon`.
    func addBends(to bends: inout [Double], within horizon: Double) {
        func add(_ time: Double) { if time > 0, time < horizon { bends.append(time) } }
        func add(_ curve: SlackCurve, since elapsed: Double) {
            // It may begin with a step.
            add(curve.from - elapsed - Self.stepSeconds)
            add(curve.from - elapsed + Self.stepSeconds)
            for slack in PassageTable.slacks.dropFirst() { add(curve.from + slack - elapsed) }
        }
        add(turns, since: elapsed)
        if let turnsAhead { add(turnsAhead, since: 0) }
        if returnRate > 0 {
            add(returnFrom)
            add(returnFrom + 2 * returnMost / returnRate)
        }
        guard goesStraight else { return }
        let first = times.x - 0.4 * timeSigma
        let last = times.y + 0.4 * timeSigma
        let third = (last - first) / 3
        // Where the horizon cuts off all but the beginning, that is what is left.
        for sigmas in [5, 3.4, 2, 0.8] { add(first - sigmas * timeSigma) }
        for step in 0...3 { add(first + Double(step) * third) }
        add(last + 0.8 * timeSigma)
        add(last + 2 * timeSigma)
    }

    /// Whether ``addBends(to:within:)`` adds them by ascending time.
    var bendsInOrder: Bool { turnsAhead == nil && returnRate == 0 && !goesStraight }

    private static let stepSeconds = 0.01

    /// The way to a disc is never known better than to so many seconds: it bends a little.
    private static let entrySeconds = 3.0

    // MARK: The four ways

    /// - Parameters:
    ///   - distance: of the disc from where it should be now.
    ///   - bearing: from its course.
    ///   - half: of the angle that the disc takes up.
    private mutating func goStraightOn(
        _ distance: Double, _ bearing: Double, half: Double, _ radius: Double, _ outlook: Outlook
    ) {
        let state = outlook.state
        func unturned(after seconds: Double) -> Double {
            Double.exp(-outlook.hazard * (seconds + PassageTable.unnoticedSeconds))
        }
        let positionVariance = state.positionSigma * state.positionSigma
        inside = normalShare((radius - distance) / outlook.positionSigma)
        if inside > 0 { inside *= unturned(after: elapsed) }
        guard distance > radius else { return }
        let flown = elapsed + (distance - radius) / state.speed
        let across = (positionVariance + outlook.wander(over: flown)) / (distance * distance)
        let sigma = (state.courseSigma * state.courseSigma + across).squareRoot()
        let along = state.speedSigma * flown
        let late = Self.entrySeconds * state.speed
        timeSigma = (along * along + positionVariance + late * late).squareRoot() / state.speed
        // Beyond, not even the wide courses lead there.
        guard abs(bearing) - half < Self.widestCourse * sigma else { return }
        let spared = unturned(after: flown)
        func share(_ offset: Double) -> Double {
            max(0, courseShare((bearing + offset) / sigma) - courseShare((bearing - offset) / sigma))
        }
        func time(_ offset: Double) -> Double {
            let sine = distance * Double.sin(offset)
            let cosine = (distance * distance - sine * sine).squareRoot()
            return max(0, cosine - max(0, radius * radius - sine * sine).squareRoot()) / state.speed
        }
        times = SIMD2(time(half / 4), time(half * 3 / 4))
        let inner = share(half / 2)
        shares.x = inner * spared * Double.exp(-outlook.endRate * times.x)
        shares.y = max(0, share(half) - inner) * spared * Double.exp(-outlook.endRate * times.y)
        goesStraight = shares.x + shares.y > Self.leastStraight
    }

    private static let widestCourse = 15.0
    /// Who goes straight on into the disc with less than this probability is left out.
    private static let leastStraight = 1e-6

    /// It has turned by `already`; the whole turn is at least that. It may stop here, go on, or be on a circle.
    private mutating func goOnTurning(
        to toDisc: SIMD2<Double>, _ radius: Double, _ outlook: Outlook, side: Double, already: Double
    ) {
        let state = outlook.state
        let direction = outlook.direction
        let tables = outlook.tables
        let model = tables.model
        let habit = model.habits[0]
        func rate(_ angle: Double) -> Double {
            model.hazard(deviation: wrapped(state.deviation + side * angle)) + model.endRate
        }
        let circles = 2 * habit.circleShare
        let turns = 2 * tables.angles.share(max(0, already - Self.turnSlack), .pi)
        let all = turns + circles
        guard all > 0 else { return }
        let stops = already + Self.turnSlack
        shares *= 2 * tables.angles.share(max(0, already - Self.turnSlack), stops) / all
        guard toDisc.length > radius else { return }
        for spread in FlightsToTurns.spreads {
            let share = 1 / (all * Double(FlightsToTurns.spreads.count))
            let turn = Arc(
                direction: direction, toDisc: toDisc / state.speed, discRadius: radius / state.speed, side: side,
                radius: model.turnSeconds * spread)
            turn.pieces { from, to in
                let mass = 2 * share * tables.angles.share(max(from + already, stops), to + already)
                add(mass, of: turn, after: (from + to) / 2, rate: rate((from + to) / 2))
            }
            let circle = Arc(
                direction: direction, toDisc: toDisc / state.speed, discRadius: radius / state.speed, side: side,
                radius: model.circleSeconds * spread)
            if circle.isDiscOnArc {
                add(circles * share, of: circle, after: circle.angles?.lowerBound ?? 0, rate: rate(0))
            } else {
                circle.pieces { from, to in
                    add(
                        circles * share * (to - from) / (2 * .pi), of: circle, after: (from + to) / 2,
                        rate: rate(0))
                }
            }
        }
    }

    /// How well it is known how far it has turned. Radians.
    private static let turnSlack = 0.2

    private mutating func add(_ mass: Double, of arc: Arc, after angle: Double, rate: Double) {
        guard mass > 0 else { return }
        let flown = arc.touch(after: angle)
        turns.add(mass * Double.exp(-rate * flown), at: flown)
    }

    /// It has been over the disc or passes beside it, and may come back.
    private mutating func comeBack(
        along: Double, left: Double, _ radius: Double, _ outlook: Outlook
    ) {
        let returns = outlook.returns
        let gap = max(0, abs(left) - radius) / outlook.state.speed
        let ahead = along / outlook.state.speed
        guard ahead < 0 || gap > 0, ahead > -returns.seconds, gap < Self.returnWidths * returns.widthSeconds
        else { return }
        returnRate = returns.rate * Double.exp(-gap / returns.widthSeconds)
        // Half a circle's turn and the way back; what is still ahead is passed first.
        returnFrom = abs(ahead) + returns.turnSeconds
        returnMost = returnRate * (returns.seconds + min(0, ahead))
    }

    /// Beyond, coming back is what the turns say.
    private static let returnWidths = 3.0
}

/// How one object may fly on: what all areas share.
package final class Outlook: Sendable {
    let state: FlightState
    let elapsed: Double
    let horizon: Double
    let tables: PassageTables
    let table: PassageTable
    let direction: SIMD2<Double>
    /// Of turns, per second.
    let hazard: Double
    /// Of ends, per second.
    let endRate: Double
    let returns: Returns
    /// How far from where it was last anything can be touched. Meters.
    let reach: Double
    /// How well its place is known now. Meters.
    let positionSigma: Double

    /// How it comes back, as ``TurnModel`` has it.
    struct Returns {
        var rate: Double
        var seconds: Double
        var widthSeconds: Double
        /// For half a circle.
        var turnSeconds: Double
    }

    /// The variance of the way across that wandering makes in so many seconds. Square meters.
    func wander(over seconds: Double) -> Double { tables.model.wander(state.speed, over: seconds) }

    /// - Parameters:
    ///   - elapsed: seconds since `state` held.
    ///   - horizon: seconds from now within which passages are asked for; at most ``PassageTable/horizon``.
    package init(_ state: FlightState, elapsed: Double, horizon: Double, tables: PassageTables) {
        self.state = state
        self.elapsed = elapsed
        self.horizon = horizon
        self.tables = tables
        table = tables.table(deviation: state.deviation)
        direction = SIMD2(Double.cos(state.course), Double.sin(state.course))
        let model = tables.model
        hazard = model.hazard(deviation: state.deviation)
        endRate = model.endRate
        returns = Returns(
            rate: model.returnRate, seconds: model.returnSeconds, widthSeconds: model.returnWidthSeconds,
            turnSeconds: .pi * model.turnSeconds)
        reach = state.speed * (elapsed + horizon + PassageTable.unnoticedSeconds) + 4 * state.positionSigma
        let drifted = state.courseSigma * state.speed * elapsed
        let variance = state.positionSigma * state.positionSigma + drifted * drifted / 2
        positionSigma = max(1, (variance + model.wander(state.speed, over: elapsed)).squareRoot())
    }
}
