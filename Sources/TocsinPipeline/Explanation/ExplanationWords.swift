package import TocsinModel
package import TocsinWarning

extension AreaExplanation {
    /// The answer in plain English, one statement a line; lines about one track begin with two blanks.
    package var words: [String] {
        ["\(area.name) at \(at.iso8601)"] + worlds.flatMap(words) + [coverageWords]
    }

    private func words(_ world: World) -> [String] {
        let stage = world.stage
        var lines = [standing(stage), "Why: " + reason(stage)]
        lines += sums(stage)
        lines += world.tracks.map { "  " + words($0) }
        if world.tracksLeftOut > 0 {
            lines.append("  \(world.tracksLeftOut) more tracks do not count and are farther away.")
        }
        if world.tracks.isEmpty { lines.append("  No track was there to be considered.") }
        return lines
    }

    private func standing(_ stage: StageExplanation) -> String {
        let mark = stage.exercise ? "EXERCISE: " : (worlds.count > 1 ? "Live: " : "")
        guard let warning = stage.warning else { return mark + "not warned." }
        return mark + "\(PlainFigure.words(warning.stage.rawValue)), warning w\(warning.number.rawValue) since "
            + "\(PlainFigure.clock(warning.issuedAt)), stated to hold until \(PlainFigure.clock(warning.expiresAt)); "
            + "last change at \(PlainFigure.clock(warning.changedAt)): \(warning.reason.operatorWords)."
            + (warning.course == .passing ? " What it is about most probably passes." : "")
    }

    /// Of all tracks together, against the thresholds.
    private func sums(_ stage: StageExplanation) -> [String] {
        guard stage.verdict != .nothingCounted else { return [] }
        func sum(_ judgement: StageExplanation.Judgement, _ seconds: Double, _ doing: String) -> String {
            "An arrival within \(PlainFigure.duration(seconds: seconds)): \(PlainFigure.percent(judgement.probability)); "
                + "\(doing) from \(PlainFigure.percent(judgement.threshold)) on, let go below "
                + "\(PlainFigure.percent(judgement.releaseThreshold))."
        }
        return [
            sum(stage.withinLead, leadSeconds, "people take shelter"),
            sum(stage.withinHorizon, horizonSeconds, "people watch"),
        ]
    }

    /// What decides the stage at the moment asked about, as a sentence.
    package func reason(_ stage: StageExplanation) -> String {
        let lead = PlainFigure.duration(seconds: leadSeconds)
        let horizon = PlainFigure.duration(seconds: horizonSeconds)
        switch stage.verdict {
        case .nothingCounted:
            return "no track may come here within \(horizon) with a probability worth counting."
        case .belowThreshold:
            return "what may come here is less probable than the thresholds."
        case .refused(let reason): return refusal(reason, stage)
        case .threatWithinLead:
            return "something may arrive within \(lead), the time that people here need to be safe."
        case .threatApproaching:
            return "something may arrive within \(horizon), and not yet within the \(lead) that people need to be safe."
        case .held:
            return "the danger has shrunk, but not below the level at which a warning is let go."
        case .holding(let evidence, let until):
            return "\(evidence.operatorWords); this must hold until \(PlainFigure.clock(until)) before people are told."
        case .silent(let until):
            return "nothing is sensed that comes here, but nothing shows that the danger is over: silence ends no "
                + "warning before its stated expiry at \(PlainFigure.clock(until))."
        }
    }

    private func refusal(_ reason: NotWarnedReason, _ stage: StageExplanation) -> String {
        let isWarned = stage.warning != nil
        let less = isWarned ? "the danger asks for a more urgent warning, but " : "the danger asks for a warning, but "
        switch reason {
        case .crowdOnly: return less + "only people without instruments report it (\(stage.sources.words))."
        case .notCorroborated:
            return less + "one sensor alone reports it, and its bounded share of areas and people is used up."
        case .endedByOperator: return less + "an operator ended the warning of this threat a short while ago."
        case .notConfirmed: return less + "too few reports confirm the track yet."
        case .cooperative: return less + "the track identifies itself as cooperative traffic."
        }
    }

    private var coverageWords: String {
        if coverage.sensorsInReach == 0 { return "Coverage: no configured sensor reaches this place: NOT COVERED." }
        let heard = "\(coverage.sensorsHeard) of \(coverage.sensorsInReach) sensors that reach this place are heard"
        return "Coverage: \(heard)\(coverage.isUncovered ? ": NOT COVERED, a quiet sky means nothing" : "")."
    }

    // MARK: Tracks

