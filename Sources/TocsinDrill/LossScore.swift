internal import TocsinModel

/// Where on its way the warning of an arrival was lost: the first stage of the chain that failed.
package enum LossStage: String, Hashable, Sendable, Codable, CaseIterable {
    /// No sensor reported the object before it came down.
    case neverSensed
    /// The first report came too late for anything that follows tracks to warn in time.
    case sensedTooLate
    /// Sensed in time, and no confirmed track followed it when people had to be told.
    case notFollowed
    /// A confirmed track followed it, and the forecast and the engine did not warn in time.
    case notWarned
    case warned

    /// - Parameters:
    ///   - alarms: of the chain.
    ///   - tracks: of the chain.
    init(
        of arrival: RaidOutcome.Arrival, in area: Int, _ outcome: RaidOutcome, alarms: [Alarm], tracks: TrackMatching
    ) {
        let warnBy = outcome.startsAt.advanced(bySeconds: outcome.warnBy(arrival, in: area))
        if outcome.isWarned(of: arrival, in: area, by: alarms) {
            self = .warned
        } else if (outcome.firstSensed[arrival.object] ?? .infinity) >= arrival.at {
            self = .neverSensed
        } else if !outcome.isWarnable(arrival, in: area) {
            self = .sensedTooLate
        } else if tracks.isFollowed(arrival.object, at: warnBy) {
            self = .notWarned
        } else {
            self = .notFollowed
        }
    }
}

/// Where warnings were lost: the chain stage by stage, and beside it the same raid warned of on a perfect feed.
/// Every arrival counts 1, spread over its exposed people.
package struct LossScore: Hashable, Sendable, Codable {
    /// What was lost at one stage, or warned.
    package struct Part: Hashable, Sendable, Codable {
        package var stage: LossStage
        package var arrivals: Double
        package var people: Double
    }

    /// In the order of `LossStage.allCases`; they add up to all arrivals near people.
    package var parts: [Part]
    /// The arrivals that the perfect feed tells of early enough to be warned of.
    package var warnableByPerfectFeed: Double
    /// Those of all arrivals that are warned in time on the perfect feed.
    package var warnedByPerfectFeed: Double
    /// Warned in time on the perfect feed, less those warned in time by the chain; negative if the chain warns of more.
    package var lostBySensingAndTracking: Double
    /// Warnable on the perfect feed, and not warned in time on it.
    package var lostByForecasting: Double
    /// The same as a share of the warnable ones: 1 less the perfect feed's hits; `nil` without any.
    package var forecastingShare: Double?
    /// Came so soon that not even the perfect feed told of them in time.
    package var tooSoonForAnybody: Double

    /// - Parameters:
    ///   - alarms: of the chain of sensors, tracker, forecast and engine.
    ///   - perfectAlarms: of the same forecast and engine on `feed`.
    init(
        of alarms: [Alarm], tracks: TrackMatching, perfectAlarms: [Alarm], feed: PerfectFeed, in outcome: RaidOutcome
    ) {
        var parts = LossStage.allCases.map { Part(stage: $0, arrivals: 0, people: 0) }
        var warnable = 0.0
        var hits = 0.0
        var warnableHits = 0.0
        var tooSoon = 0.0
        for arrival in outcome.arrivals {
            let all = arrival.exposures.reduce(0) { $0 + $1.people }
            for exposure in arrival.exposures {
                let share = exposure.people / all
                let stage = LossStage(of: arrival, in: exposure.area, outcome, alarms: alarms, tracks: tracks)
                for index in parts.indices where parts[index].stage == stage {
                    parts[index].arrivals += share
                    parts[index].people += exposure.people
                }
                let isHit = outcome.isWarned(of: arrival, in: exposure.area, by: perfectAlarms)
                let isWarnable = outcome.isWarnable(
                    arrival, in: exposure.area, sensedAt: feed.firstTold[arrival.object])
                if isHit { hits += share }
                if isWarnable { warnable += share }
                if isHit, isWarnable { warnableHits += share }
                if !isHit, !isWarnable { tooSoon += share }
            }
        }
        self.parts = parts
        warnableByPerfectFeed = warnable
        warnedByPerfectFeed = hits
        lostBySensingAndTracking = hits - parts.reduce(0) { $0 + ($1.stage == .warned ? $1.arrivals : 0) }
        lostByForecasting = warnable - warnableHits
        forecastingShare = warnable > 0 ? 1 - warnableHits / warnable : nil
        tooSoonForAnybody = tooSoon
    }

    package subscript(_ stage: LossStage) -> Part {
        parts.first { $0.stage == stage } ?? Part(stage: stage, arrivals: 0, people: 0)
    }
}
