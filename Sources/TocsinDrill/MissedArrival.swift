package import TocsinModel

/// What became of an arrival that people were not warned of in time, stage by stage, for the area in which most of
/// them live.
package struct MissedArrival: Hashable, Sendable {
    package var object: Int
    package var objectClass: ObjectClass
    package var end: RaidEnd.Kind
    package var at: Instant
    package var area: Area
    /// In all areas.
    package var exposedPeople: Double
    /// Those of them who were not warned in time.
    package var missedPeople: Double
    /// When people of the area had to be told at the latest.
    package var warnBy: Instant
    package var stage: LossStage
    /// `nil`: never before it came down.
    package var firstSensed: Sensing?
    /// The last one until ``warnBy``; `nil`: none.
    package var lastSensed: Sensing?
    /// How many arrived until ``warnBy``.
    package var reportsInTime: Int
    /// When the first track near it was confirmed; `nil`: not before it came down.
    package var trackConfirmedAt: Instant?
    /// When a confirmed track was last near it, until ``warnBy``; `nil`: never.
    package var lastFollowedAt: Instant?
    /// The tracks that followed it, by ascending number.
    package var tracks: [TrackNumber]
    /// The area's last alarm that lasted beyond ``warnBy`` and began before the arrival, too late or ended too
    /// early; `nil`: none.
    package var alarm: AlarmSpan?

    /// A report about the object.
    package struct Sensing: Hashable, Sendable {
        /// When the report arrived.
        package var at: Instant
        package var kind: SensorKind
    }

    /// From when to when an alarm was on.
    package struct AlarmSpan: Hashable, Sendable {
        package var from: Instant
        package var to: Instant
    }

    /// The arrivals missed worst: most people not warned in time first, of equals the latest alarm first.
    ///
    /// - Parameters:
    ///   - changes: every change of a warning in the run.
    ///   - sightings: every confirmed track, every second.
    ///   - messages: what the sensors said, by arrival.
    ///   - kinds: of the sensors.
    package static func worst(
        _ count: Int, of changes: [WarningChange], sightings: [TrackSighting], raid: Raid, outcome: RaidOutcome,
        messages: [SimulatedMessage], kinds: [SensorID: SensorKind]
    ) -> [MissedArrival] {
        let alarms = Alarm.alarms(of: changes, in: outcome)
        let tracks = TrackMatching(of: sightings, in: raid)
        let sensings = Self.sensings(messages, objects: raid.objects.count, kinds: kinds)
        let missed = outcome.arrivals.compactMap { arrival in
            MissedArrival(
                arrival, alarms: alarms, tracks: tracks, sensings: sensings[arrival.object],
                object: raid.objects[arrival.object], outcome: outcome)
        }
        return Array(missed.sorted(by: { $0.isWorse(than: $1) }).prefix(count))
    }

    private static func sensings(
        _ messages: [SimulatedMessage], objects: Int, kinds: [SensorID: SensorKind]
    ) -> [[Sensing]] {
        var sensings = [[Sensing]](repeating: [], count: objects)
        for message in messages {
            guard let object = message.object, let kind = kinds[message.sensor] else { continue }
            sensings[object].append(Sensing(at: message.arrivesAt, kind: kind))
        }
        return sensings
    }

    /// - Returns: `nil` if everybody was warned in time.
    private init?(
        _ arrival: RaidOutcome.Arrival, alarms: [Alarm], tracks: TrackMatching, sensings: [Sensing],
        object: RaidObject, outcome: RaidOutcome
    ) {
        let missed = arrival.exposures.filter { !outcome.isWarned(of: arrival, in: $0.area, by: alarms) }
        guard let worst = missed.max(by: { ($0.people, $1.area) < ($1.people, $0.area) }) else { return nil }
        func instant(_ seconds: Double) -> Instant { outcome.startsAt.advanced(bySeconds: seconds) }
        let warnBySeconds = outcome.warnBy(arrival, in: worst.area)
        let warnBy = instant(warnBySeconds)
        self.object = object.number
        objectClass = object.objectClass
        end = object.end.kind
        at = object.end.at
        area = outcome.areas[worst.area]
        exposedPeople = arrival.exposures.reduce(0) { $0 + $1.people }
        missedPeople = missed.reduce(0) { $0 + $1.people }
        self.warnBy = warnBy
        stage = LossStage(of: arrival, in: worst.area, outcome, alarms: alarms, tracks: tracks)
        firstSensed = sensings.first.flatMap { $0.at < object.end.at ? $0 : nil }
        lastSensed = sensings.last { $0.at <= warnBy }
        reportsInTime = sensings.count { $0.at <= warnBy }
        trackConfirmedAt = tracks.confirmedAt[object.number]
        lastFollowedAt = tracks.lastFollowed(object.number, until: warnBy)
        self.tracks = tracks.tracks(of: object.number)
        alarm = alarms.last { $0.area == worst.area && $0.from <= arrival.at && $0.to > warnBySeconds }
            .map { AlarmSpan(from: instant($0.from), to: instant($0.to)) }
    }

    private func isWorse(than other: MissedArrival) -> Bool {
        if missedPeople != other.missedPeople { return missedPeople > other.missedPeople }
        guard let from = alarm?.from, let otherFrom = other.alarm?.from else {
            return alarm == nil && (other.alarm != nil || object < other.object)
        }
        return (otherFrom, object) < (from, other.object)
    }
}
