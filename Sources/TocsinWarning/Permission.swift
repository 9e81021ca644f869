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
        let source = assessment.source(of: situation.stage)
        if assessment.strongest == nil || source == nil { state.soleSource = nil }
        var refused: NotWarnedReason?
        if situation.lead == .full, situation.stage != .takeShelter {
            refused = refusal(of: .takeShelter, key, assessment)
            if refused == nil { state.soleSource = assessment.leadSource } else { situation.lead = .held }
        }
        if situation.horizon == .full, situation.lead != .full, situation.stage == .quiet {
            let refusal = refusal(of: .watch, key, assessment)
            if refusal == nil { state.soleSource = assessment.horizonSource } else { situation.horizon = .held }
            refused = refused ?? refusal
        }
        if refused == nil, assessment.dismissed != nil { refused = .endedByOperator }
        if let refused, let track = refused == .endedByOperator ? assessment.dismissed : assessment.strongest {
            notices += notice(refused, track, key, &state)
        }
    }

    /// Why the sources may not put the area into `stage`; `nil` if they may.
    func refusal(of stage: WarningStage, _ key: AreaState.Key, _ assessment: Assessment) -> NotWarnedReason? {
        guard let source = assessment.source(of: stage) else { return nil }
        if source == .crowd {
            if stage != .watch || assessment.corroboration.personCount < settings.personsForWatch { return .crowdOnly }
        }
        guard let place = places[key.area] else { return nil }
        var wholes: Set<AreaID> = [place.whole]
        var people = place.population
        var isFirst = true
        for (other, state) in states where other != key && state.soleSource == source {
            guard (state.stage == .watch) == (stage == .watch), other.exercise == key.exercise,
                let place = places[other.area]
            else { continue }
            isFirst = false
            wholes.insert(place.whole)
            people += place.population
        }
        // A single big area must not be beyond the reach of the only radar that sees what flies toward it.
        let isWithin = isFirst || (wholes.count <= settings.areasPerSource && people <= settings.peoplePerSource)
        return isWithin ? nil : .notCorroborated
    }
}

extension Assessment {
    /// The one source that the stage would rest on; `nil` if what holds it is corroborated.
    func source(of stage: WarningStage) -> Corroboration.Source? {
        switch stage {
        case .quiet, .watch: horizonSource
        case .takeShelter, .clearing: leadSource
        }
    }
}
