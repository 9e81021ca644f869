internal import RealModule
internal import TocsinModel

/// Where the antenna of a radar points, learnt from its plots, and the plots that wait for their sector to end.
///
/// The azimuth of a plot is that of the antenna when it was measured. The angle is counted in turns and never goes
/// back: a phase-locked loop (gain 0.2 per plot, Barcelona radar) that also learns the rate of turn. The turn is cut
/// into 18 sectors; a sector is over when no more plots of it are to be expected.
struct AntennaSweep: Hashable, Sendable, Codable {
    /// The plots of one sector of one turn.
    struct Sector {
        /// Counted from the first turn on.
        var number: Int
        /// When the antenna pointed at its middle.
        var at: Instant
        var reports: [Report]
        /// The radar was alive over all of it: what it did not report it did not see.
        var isWatched: Bool
        /// It has been given out before; this is a plot that came too late for that.
        var isLate = false
        /// The azimuth at which it begins, radians.
        var azimuth: Double
    }

    /// 0.22 s of a turn of four seconds; 36 do no better (Barcelona radar).
    static let sectors = 18
    /// The width of a sector, radians.
    static let width = 2 * Double.pi / Double(sectors)

    private struct Waiting: Hashable, Codable {
        var sector: Int
        var report: Report
    }

    /// Of the radar's settings, seconds.
    private let nominalTurn: Double
    /// Turns per second.
    private var rate: Double
    /// Turns, at `angleAt`; its fraction is the azimuth.
    private var angle = 0.0
    private var angleAt: Instant
    /// The next sector to be given out.
    private var next: Int?
    private var waiting: [Waiting] = []
    /// Over this time the radar showed itself alive without a long pause.
    private var aliveFrom: Instant
    private var aliveTo: Instant
    private var newest: Instant
    /// How far the antenna has turned since a plot when it comes, by the newest plot, and how late after it was measured
    /// it comes; seconds.
    private var disorder = LearntDelay(least: 0.25)
    private var latency = LearntDelay(least: 0)

    private enum Loop {
        static let angleGain = 0.2
        static let rateGain = 0.02
        /// The rate is learnt over at least this part of a turn.
        static let shortest = 0.25
        /// Radars keep their turn to better than this.
        static let rateShare = 0.2
    }

    /// A radar that says nothing for so many turns may be dead.
    private static let silentTurns = 2.5
    /// Sectors that passed while the radar was silent for longer are not given out: turns.
    private static let outage = 20

    init(turnSeconds: Double, at instant: Instant) {
        nominalTurn = turnSeconds
        rate = 1 / turnSeconds
        (angleAt, aliveFrom, aliveTo, newest) = (instant, instant, instant, instant)
    }

    var turnSeconds: Double { 1 / rate }

    /// Notes that the radar was alive at `instant`.
    mutating func hear(at instant: Instant) {
        if instant.seconds(since: aliveTo) > Self.silentTurns * nominalTurn { aliveFrom = instant }
        aliveTo = max(aliveTo, instant)
    }

    /// Follows a correction of the radar's clock.
    mutating func move(bySeconds seconds: Double) {
        for index in waiting.indices {
            waiting[index].report.measuredAt = waiting[index].report.measuredAt.advanced(bySeconds: seconds)
        }
        angleAt = angleAt.advanced(bySeconds: seconds)
        aliveFrom = aliveFrom.advanced(bySeconds: seconds)
        aliveTo = aliveTo.advanced(bySeconds: seconds)
        newest = newest.advanced(bySeconds: seconds)
    }

    /// Keeps a plot until its sector is over.
    /// - Returns: A sector with the plot alone if its sector has been given out; what that did not hold has been
    ///   counted.
    mutating func add(_ report: Report, azimuth: Double) -> Sector? {
        let at = report.measuredAt
        let turns = azimuth / (2 * .pi)
        guard let next else {
            angle = turns - turns.rounded(.down)
            angleAt = at
            self.next = sector(of: angle)
            waiting.append(Waiting(sector: sector(of: angle), report: report))
            return nil
        }
        let seconds = at.seconds(since: angleAt)
        let predicted = angle + seconds * rate
        let step = (turns - predicted).remainder(dividingBy: 1)
        if seconds > 0 { turn(to: predicted, by: step, at: at, after: seconds) }
        hear(at: at)
        noteDelay(of: report, angle: predicted + step)
        let sector = sector(of: predicted + step)
        guard sector >= next else {
            var late = given(sector, [report], isWatched: false)
            late.isLate = true
            return late
        }
        waiting.append(Waiting(sector: sector, report: report))
        return nil
    }

    private mutating func turn(to predicted: Double, by step: Double, at instant: Instant, after seconds: Double) {
        angle = predicted + Loop.angleGain * step
        angleAt = instant
        let change = Loop.rateGain * step / max(seconds, Loop.shortest * nominalTurn)
        let bounds = (1 - Loop.rateShare) / nominalTurn...(1 + Loop.rateShare) / nominalTurn
        rate = min(max(rate + change, bounds.lowerBound), bounds.upperBound)
    }

    /// Times that disagree with the azimuths, such as whole seconds, are disorder too: a plot belongs where the antenna
    /// was, and its sector must wait for it.
    private mutating func noteDelay(of report: Report, angle: Double) {
        newest = max(newest, report.measuredAt)
        disorder.note((self.angle(at: newest) - angle) / rate, atMost: nominalTurn / 2)
        latency.note(report.receivedAt.seconds(since: report.measuredAt), atMost: 2 * nominalTurn)
    }

    private func sector(of angle: Double) -> Int { Int((angle * Double(Self.sectors)).rounded(.down)) }

    private func angle(at instant: Instant) -> Double { angle + instant.seconds(since: angleAt) * rate }

    private func time(of angle: Double) -> Instant { angleAt.advanced(bySeconds: (angle - self.angle) / rate) }

    /// Gives out the sectors that are over: because plots of later ones have come, or because so much time has
    /// passed; time alone says nothing of sectors beyond the last plot, for the radar may be dead.
    /// - Parameter now: `nil`: only plots count.
    mutating func takeSectors(at now: Instant?) -> [Sector] {
        guard var first = next else { return [] }
        // Half a sector more, for what was learnt is forgotten slowly.
        let margin = disorder.seconds + 0.5 * turnSeconds / Double(Self.sectors)
        var limit = sector(of: angle(at: newest.advanced(bySeconds: -margin)))
        if let now, let last = waiting.map(\.sector).max() {
            let passed = sector(of: angle(at: now.advanced(bySeconds: -latency.seconds - margin)))
            limit = max(limit, min(passed, last + 1))
        }
        guard limit > first else { return [] }
        let earliest = waiting.map(\.sector).min() ?? limit
        if limit - first > Self.outage * Self.sectors {
            first = min(earliest, limit - Self.outage * Self.sectors)
        }
        next = limit
        let due = waiting.filter { $0.sector < limit }
        waiting.removeAll { $0.sector < limit }
        return (first..<limit).compactMap { number in
            let reports = due.filter { $0.sector == number }.map(\.report)
            let isWatched = time(of: Double(number) / Double(Self.sectors)) >= aliveFrom
            return isWatched || !reports.isEmpty ? given(number, reports, isWatched: isWatched) : nil
        }
    }

    private func given(_ number: Int, _ reports: [Report], isWatched: Bool) -> Sector {
        let begin = Double(number) / Double(Self.sectors)
        return Sector(
            number: number, at: time(of: begin + 0.5 / Double(Self.sectors)), reports: reports, isWatched: isWatched,
            azimuth: 2 * .pi * (begin - begin.rounded(.down)))
    }
}
