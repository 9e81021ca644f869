// Numeric kernel: bare SI units and radians on a plane, x east, y north.
internal import RealModule

/// When one object first touches one disc: a probability for every time.
///
/// Four ways lead there: on without a turn, by a turn to come (``PassageTable``) or that it is in, back after having
/// passed, and any other. They exclude each other nearly enough to be added.
package struct Passage {
    /// It is there already.
    private var inside = 0.0
    /// Without a turn: the shares of the directions into the disc, in four pieces, and when each touches it.
    private var shares = SIMD4<Double>.zero
    private var times = SIMD4<Double>.zero
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

    /// - Parameter least: a disc that is touched with less than this probability within the horizon is left out.
    /// - Returns: `nil` for such a disc.
    package init?(of outlook: Outlook, into center: SIMD2<Double>, radius: Double, least: Double) {
        let state = outlook.state
        let direction = outlook.direction
        let toDisc = center - state.position
        let reach = outlook.reach + radius
        guard toDisc.squaredLength <= reach * reach else { return nil }
        elapsed = outlook.elapsed
        let here = toDisc - direction * (state.speed * elapsed)
        let left = toDisc.y * direction.x - toDisc.x * direction.y
        let along = toDisc.x * direction.x + toDisc.y * direction.y
        let hereAlong = along - state.speed * elapsed
        let distance = toDisc.length
        dwell = min(Self.longestDwell, 2 * radius / state.speed)
        other = state.phase.unmodelledShare
        otherwise = other * (distance > radius ? Double.asin(radius / distance) / .pi : 1)
        let side = state.deviation < 0 ? -1.0 : 1.0
        func curve(_ along: Double, _ distance: Double) -> SlackCurve {
            let edge = max(0, distance - radius) / state.speed
            return SlackCurve(
                from: edge,
                outlook.table.passages(
                    edge: edge, bearing: Double.atan2(y: left, x: along) * side, radius: radius / state.speed))
        }
        turns = curve(along, distance)
        if elapsed > Self.silentSeconds { turnsAhead = curve(hereAlong, here.length) }
        goStraightOn(to: here, radius, outlook)
        if case .turning(let side, let angle) = state.phase {
            goOnTurning(to: toDisc, radius, state, side: side, already: angle, outlook.tables)
        }
        turnsOver = turns.probability(by: elapsed - dwell)
        comeBack(along: hereAlong, left: left, radius, state, outlook.tables.model)
        guard probability(by: outlook.horizon) >= least else { return nil }
    }

    /// A silent object is taken to have left a large disc again after this.
    private static let longestDwell = 300.0

    /// The probability of a first touch at most `lead` seconds from now, for an object that still flies.
    package func probability(by lead: Double) -> Double {
        var way = max(0, min(returnMost, returnRate * (lead - returnFrom) / 2))
        if goesStraight {
            for piece in 0..<4 where shares[piece] > 0 {
                way += shares[piece] * normalShare((lead - times[piece]) / timeSigma)
            }
        }
        var turned = turns.probability(by: elapsed + lead) - turnsOver
        if let turnsAhead { turned = max(turned, turnsAhead.probability(by: lead)) }
        let outside = (1 - other) * (way + max(0, turned)) + (lead + elapsed >= turns.from ? otherwise : 0)
        return min(1, inside + (1 - inside) * min(1, outside))
    }

    /// The way to a disc is never known better than to so many seconds: it bends a little.
    private static let entrySeconds = 3.0

    // MARK: The four ways

    private mutating func goStraightOn(to here: SIMD2<Double>, _ radius: Double, _ outlook: Outlook) {
        let state = outlook.state
        let model = outlook.tables.model
        let distance = here.length
        func unturned(after seconds: Double) -> Double {
            Double.exp(-outlook.hazard * (seconds + PassageTable.unnoticedSeconds))
        }
        let positionVariance = state.positionSigma * state.positionSigma
        inside = normalShare((radius - distance) / outlook.positionSigma) * unturned(after: elapsed)
        guard distance > radius else { return }
        let flown = elapsed + (distance - radius) / state.speed
        let across = (positionVariance + model.wander(state.speed, over: flown)) / (distance * distance)
        let sigma = (state.courseSigma * state.courseSigma + across).squareRoot()
        let along = state.speedSigma * flown
        let late = Self.entrySeconds * state.speed
        timeSigma = (along * along + positionVariance + late * late).squareRoot() / state.speed
        let bearing = wrapped(Double.atan2(y: here.y, x: here.x) - state.course)
        let half = Double.asin(radius / distance)
        // Beyond, not even the wide courses lead there.
        guard abs(bearing) - half < Self.widestCourse * sigma else { return }
        let spared = unturned(after: flown)
        var before = courseShare((bearing - half) / sigma)
        for piece in 0..<4 {
            let share = courseShare((bearing + half * (Double(piece) - 1) / 2) / sigma)
            let offset = half * (Double(piece) - 1.5) / 2
            let sine = distance * Double.sin(offset)
            let entry = distance * Double.cos(offset) - max(0, radius * radius - sine * sine).squareRoot()
            times[piece] = entry / state.speed
            shares[piece] = max(0, share - before) * spared * Double.exp(-model.endRate * max(0, times[piece]))
            before = share
        }
        goesStraight = shares.sum() > 0
    }

    private static let widestCourse = 15.0

    /// It has turned by `already`; the whole turn is at least that. It may stop here, go on, or be on a circle.
    private mutating func goOnTurning(
        to toDisc: SIMD2<Double>, _ radius: Double, _ state: FlightState, side: Double, already: Double,
        _ tables: PassageTables
    ) {
        let model = tables.model
        let habit = model.habits[0]
        func rate(_ angle: Double) -> Double {
            model.habit(deviation: wrapped(state.deviation + side * angle)).hazard + model.endRate
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
                heading: state.course, toDisc: toDisc / state.speed, discRadius: radius / state.speed, side: side,
                radius: model.turnSeconds * spread)
            turn.pieces { from, to in
                let mass = 2 * share * tables.angles.share(max(from + already, stops), to + already)
                add(mass, of: turn, after: (from + to) / 2, rate: rate((from + to) / 2))
            }
            let circle = Arc(
                heading: state.course, toDisc: toDisc / state.speed, discRadius: radius / state.speed, side: side,
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
        along: Double, left: Double, _ radius: Double, _ state: FlightState, _ model: TurnModel
    ) {
        let gap = max(0, abs(left) - radius) / state.speed
        let ahead = along / state.speed
        guard ahead < 0 || gap > 0, ahead > -model.returnSeconds, gap < Self.returnWidths * model.returnWidthSeconds
        else { return }
        returnRate = model.returnRate * Double.exp(-gap / model.returnWidthSeconds)
        // Half a circle's turn and the way back; what is still ahead is passed first.
        returnFrom = abs(ahead) + .pi * model.turnSeconds
        returnMost = returnRate * (model.returnSeconds + min(0, ahead))
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
    /// How far from where it was last anything can be touched. Meters.
    let reach: Double
    /// How well its place is known now. Meters.
    let positionSigma: Double

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
        hazard = model.habit(deviation: state.deviation).hazard
        reach = state.speed * (elapsed + horizon + PassageTable.unnoticedSeconds) + 4 * state.positionSigma
        let drifted = state.courseSigma * state.speed * elapsed
        let variance = state.positionSigma * state.positionSigma + drifted * drifted / 2
        positionSigma = max(1, (variance + model.wander(state.speed, over: elapsed)).squareRoot())
    }
}
