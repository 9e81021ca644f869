package import TocsinModel

/// How well a raid was warned of. Definitions: Docs/drill.md.
package struct Score: Hashable, Sendable, Codable {
    package var objects: Int
    /// Ends on the ground, by impact or fall.
    package var ends: Int
    /// Those with people in their danger radius: what is to be warned of.
    package var arrivals: Int
    /// Tocsin first, then the same without the faults of sensors and tracks, then those it is compared with.
    package var policies: [PolicyScore]
    package var statements: StatementScore
    package var tracking: TrackingScore
    package var classes: ClassScore
    package var losses: LossScore
    package var warningsRaised: Int
    package var warningsEnded: Int

    /// - Parameters:
    ///   - changes: every change of a warning in the run.
    ///   - perfectChanges: the same of a run on ``PerfectFeed`` instead of sensors.
    ///   - sightings: every confirmed track, every second.
    ///   - regionNames: by area; areas of one name are warned together.
    ///   - sensedAt: ascending times of the reports about each object, by object. Seconds.
    package init(
        of changes: [WarningChange], perfectChanges: [WarningChange], sightings: [TrackSighting], raid: Raid,
        outcome: RaidOutcome, regionNames: [String], sensedAt: [[Double]]
    ) {
        let tracks = TrackMatching(of: sightings, in: raid)
        let regionWide = Policy.regionWide(outcome, raid: raid, regionNames: regionNames, sensedAt: sensedAt)
        objects = raid.objects.count
        ends = outcome.arrivals.count + outcome.arrivalsWithoutPeople
        arrivals = outcome.arrivals.count
        let alarms = Alarm.alarms(of: changes, in: outcome)
        let perfectAlarms = Alarm.alarms(of: perfectChanges, in: outcome)
        policies = [
            PolicyScore("tocsin", of: alarms, in: outcome),
            PolicyScore("perfect feed", of: perfectAlarms, in: outcome),
            PolicyScore("region-wide", of: regionWide, in: outcome),
            PolicyScore("routes known", of: Policy.routesKnown(outcome), in: outcome),
            PolicyScore("always", of: Policy.always(outcome), in: outcome),
            PolicyScore("never", of: [], in: outcome),
        ]
        statements = StatementScore(of: changes, tracks: tracks, in: outcome)
        tracking = TrackingScore(of: tracks, in: outcome)
        classes = ClassScore(of: raid.objects.map(\.objectClass), names: tracks.names)
        losses = LossScore(
            of: alarms, tracks: tracks, perfectAlarms: perfectAlarms,
            feed: PerfectFeed(of: raid), in: outcome)
        warningsRaised = changes.count { $0.kind == .raised && $0.warning.exercise }
        warningsEnded = changes.count { $0.kind == .ended && $0.warning.exercise }
    }
}

/// What one way to warn reached and what it cost.
package struct PolicyScore: Hashable, Sendable, Codable {
    package var name: String
    /// Over the arrivals that were sensed early enough to be warned of at all.
    package var warnable: HitRate
    /// Over all arrivals.
    package var all: HitRate
    /// Population x time of every alarm.
    package var personHours: Double
    /// The part in areas where nobody was exposed during the whole raid.
    package var needlessPersonHours: Double
    package var alarms: Int

    package init(_ name: String, of alarms: [Alarm], in outcome: RaidOutcome) {
        let exposed = outcome.isExposed
        func personHours(_ alarm: Alarm) -> Double {
            Double(outcome.areas[alarm.area].population) * (alarm.to - alarm.from) / 3_600
        }
        self.name = name
        warnable = HitRate(of: alarms, in: outcome) { outcome.isWarnable($0, in: $1) }
        all = HitRate(of: alarms, in: outcome) { _, _ in true }
        self.personHours = alarms.reduce(0) { $0 + personHours($1) }
        needlessPersonHours = alarms.reduce(0) { $0 + (exposed[$1.area] ? 0 : personHours($1)) }
        self.alarms = alarms.count
    }
}

