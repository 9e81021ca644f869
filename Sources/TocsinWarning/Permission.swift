internal import OrderedCollections
internal import TocsinModel

extension WarningEngine {
    /// How the area stands, with what its sources may not raise taken out.
    func situation(
        of key: AreaState.Key, _ state: inout AreaState, _ assessment: Assessment, at now: Instant,
        notices: inout [Output]
    ) -> Situation {
        var situation = Situation(
            stage: state.stage,
            lead: Strength(
                assessment.withinLead, threshold: settings.shelterThreshold, releaseShare: settings.releaseShare),
            horizon: Strength(
                assessment.withinHorizon, threshold: settings.watchThreshold, releaseShare: settings.releaseShare),
            evidence: state.evidence, isHoldElapsed: false,
            isExpired: state.warning.map { $0.expiresAt <= now } ?? false)
        restrict(&situation, key, &state, assessment, notices: &notices)
        let isClearing = situation.isReleased && state.evidence != nil && state.warning != nil
        state.releasedSince = isClearing ? (state.releasedSince ?? now) : nil
        if let since = state.releasedSince {
            situation.isHoldElapsed = now.seconds(since: since) >= holdSeconds(state.stage)
        }
        return situation
    }

    func holdSeconds(_ stage: WarningStage) -> Double {
        switch stage {
        case .quiet: 0
        case .watch: settings.watchHoldSeconds
        case .takeShelter: settings.evidenceSeconds
        case .clearing: settings.clearingSeconds
        }
    }

    /// Uncorroborated sources raise only a bounded share; what they may not raise is held at most.
    private func restrict(
        _ situation: inout Situation, _ key: AreaState.Key, _ state: inout AreaState, _ assessment: Assessment,
        notices: inout [Output]
    ) {
        let source = assessment.strongest == nil ? nil : assessment.corroboration.soleSource
        if source == nil { state.soleSource = nil }
        var refused: NotWarnedReason?
        if situation.lead == .full, situation.stage != .takeShelter {
            refused = refusal(of: .takeShelter, key, assessment, source)
            if refused == nil { state.soleSource = source } else { situation.lead = .held }
        }
        if situation.horizon == .full, situation.lead != .full, situation.stage == .quiet {
            let refusal = refusal(of: .watch, key, assessment, source)
            if refusal == nil { state.soleSource = source } else { situation.horizon = .held }
            refused = refused ?? refusal
        }
        if refused == nil, assessment.dismissed != nil { refused = .endedByOperator }
        if let refused, let track = refused == .endedByOperator ? assessment.dismissed : assessment.strongest {
            notices += notice(refused, track, key, &state)
        }
    }

    /// Why the sources may not put the area into `stage`; `nil` if they may.
    func refusal(
        of stage: WarningStage, _ key: AreaState.Key, _ assessment: Assessment, _ source: Corroboration.Source?
    ) -> NotWarnedReason? {
        guard let source else { return nil }
        if assessment.corroboration.isCrowdOnly {
            if stage != .watch || assessment.corroboration.personCount < settings.personsForWatch { return .crowdOnly }
        }
        var areas = 1
        var people = populations[key.area] ?? 0
        for (other, state) in states where other != key && state.soleSource == source {
            guard (state.stage == .watch) == (stage == .watch), other.exercise == key.exercise else { continue }
            areas += 1
            people += populations[other.area] ?? 0
        }
        // A single big city must not be beyond the reach of the only radar that sees what flies toward it.
        let isWithin = areas == 1 || (areas <= settings.areasPerSource && people <= settings.peoplePerSource)
        return isWithin ? nil : .notCorroborated
    }
}
