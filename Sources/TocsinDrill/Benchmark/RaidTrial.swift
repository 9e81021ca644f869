internal import TocsinModel

/// One raid through all policies, decided every 10 s, and scored.
struct RaidTrial {
    let benchmark: Benchmark
    let raid: RaidRecord
    let truth: RaidTruth
    private var calibration: Calibration?

    init(of raid: RaidRecord, in benchmark: Benchmark) {
        self.benchmark = benchmark
        self.raid = raid
        truth = RaidTruth(of: raid, over: benchmark.country.areas, grid: benchmark.grid)
    }

    var areas: [BenchmarkArea] { benchmark.country.areas }
    var grid: DiscGrid { benchmark.grid }

    func position(ofLead seconds: Double) -> Int { benchmark.leads.firstIndex { $0 >= seconds } ?? 0 }

    mutating func result(of forecaster: (any RaidForecaster)?) -> RaidResult {
        var deciders = benchmark.rows.map { Decider($0, in: benchmark) }
        var forecaster = forecaster
        if forecaster != nil { calibration = Calibration() }
        var picture = RaidPicture(of: raid)
        var forecasts = RaidForecasts(leads: benchmark.leads)
        var chances = ArrivalChances(
            areaCount: areas.count, leadCount: benchmark.leads.count,
            missileWeights: Set(benchmark.policies.map(\.missileWeight)))
        let last = raid.closesAt
        for now in stride(from: 0.0, to: last, by: BenchmarkRules.decisionSeconds) {
            picture.advance(to: now)
            let approaches = ReachPolicy.approaches(
                of: picture.tracks, at: now, within: benchmark.longestReachLead, over: areas, grid: grid)
            chances.removeAll()
            for track in picture.tracks {
                forecasts.removeAll()
                forecaster?.forecast(track, at: now, into: &forecasts)
                chances.add(forecasts, of: track.objectClass)
                guard now.truncatingRemainder(dividingBy: Calibration.sampleSeconds) == 0 else { continue }
                var judged = calibration
                judged?.judge(forecasts, of: track, at: now, in: self)
                calibration = judged
            }
            for index in deciders.indices {
                deciders[index].decide(on: picture.tracks, approaches, chances, at: now)
            }
        }
        return RaidResult(
            tallies: tallies(deciders.map { $0.alarms(until: last, in: self) }), calibration: calibration,
            people: people())
    }

    /// By run, then by policy.
    private func tallies(_ alarms: [[Alarm]]) -> [[RaidTally]] {
        benchmark.runs.indices.map { run in
            benchmark.policies.indices.map { policy in
                let row = benchmark.row(policy: policy, run: run)
                return RaidTally(of: alarms[row], truth: truth, areas: areas, run: benchmark.runs[run])
            }
        }
    }

    private func people() -> [RaidResult.People] {
        benchmark.runs.map { run in
            var people = RaidResult.People()
            for arrival in truth.arrivals {
                people.arrivals += 1
                for exposure in arrival.exposures {
                    people.exposed += exposure.people
                    let shelter = run.secondsToShelter[exposure.area]
                    if !arrival.isWarnable(secondsToShelter: shelter) { people.sensedTooLate += exposure.people }
                }
            }
            return people
        }
    }

    /// P4: each true passage from seconds to shelter + 15 s before it until it is over, from the first sensing on.
    func routesKnown(run: ShelterRun) -> [Alarm] {
        let step = BenchmarkRules.decisionSeconds
        let alarms = raid.objects.indices.flatMap { object -> [Alarm] in
            guard let sensed = raid.objects[object].firstSensedAt else { return [] }
            return truth.passages[object].compactMap { passage in
                let wanted = max(sensed, passage.from - run.secondsToShelter[passage.area] - 15)
                let from = max(0, (wanted / step).rounded(.up) * step)
                let to = (passage.to / step).rounded(.up) * step
                return from < to ? Alarm(area: passage.area, from: from, to: to) : nil
            }
        }
        return Alarm.merged(alarms, until: raid.closesAt)
    }
}

/// What the raid did under every policy.
package struct RaidResult: Hashable, Sendable {
    /// By run, then by policy.
    package let tallies: [[RaidTally]]
    /// `nil` without a forecaster.
    package let calibration: Calibration?
    /// By run.
    package let people: [People]

    /// Who was exposed at all.
    package struct People: Hashable, Sendable, Codable {
        package var arrivals = 0
        package var exposed = 0.0
        /// Exposed by what was sensed too late to be warned of by anything that follows tracks.
        package var sensedTooLate = 0.0

        package init() {}

        package static func += (sum: inout People, other: People) {
            sum.arrivals += other.arrivals
            sum.exposed += other.exposed
            sum.sensedTooLate += other.sensedTooLate
        }
    }
}

/// A policy at work in one raid and one run.
private enum Decider {
    case regions(RegionPolicy)
    case reach(ReachPolicy)
    case forecast(ForecastPolicy)
    case routesKnown(ShelterRun)
    case always
    case never

    init(_ row: Benchmark.Row, in benchmark: Benchmark) {
        switch row.policy {
        case .regions: self = .regions(RegionPolicy(benchmark.regions))
        case .squares(let side):
            self = benchmark.squares.first { $0.side == side }.map { .regions(RegionPolicy($0.regions)) } ?? .never
        case .reach(let angle, let margin):
            self = .reach(ReachPolicy(halfAngleDegrees: angle, leads: row.run.leads(marginSeconds: margin)))
        case .forecast(let threshold, let margin, let hold, let weight):
            let leads = row.run.leads(marginSeconds: margin).map { lead in
                benchmark.leads.firstIndex { $0 >= lead } ?? benchmark.leads.count - 1
            }
            self = .forecast(
                ForecastPolicy(
                    threshold: threshold, holdSeconds: hold, missileWeight: weight, leadOfArea: leads))
        case .routesKnown: self = .routesKnown(row.run)
        case .always: self = .always
        case .never: self = .never
        }
    }

    mutating func decide(
        on tracks: [RaidTrack], _ approaches: [ReachPolicy.Approach], _ chances: ArrivalChances, at now: Double
    ) {
        switch self {
        case .regions(var policy):
            self = .never
            policy.decide(on: tracks, at: now)
            self = .regions(policy)
        case .reach(var policy):
            self = .never
            policy.decide(on: approaches, at: now)
            self = .reach(policy)
        case .forecast(var policy):
            self = .never
            policy.decide(on: chances, at: now)
            self = .forecast(policy)
        case .routesKnown, .always, .never: break
        }
    }

    func alarms(until end: Double, in trial: RaidTrial) -> [Alarm] {
        switch self {
        case .regions(var policy): policy.finish(at: end)
        case .reach(var policy): policy.finish(at: end)
        case .forecast(var policy): policy.finish(at: end)
        case .routesKnown(let run): trial.routesKnown(run: run)
        case .always: trial.areas.indices.map { Alarm(area: $0, from: 0, to: end) }
        case .never: []
        }
    }
}
