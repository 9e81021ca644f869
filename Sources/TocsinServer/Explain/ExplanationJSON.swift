internal import TocsinModel
package import TocsinPipeline
internal import TocsinWarning

extension AreaExplanation {
    /// The explanation as one JSON object on a line: for operators only, it tells where tracks are.
    package var json: [UInt8] {
        var line = JSONLine()
        line.field("area", area.id.rawValue)
        line.field("areaName", area.name)
        line.field("at", at.iso8601)
        line.field("secondsToShelter", area.secondsToShelter)
        line.field("leadSeconds", leadSeconds)
        line.field("horizonSeconds", horizonSeconds)
        line.beginObject("coverage")
        line.field("sensorsInReach", coverage.sensorsInReach)
        line.field("sensorsHeard", coverage.sensorsHeard)
        line.field("uncovered", coverage.isUncovered)
        line.endObject()
        line.beginArray("worlds")
        for world in worlds {
            line.beginElement()
            line.add(world)
            line.endObject()
        }
        line.endArray()
        line.field("words", words)
        return line.finish()
    }
}

extension JSONLine {
    fileprivate mutating func add(_ world: AreaExplanation.World) {
        let stage = world.stage
        field("exercise", stage.exercise)
        field("stage", stage.stage.rawValue)
        field("verdict", stage.verdict.name)
        if case .refused(let reason) = stage.verdict { field("refusedFor", reason.rawValue) }
        if case .holding(let evidence, let until) = stage.verdict {
            field("evidence", evidence.rawValue)
            field("heldUntil", until.iso8601)
        }
        if let warning = stage.warning { add(warning) }
        add("withinLead", stage.withinLead)
        add("withinHorizon", stage.withinHorizon)
        field("sources", stage.sources.words)
        beginArray("tracks")
        for track in world.tracks {
            beginElement()
            add(track)
            endObject()
        }
        endArray()
        field("tracksLeftOut", world.tracksLeftOut)
    }

    private mutating func add(_ warning: Warning) {
        beginObject("warning")
        field("id", "w\(warning.number.rawValue)")
        field("issuedAt", warning.issuedAt.iso8601)
        field("changedAt", warning.changedAt.iso8601)
        field("expiresAt", warning.expiresAt.iso8601)
        field("reason", warning.reason.rawValue)
        endObject()
    }

    private mutating func add(_ name: String, _ judgement: StageExplanation.Judgement) {
        beginObject(name)
        field("probability", judgement.probability)
        field("threshold", judgement.threshold)
        field("releaseThreshold", judgement.releaseThreshold)
        endObject()
    }

    private mutating func add(_ considered: ConsideredTrack) {
        field("number", Int(clamping: considered.number.rawValue))
        if let track = considered.track {
            field("class", track.classes.likeliest.rawValue)
            field("classProbability", track.classes[track.classes.likeliest])
            field("existence", track.existence)
            field("confirmed", track.isConfirmed)
            field("cooperative", track.isCooperative)
            field("callsign", track.identity.callsign)
            field("speedMetersPerSecond", track.speed.metersPerSecond)
            field("lastReportAt", track.lastReportAt.iso8601)
        }
        field("distanceMeters", considered.distance?.meters)
        field("finding", considered.finding.name)
        switch considered.finding {
        case .counted(let counted):
            add(counted.withinLead, counted.withinHorizon, counted.arrival)
            field("silentUntil", counted.silentUntil?.iso8601)
            field("dismissedUntil", counted.dismissedUntil?.iso8601)
            field("sources", counted.sources.words)
        case .negligible(let forecast), .pending(let forecast):
            add(
                forecast.probabilityWithinLead, forecast.probabilityWithinHorizon,
                ArrivalTimes(earliest: forecast.earliest, likely: forecast.likely, latest: forecast.latest))
        case .doesNotReach, .cooperative, .notConfirmed, .harmless: break
        }
    }

    private mutating func add(_ withinLead: Double, _ withinHorizon: Double, _ arrival: ArrivalTimes) {
        field("probabilityWithinLead", withinLead)
        field("probabilityWithinHorizon", withinHorizon)
        beginObject("arrival")
        field("earliest", arrival.earliest.iso8601)
        field("likely", arrival.likely.iso8601)
        field("latest", arrival.latest.iso8601)
        endObject()
    }
}

extension StageExplanation.Verdict {
    fileprivate var name: String {
        switch self {
        case .nothingCounted: "nothingCounted"
        case .belowThreshold: "belowThreshold"
        case .refused: "refused"
        case .threatWithinLead: "threatWithinLead"
        case .threatApproaching: "threatApproaching"
        case .held: "held"
        case .holding: "holding"
        case .silent: "silent"
        }
    }
}

extension ConsideredTrack.Finding {
    fileprivate var name: String {
        switch self {
        case .counted: "counted"
        case .negligible: "negligible"
        case .pending: "pending"
        case .doesNotReach: "doesNotReach"
        case .cooperative: "cooperative"
        case .notConfirmed: "notConfirmed"
        case .harmless: "harmless"
        }
    }
}
