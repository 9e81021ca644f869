package import TocsinDrill
internal import TocsinForecast
internal import TocsinJournal
package import TocsinModel
package import TocsinPipeline
internal import TocsinTracking
internal import TocsinWarning

/// An area and a moment, taken at the next whole second, at which it is explained.
package struct ExplainedMoment: Hashable, Sendable {
    package var area: AreaID
    package var at: Instant
}

/// A drill sent through the same pipeline that watches, as fast as it goes.
package struct DrillRun: Sendable {
    package private(set) var changes: [WarningChange] = []
    package private(set) var sightings: [TrackSighting] = []
    package private(set) var rejections = 0
    /// Why areas stood as they did at the moments that were asked about.
    package private(set) var explanations: [ExplainedMoment: AreaExplanation] = [:]
    private var situation: Situation

    /// The drill as its sensors see it.
    ///
    /// - Parameters:
    ///   - journal: where the run is recorded as a live night is; `nil`: nowhere.
    ///   - moments: at which areas are explained.
    ///   - progress: told the share done, 0 ... 1, once a simulated minute.
    package init(
        of exercise: DrillExercise, journal: DrillJournal? = nil, explaining moments: [ExplainedMoment] = [],
        progress: (Double) -> Void
    ) throws(DrillError) {
        let header = Self.header(of: exercise, sensors: exercise.sensors.map(\.settings))
        let record = try journal?.begin(header)
        situation = Situation(settings: header.settings)
        run(exercise, messages: exercise.messages, explaining: moments, record: record, progress: progress)
        if let record { try journal?.end(record) }
    }

    /// The same raid on a feed without sensors' faults: what the forecast and the engine lose by themselves.
    ///
    /// - Parameter progress: told the share done, 0 ... 1, once a simulated minute.
    package init(perfectlyFed exercise: DrillExercise, progress: (Double) -> Void) {
        let feed = PerfectFeed(of: exercise.raid)
        situation = Situation(settings: Self.header(of: exercise, sensors: feed.sensors).settings)
        run(exercise, messages: feed.messages, explaining: [], record: nil, progress: progress)
    }

    private static func header(of exercise: DrillExercise, sensors: [SensorSettings]) -> JournalHeader {
        let feed = FeedSettings(name: "drill", format: .reports, exercise: true, timeShift: .zero, sensor: nil)
        return JournalHeader(
            system: "drill", exercise: true, epoch: exercise.raid.startsAt,
            settings: PipelineSettings(
                feeds: [feed], sensors: sensors, areas: exercise.areas.areas,
                tracking: .standard, forecast: .standard, warning: .standard))
    }

    private mutating func run(
        _ exercise: DrillExercise, messages: [SimulatedMessage], explaining moments: [ExplainedMoment],
        record: JournalWriter?, progress: (Double) -> Void
    ) {
        let start = exercise.raid.startsAt
        let end = exercise.raid.endsAt.advanced(bySeconds: RaidOutcome.secondsAfterEnd)
        var messages = messages[...]
        var moments = moments.sorted { $0.at < $1.at }[...]
        var now = start
        var seconds = 0
        while now < end {
            now = start.advanced(bySeconds: Double(seconds))
            while let message = messages.first, message.arrivesAt <= now {
                messages.removeFirst()
                let frame = Frame(feed: FeedNumber(0), bytes: Array(message.line.utf8))
                step(.frame(frame), at: message.arrivesAt, record)
            }
            step(.tick, at: now, record)
            sight(at: now)
            while let moment = moments.first, moment.at <= now {
                moments.removeFirst()
                explain(moment, of: exercise.areas.areas, at: now)
            }
            if seconds % 60 == 0 { progress(now.seconds(since: start) / end.seconds(since: start)) }
            seconds += 1
        }
    }

    private mutating func step(_ payload: Input.Payload, at now: Instant, _ record: JournalWriter?) {
        let input = Input(sequence: situation.sequence + 1, acceptedAt: now, payload: payload)
        record?.append(input)
        let step = situation.step(input)
        if let payload = step.outputsPayload { record?.append(outputsPayload: payload, of: input.sequence) }
        for output in step.outputs {
            switch output {
            case .warning(let change): changes.append(change)
            case .rejected: rejections += 1
            case .track, .sensor, .notWarned, .commandRefused: break
            }
        }
    }

    private mutating func explain(_ moment: ExplainedMoment, of areas: [Area], at now: Instant) {
        guard let area = areas.first(where: { $0.id == moment.area }) else { return }
        explanations[moment] = situation.pipeline.explanation(of: area, at: now)
    }

    /// Notes where the confirmed tracks are believed to be now, straight on from their last update.
    private mutating func sight(at now: Instant) {
        for track in situation.pipeline.tracks where track.isConfirmed && track.exercise {
            let seconds = now.seconds(since: track.at)
            let point = LocalPlane(origin: track.point).unproject(
                PlanePoint(east: track.velocity.east * seconds, north: track.velocity.north * seconds))
            sightings.append(
                TrackSighting(
                    at: now, number: track.number, point: point, objectClass: track.classes.likeliest))
        }
    }
}
