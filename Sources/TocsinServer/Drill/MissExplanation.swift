package import TocsinDrill
package import TocsinModel
package import TocsinPipeline
internal import TocsinWarning

/// One arrival that people were not warned of in time, explained: what really happened beside what the pipeline
/// believed when the warning should have been on.
package struct MissExplanation: Sendable {
    package let missed: MissedArrival
    /// Of ``MissedArrival/area`` at ``MissedArrival/warnBy``; `nil`: that was before the raid's first second.
    package let explanation: AreaExplanation?

    /// How many of the arrivals missed worst are explained.
    package static let count = 5

    /// The moments at which arrivals that may be missed must be explained.
    package static func moments(of outcome: RaidOutcome) -> [ExplainedMoment] {
        outcome.arrivals.flatMap { arrival in
            arrival.exposures.compactMap { exposure in
                let warnBy = outcome.warnBy(arrival, in: exposure.area)
                guard warnBy >= 0 else { return nil }
                return ExplainedMoment(
                    area: outcome.areas[exposure.area].id, at: outcome.startsAt.advanced(bySeconds: warnBy))
            }
        }
    }

    /// The arrivals missed worst, worst first; of a run that explained ``moments(of:)``.
    package static func worst(of run: DrillRun, in exercise: DrillExercise) -> [MissExplanation] {
        let kinds = exercise.sensors.map { ($0.settings.id, $0.settings.kind) }
        let missed = MissedArrival.worst(
            count, of: run.changes, sightings: run.sightings, raid: exercise.raid, outcome: exercise.outcome,
            messages: exercise.messages, kinds: Dictionary(kinds, uniquingKeysWith: { first, _ in first }))
        return missed.map { missed in
            let moment = ExplainedMoment(area: missed.area.id, at: missed.warnBy)
            return MissExplanation(missed: missed, explanation: run.explanations[moment])
        }
    }

    /// What was counted for the exercise; the empty live world where nothing was there; `nil`: nothing was explained.
    private var world: AreaExplanation.World? {
        explanation?.worlds.first { $0.stage.exercise } ?? explanation?.worlds.first
    }

    /// The tracks of the object that the pipeline considered for the area.
    private var considered: [ConsideredTrack] {
        world?.tracks.filter { missed.tracks.contains($0.number) } ?? []
    }

    // MARK: Words

    /// One paragraph in plain English.
    package var words: String {
        ([arrival, sensing, tracking] + forecast + engine).joined(separator: " ")
    }

    private var arrival: String {
        let name = PlainFigure.words(missed.objectClass.rawValue)
        let coming =
            switch missed.end {
            case .impact: "hit"
            // What left never arrived.
            case .fall, .left: "fell on"
            }
        return "Object \(missed.object) (\(name)) \(coming) \(missed.area.name) at \(PlainFigure.clock(missed.at)): "
            + "\(Self.people(missed.missedPeople)) of \(Self.people(missed.exposedPeople)) exposed people were not "
            + "warned in time; they had to be told by \(PlainFigure.clock(missed.warnBy)). "
            + "Where it was lost: \(missed.stage.words)."
    }

    private var sensing: String {
        guard let first = missed.firstSensed else { return "No sensor reported it before it came down." }
        let before = PlainFigure.duration(seconds: missed.at.seconds(since: first.at))
        var text =
            "A \(first.kind.rawValue) sensed it first, at \(PlainFigure.clock(first.at)), \(before) before it came down"
        if let last = missed.lastSensed {
            let silence = PlainFigure.duration(seconds: missed.warnBy.seconds(since: last.at))
            text +=
                "; of \(missed.reportsInTime) reports in time the last was a \(last.kind.rawValue)'s, \(silence) before "
                + "people had to be told"
        }
        return text + "."
    }

    private var tracking: String {
        guard let confirmed = missed.trackConfirmedAt else { return "No track of it was ever confirmed." }
        let clock = PlainFigure.clock(confirmed)
        if confirmed > missed.warnBy {
            let late = PlainFigure.duration(seconds: confirmed.seconds(since: missed.warnBy))
            return "Its track was confirmed at \(clock), \(late) too late."
        }
        guard missed.stage == .notFollowed, let last = missed.lastFollowedAt else {
            return "Its track was confirmed at \(clock) and followed it when people had to be told."
        }
        return "Its track was confirmed at \(clock), but none followed it after \(PlainFigure.clock(last))."
    }

    private var forecast: [String] {
        guard let explanation, let world else {
            return ["That was before the raid's first second: nobody could forecast it."]
        }
        let own = considered.map { "track #\($0.number.rawValue): " + explanation.finding($0) }
        let judgement = world.stage.withinLead
        let sum =
            "All tracks together: \(PlainFigure.percent(judgement.probability)) within "
            + "\(PlainFigure.duration(seconds: explanation.leadSeconds)), the time that people here need; shelter from "
            + "\(PlainFigure.percent(judgement.threshold)) on."
        if own.isEmpty { return ["At that moment nothing was forecast of it.", sum] }
        return ["At that moment the forecast said of it: " + own.joined(separator: " "), sum]
    }

    private var engine: [String] {
        guard let explanation, let world else { return [alarm] }
        let stage = PlainFigure.words(world.stage.stage.rawValue)
        return ["The engine had the area at \(stage), because \(explanation.reason(world.stage))", alarm]
    }

    private var alarm: String {
        guard let alarm = missed.alarm else { return "No alarm was on between then and the arrival." }
        if alarm.from > missed.warnBy {
            let late = PlainFigure.duration(seconds: alarm.from.seconds(since: missed.warnBy))
            return "The alarm began at \(PlainFigure.clock(alarm.from)), \(late) too late."
        }
        let early = PlainFigure.duration(seconds: missed.at.seconds(since: alarm.to))
        return "The alarm ended at \(PlainFigure.clock(alarm.to)), \(early) before the arrival."
    }

    /// Whole people; at least one, because somebody was exposed.
    private static func people(_ count: Double) -> String { String(max(1, Int(count.rounded()))) }
}