    private func words(_ considered: ConsideredTrack) -> String {
        let name = "#\(considered.number.rawValue) "
        guard let track = considered.track else { return name + "no longer followed: " + finding(considered) }
        var parts = [track.kind]
        if let callsign = track.identity.callsign { parts[0] += " \(callsign)" }
        if let distance = considered.distance {
            parts.append(distance.meters == 0 ? "above the area" : "\(PlainFigure.distance(distance)) away")
        }
        parts.append("\(Int(track.speed.metersPerSecond.rounded())) m/s")
        parts.append("exists with \(PlainFigure.percent(track.existence))")
        let silence = at.seconds(since: track.lastReportAt)
        parts.append("heard \(PlainFigure.duration(seconds: silence)) ago")
        return name + parts.joined(separator: ", ") + ": " + finding(considered)
    }

    /// What the track adds to the area's danger, or why it adds nothing, as a clause with a full stop.
    package func finding(_ considered: ConsideredTrack) -> String {
        switch considered.finding {
        case .counted(let counted): return self.counted(counted)
        case .negligible(let forecast):
            return "not counted, too improbable: "
                + chances(forecast.probabilityWithinLead, forecast.probabilityWithinHorizon)
        case .pending(let forecast):
            return "not counted yet, its next forecast is due: "
                + chances(forecast.probabilityWithinLead, forecast.probabilityWithinHorizon)
        case .doesNotReach:
            return "no way that it may go on leads here within \(PlainFigure.duration(seconds: horizonSeconds))."
        case .cooperative: return "identifies itself as cooperative traffic, and behaves so."
        case .notConfirmed: return "not confirmed, too few reports yet."
        case .harmless: return "not something to warn of."
        }
    }

    private func counted(_ counted: StageExplanation.CountedTrack) -> String {
        let arrival = counted.arrival
        var text =
            chances(counted.withinLead, counted.withinHorizon).dropLast()
            + "; earliest \(PlainFigure.clock(arrival.earliest)), likely \(PlainFigure.clock(arrival.likely)), latest "
            + "\(PlainFigure.clock(arrival.latest)); \(counted.sources.words)"
        if let until = counted.silentUntil {
            text +=
                "; silent since \(PlainFigure.clock(counted.lastReportAt)), expected until \(PlainFigure.clock(until))"
        }
        if let until = counted.dismissedUntil {
            text += "; set aside by an operator until \(PlainFigure.clock(until))"
        }
        return text + "."
    }

    private func chances(_ withinLead: Double, _ withinHorizon: Double) -> String {
        "\(PlainFigure.percent(withinLead)) within \(PlainFigure.duration(seconds: leadSeconds)), "
            + "\(PlainFigure.percent(withinHorizon)) within \(PlainFigure.duration(seconds: horizonSeconds))."
    }
}

extension Track {
    /// `attack drone (94 %)`: what it is most likely, and how likely.
    fileprivate var kind: String {
        if isCooperative { return "aircraft" }
        let likeliest = classes.likeliest
        return "\(PlainFigure.words(likeliest.rawValue)) (\(PlainFigure.percent(classes[likeliest])))"
    }
}

extension StageExplanation.Sources {
    /// Who says so, as a phrase.
    package var words: String {
        switch self {
        case .nobody: "nobody reports it"
        case .people(let count): count == 1 ? "one person reports it" : "\(count) people report it"
        case .oneSensor: "one sensor alone reports it"
        case .several: "several sensors report it"
        }
    }
}

extension WarningReason {
    /// The reason in English, for operators, as a clause.
    package var operatorWords: String {
        switch self {
        case .threatApproaching: "a threat may arrive"
        case .threatWithinLead: "a threat may arrive within the time needed to reach shelter"
        case .timesChanged: "the expected times have changed"
        case .courseChanged: "what seemed to come now rather passes, or the other way round"
        case .threatSilent: "the threat is no longer sensed and may still come"
        case .threatPassed: "the threat has flown past"
        case .threatEnded: "the threat has come down"
        case .threatExplained: "what was taken for a threat is none"
        case .holdElapsed: "all evidence has been quiet long enough"
        case .endedByOperator: "an operator ended the warning"
        case .expired: "the stated time has run out"
        }
    }
}

extension NotWarnedReason {
    /// The reason in English, for operators, as a clause.
    package var operatorWords: String {
        switch self {
        case .notConfirmed: "too few reports yet"
        case .cooperative: "identified as cooperative traffic"
        case .notCorroborated: "one source alone, whose share of areas and people was used up"
        case .crowdOnly: "only people without instruments reported it"
        case .endedByOperator: "an operator had ended the warning a short while before"
        }
    }
}
