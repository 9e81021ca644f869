internal import TocsinModel

extension ByteWriter {
    mutating func append(_ output: Output) {
        switch output {
        case .rejected(let rejection):
            append(UInt8(1))
            append(rejection)
        case .track(let event):
            append(UInt8(2))
            append(event)
        case .warning(let change):
            append(UInt8(3))
            append(change)
        case .notWarned(let area, let track, let reason):
            append(UInt8(4))
            append(area.rawValue)
            append(track.rawValue)
            append(reason)
        case .commandRefused(let command):
            append(UInt8(5))
            append(command)
        case .sensor(let event):
            append(UInt8(6))
            append(event)
        }
    }

    private mutating func append(_ change: WarningChange) {
        append(change.kind)
        append(change.previousStage)
        append(change.warning)
    }

    private mutating func append(_ warning: Warning) {
        append(warning.number.rawValue)
        append(warning.revision)
        append(warning.area.rawValue)
        append(warning.exercise)
        append(warning.stage)
        append(warning.reason)
        append(warning.issuedAt)
        append(warning.changedAt)
        append(warning.expiresAt)
        append(warning.arrival) { writer, arrival in
            writer.append(arrival.earliest)
            writer.append(arrival.likely)
            writer.append(arrival.latest)
        }
        append(warning.course) { writer, course in writer.append(course) }
        append(warning.probability)
        append(count: warning.tracks.count)
        for track in warning.tracks { append(track.rawValue) }
    }
}

extension ByteReader {
    mutating func output() throws(RecordError) -> Output {
        switch try integer(UInt8.self) {
        case 1: return .rejected(try rejection())
        case 2: return .track(try trackEvent())
        case 3: return .warning(try warningChange())
        case 4:
            return .notWarned(
                area: AreaID(try text()), track: TrackNumber(try integer(UInt64.self)),
                reason: try word(NotWarnedReason.self))
        case 5: return .commandRefused(try command())
        case 6: return .sensor(try sensorEvent())
        case let other: throw .unknownCase(type: "Output", other)
        }
    }

    private mutating func warningChange() throws(RecordError) -> WarningChange {
        WarningChange(
            kind: try word(WarningChange.Kind.self), previousStage: try word(WarningStage.self),
            warning: try warning())
    }

    private mutating func warning() throws(RecordError) -> Warning {
        Warning(
            number: WarningNumber(try integer(UInt64.self)), revision: try integer(UInt32.self),
            area: AreaID(try text()), exercise: try boolean(), stage: try word(WarningStage.self),
            reason: try word(WarningReason.self), issuedAt: try instant(), changedAt: try instant(),
            expiresAt: try instant(),
            arrival: try optional { (reader) throws(RecordError) in
                ArrivalTimes(
                    earliest: try reader.instant(), likely: try reader.instant(), latest: try reader.instant())
            },
            course: try optional { (reader) throws(RecordError) in try reader.word(ThreatCourse.self) },
            probability: try double(),
            tracks: try list(bytesEach: 8) { (reader) throws(RecordError) in
                TrackNumber(try reader.integer(UInt64.self))
            })
    }
}
