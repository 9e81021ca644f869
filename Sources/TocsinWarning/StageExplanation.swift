internal import OrderedCollections
package import TocsinModel

/// Why one area stands as it does at one moment, live or in an exercise: what was counted, against which thresholds,
/// and what came of it. Made from the engine's state only; decides nothing.
package struct StageExplanation: Hashable, Sendable {
    package var exercise: Bool
    package var stage: WarningStage
    /// `nil` while the area is quiet.
    package var warning: Warning?
    /// Of an arrival within the lead time, all tracks that count together.
    package var withinLead: Judgement
    /// Of an arrival within the horizon, all tracks that count together.
    package var withinHorizon: Judgement
    package var verdict: Verdict
    /// Who says so.
    package var sources: Sources
    /// By ascending track number.
    package var tracks: [CountedTrack]

    /// A probability against its threshold.
    package struct Judgement: Hashable, Sendable {
        /// 0 ... 1.
        package var probability: Double
        /// From here on the stage is raised.
        package var threshold: Double
        /// Below this the stage is let go.
        package var releaseThreshold: Double
    }

    /// What decides the stage at this moment. Closed, so that every case must be put into words.
    package enum Verdict: Hashable, Sendable {
        /// No track is forecast to come here with a probability worth counting.
        case nothingCounted
        /// What is counted does not reach a threshold.
        case belowThreshold
        /// A threshold is reached, and a rule forbids to warn, or to warn more urgently.
        case refused(NotWarnedReason)
        /// A threat may arrive within the lead time.
        case threatWithinLead
        /// A threat may arrive within the horizon.
        case threatApproaching
        /// Between the two thresholds: what was raised is held.
        case held
        /// On positive evidence the danger is over, and must stay so until then.
        case holding(evidence: WarningReason, until: Instant)
        /// No danger is seen any more, but nothing shows that it is over: the warning lasts until its expiry.
        case silent(until: Instant)
    }

    /// How many speak for what is counted.
    package enum Sources: Hashable, Sendable {
        case nobody
        /// People without instruments, and sensors that are not configured.
        case people(Int)
        case oneSensor
        /// At least two that corroborate each other.
        case several
    }

    /// A track with a place in the area's sum.
    package struct CountedTrack: Hashable, Sendable {
        package var track: TrackNumber
        /// 0 ... 1.
        package var withinLead: Double
        /// 0 ... 1.
        package var withinHorizon: Double
        package var arrival: ArrivalTimes
        package var lastReportAt: Instant
        /// Until when a silent track is still expected; `nil` while it is observed.
        package var silentUntil: Instant?
        /// An operator set it aside until then; `nil`: it counts.
        package var dismissedUntil: Instant?
        package var sources: Sources
    }
}

extension WarningEngine {
    /// Why `area` stands as it does at `now`, the time of the last input or later.
    ///
    /// - Parameter exercise: which of the two worlds is asked about.
    package func explanation(of area: AreaID, exercise: Bool, at now: Instant) -> StageExplanation {
        let key = AreaState.Key(area: area, exercise: exercise)
        var state = states[key] ?? AreaState()
        state.markSilent(at: now, settings)
        _ = state.expire(at: now, settings)
        let assessment = Assessment(state, settings, at: now)
        return StageExplanation(
            exercise: exercise, stage: state.stage, warning: state.warning,
            withinLead: judgement(assessment.withinLead, settings.shelterThreshold),
            withinHorizon: judgement(assessment.withinHorizon, settings.watchThreshold),
            verdict: verdict(of: key, state, assessment, at: now),
            sources: assessment.tracks.isEmpty ? .nobody : StageExplanation.Sources(assessment.corroboration),
            tracks: state.contributions.map { contribution in
                let dismissal = state.dismissals.first { $0.track == contribution.track }
                let isSetAside = dismissal.map { !$0.isOutgrown(by: contribution, settings) } ?? false
                return StageExplanation.CountedTrack(
                    contribution, dismissedUntil: isSetAside ? dismissal?.until : nil)
            })
    }

    /// Whether `forecast` is probable enough to be counted.
    package func isCounted(_ forecast: Forecast) -> Bool { Contribution.isKept(forecast, settings) }

    private func judgement(_ probability: Double, _ threshold: Double) -> StageExplanation.Judgement {
        StageExplanation.Judgement(
            probability: probability, threshold: threshold, releaseThreshold: threshold * settings.releaseShare)
    }

    private func verdict(
        of key: AreaState.Key, _ state: AreaState, _ assessment: Assessment, at now: Instant
    ) -> StageExplanation.Verdict {
        var copy = state
        var notices: [Output] = []
        let situation = situation(of: key, &copy, assessment, at: now, notices: &notices)
        if situation.lead == .full { return .threatWithinLead }
        if let reason = refusal(key, state, assessment, situation) { return .refused(reason) }
        guard let warning = state.warning else {
            if situation.horizon == .full { return .threatApproaching }
            return state.contributions.isEmpty ? .nothingCounted : .belowThreshold
        }
        if situation.isReleased {
            guard let evidence = copy.evidence, let since = copy.releasedSince else {
                return .silent(until: warning.expiresAt)
            }
            return .holding(evidence: evidence, until: since.advanced(bySeconds: holdSeconds(warning.stage)))
        }
        return warning.stage == .watch && situation.horizon == .full ? .threatApproaching : .held
    }

    /// The rule that keeps the area from the stage that its probability asks for; `nil` if none does.
    ///
    /// - Parameter situation: as restricted by that rule; not within the lead time.
    private func refusal(
        _ key: AreaState.Key, _ state: AreaState, _ assessment: Assessment, _ situation: Situation
    ) -> NotWarnedReason? {
        if assessment.withinLead >= settings.shelterThreshold {
            return refusal(of: .takeShelter, key, assessment)
        }
        if assessment.withinHorizon >= settings.watchThreshold, situation.horizon != .full {
            return refusal(of: .watch, key, assessment)
        }
        return state.warning == nil && assessment.dismissed != nil ? .endedByOperator : nil
    }
}

extension StageExplanation.Sources {
    init(_ corroboration: Corroboration) {
        switch corroboration.soleSource {
        case nil: self = .several
        case .sensor: self = .oneSensor
        case .crowd: self = .people(corroboration.personCount)
        }
    }
}

extension StageExplanation.CountedTrack {
    fileprivate init(_ contribution: Contribution, dismissedUntil: Instant?) {
        self.init(
            track: contribution.track, withinLead: contribution.withinLead,
            withinHorizon: contribution.withinHorizon, arrival: contribution.arrival,
            lastReportAt: contribution.lastReportAt, silentUntil: contribution.silentUntil,
            dismissedUntil: dismissedUntil, sources: StageExplanation.Sources(contribution.corroboration))
    }
}