/// The share warned in time: the alarm was on, without a break, from seconds to shelter + 5 s before the arrival
/// until the arrival.
package struct HitRate: Hashable, Sendable, Codable {
    package var arrivals: Int
    package var people: Double
    /// Every arrival counts 1, spread over its exposed people; `nil` without arrivals.
    package var byArrival: Double?
    /// Every exposed person counts 1; `nil` without people.
    package var byPeople: Double?

    package init(
        of alarms: [Alarm], in outcome: RaidOutcome,
        counting counts: (_ arrival: RaidOutcome.Arrival, _ area: Int) -> Bool
    ) {
        var hitShares = 0.0
        var hitPeople = 0.0
        arrivals = 0
        people = 0
        for arrival in outcome.arrivals {
            let exposures = arrival.exposures.filter { counts(arrival, $0.area) }
            let exposed = exposures.reduce(0) { $0 + $1.people }
            guard exposed > 0 else { continue }
            let warned = exposures.reduce(0) { sum, exposure in
                outcome.isWarned(of: arrival, in: exposure.area, by: alarms) ? sum + exposure.people : sum
            }
            arrivals += 1
            people += exposed
            hitShares += warned / exposed
            hitPeople += warned
        }
        byArrival = arrivals > 0 ? hitShares / Double(arrivals) : nil
        byPeople = people > 0 ? hitPeople / people : nil
    }
}

/// Whether the earliest arrival that warnings state comes before the true one.
package struct StatementScore: Hashable, Sendable, Codable {
    /// Statements (first issues and revisions) about objects that did come afterwards.
    package var count: Int
    /// The share whose stated earliest is not after the true first passage; `nil` without statements.
    package var earliestBeforeTrue: Double?
    /// Mean of true first passage minus stated earliest, in seconds: how early the earliest is.
    package var meanGapSeconds: Double?

    init(of changes: [WarningChange], tracks: TrackMatching, in outcome: RaidOutcome) {
        var gaps: [Double] = []
        for change in changes where change.warning.exercise && change.kind != .ended {
            guard let stated = change.warning.arrival?.earliest else { continue }
            let now = change.warning.changedAt.seconds(since: outcome.startsAt)
            let objects = change.warning.tracks.compactMap { tracks.object(of: $0) }
            let passages = objects.flatMap { outcome.passages[$0] }
                .filter { outcome.areas[$0.area].id == change.warning.area && $0.to >= now }
            guard let first = passages.map(\.from).min(), first >= now else { continue }
            gaps.append(first - stated.seconds(since: outcome.startsAt))
        }
        count = gaps.count
        earliestBeforeTrue = gaps.isEmpty ? nil : Double(gaps.count { $0 >= 0 }) / Double(gaps.count)
        meanGapSeconds = gaps.isEmpty ? nil : gaps.reduce(0, +) / Double(gaps.count)
    }
}

/// How well objects were followed.
package struct TrackingScore: Hashable, Sendable, Codable {
    package var objectsSensed: Int
    /// Objects with a confirmed track.
    package var objectsTracked: Int
    /// Of the objects sensed; `nil` if none was.
    package var trackedShare: Double?
    package var confirmedTracks: Int
    /// Confirmed tracks that were never near an object.
    package var falseTracks: Int
    /// From the first report about an object to its first confirmed track; `nil` without one.
    package var meanConfirmationSeconds: Double?
    /// Of the sensed life of all objects, the share with a confirmed track of their own.
    package var timeTrackedShare: Double?

    init(of tracks: TrackMatching, in outcome: RaidOutcome) {
        let sensed = outcome.firstSensed.indices.filter { outcome.firstSensed[$0] != nil }
        let delays = sensed.compactMap { object -> Double? in
            guard let confirmed = tracks.confirmedAt[object], let first = outcome.firstSensed[object]
            else { return nil }
            return max(0, confirmed.seconds(since: outcome.startsAt) - first)
        }
        objectsSensed = sensed.count
        objectsTracked = delays.count
        trackedShare = sensed.isEmpty ? nil : Double(delays.count) / Double(sensed.count)
        confirmedTracks = tracks.confirmedTracks
        falseTracks = tracks.falseTracks
        meanConfirmationSeconds = delays.isEmpty ? nil : delays.reduce(0, +) / Double(delays.count)
        timeTrackedShare = tracks.timeTrackedShare(firstSensed: outcome.firstSensed)
    }
}