extension MissExplanation {
    /// The same as fields, for machines. Times are UTC.
    package struct Document: Encodable, Sendable {
        package var object: Int
        package var objectClass: ObjectClass
        package var end: RaidEnd.Kind
        package var arrivedAt: String
        package var area: String
        package var exposedPeople: Double
        package var missedPeople: Double
        package var warnBy: String
        package var stage: LossStage
        /// Fields that do not apply are absent.
        package var firstSensedAt: String?
        package var firstSensedBy: SensorKind?
        package var lastSensedInTimeAt: String?
        package var reportsInTime: Int
        package var trackConfirmedAt: String?
        package var lastFollowedInTimeAt: String?
        package var tracks: [UInt64]
        /// Of all tracks, 0 ... 1.
        package var probabilityWithinLead: Double?
        package var shelterThreshold: Double?
        package var leadSeconds: Double?
        package var engineStage: WarningStage?
        package var engineReason: String?
        package var alarmFrom: String?
        package var alarmTo: String?
        package var words: String
    }

    package var document: Document {
        Document(
            object: missed.object, objectClass: missed.objectClass, end: missed.end, arrivedAt: missed.at.iso8601,
            area: missed.area.id.rawValue, exposedPeople: missed.exposedPeople, missedPeople: missed.missedPeople,
            warnBy: missed.warnBy.iso8601, stage: missed.stage, firstSensedAt: missed.firstSensed?.at.iso8601,
            firstSensedBy: missed.firstSensed?.kind, lastSensedInTimeAt: missed.lastSensed?.at.iso8601,
            reportsInTime: missed.reportsInTime, trackConfirmedAt: missed.trackConfirmedAt?.iso8601,
            lastFollowedInTimeAt: missed.lastFollowedAt?.iso8601, tracks: missed.tracks.map(\.rawValue),
            probabilityWithinLead: world?.stage.withinLead.probability,
            shelterThreshold: world?.stage.withinLead.threshold, leadSeconds: explanation?.leadSeconds,
            engineStage: world?.stage.stage, engineReason: world.flatMap { explanation?.reason($0.stage) },
            alarmFrom: missed.alarm?.from.iso8601, alarmTo: missed.alarm?.to.iso8601, words: words)
    }
}
