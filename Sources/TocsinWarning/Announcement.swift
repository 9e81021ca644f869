internal import TocsinModel

extension WarningEngine {
    /// Puts the area into another stage, raising a warning where there is none.
    mutating func move(
        _ state: inout AreaState, _ key: AreaState.Key, to stage: WarningStage, for reason: WarningReason,
        _ assessment: Assessment, at now: Instant
    ) -> [Output] {
        let previous = state.stage
        if state.warning == nil {
            lastNumber += 1
            state.warning = Warning(
                number: WarningNumber(lastNumber), revision: 0, area: key.area, exercise: key.exercise, stage: stage,
                reason: reason, issuedAt: now, changedAt: now, expiresAt: now, arrival: nil, course: nil,
                probability: 0, tracks: [])
        }
        state.warning?.stage = stage
        state.releasedSince = nil
        state.laterSince = nil
        return announce(&state, previous: previous, for: reason, assessment, at: now)
    }

    /// Ends the warning, if there is one.
    func end(_ state: inout AreaState, for reason: WarningReason, at now: Instant) -> [Output] {
        guard var warning = state.warning else { return [] }
        let previous = warning.stage
        warning.stage = .quiet
        warning.reason = reason
        warning.revision += 1
        warning.changedAt = now
        warning.expiresAt = now
        warning.arrival = nil
        warning.course = nil
        state.warning = nil
        state.evidence = nil
        state.releasedSince = nil
        state.laterSince = nil
        state.soleSource = nil
        return [.warning(WarningChange(kind: .ended, previousStage: previous, warning: warning))]
    }

    /// Tells people what changed within a stage: not every second, but before the warning lapses.
    func keepUp(
        _ state: inout AreaState, _ assessment: Assessment, _ situation: Situation, at now: Instant
    ) -> [Output] {
        guard let warning = state.warning else { return [] }
        state.laterSince = isLater(assessment.arrival, than: warning.arrival, at: now) ? state.laterSince ?? now : nil
        let expiry = expiry(of: warning, state, assessment, at: now)
        let lapses = warning.expiresAt.seconds(since: now) < settings.extendBeforeSeconds && expiry > warning.expiresAt
        let isDue = now.seconds(since: warning.changedAt) >= settings.updateIntervalSeconds
        guard lapses || isDue else { return [] }
        var reason = warning.reason
        if warning.stage != .clearing, !situation.isReleased {
            let spoken: WarningReason = warning.stage == .watch ? .threatApproaching : .threatWithinLead
            if assessment.isSilent { reason = .threatSilent } else if reason == .threatSilent { reason = spoken }
            if reason == warning.reason, reason != .threatSilent,
                let news = news(for: warning, state, assessment, at: now)
            {
                return announce(&state, previous: warning.stage, for: news, assessment, at: now)
            }
        }
        guard lapses || reason != warning.reason else { return [] }
        return announce(&state, previous: warning.stage, for: reason, assessment, at: now)
    }

    /// What people are told although the stage stays; `nil` where nothing that matters has changed.
    private func news(
        for warning: Warning, _ state: AreaState, _ assessment: Assessment, at now: Instant
    ) -> WarningReason? {
        if let told = warning.course, let known = course(of: warning, assessment), told != known {
            return .courseChanged
        }
        let arrival = arrival(toldOf: warning, state, assessment, at: now)
        return hasMoved(warning.arrival, arrival, at: now) ? .timesChanged : nil
    }

    /// The times to tell. Earlier ones hold at once; later ones once they have lasted, for of two threats now one and
    /// now the other may be the first.
    private func arrival(
        toldOf warning: Warning, _ state: AreaState, _ assessment: Assessment, at now: Instant
    ) -> ArrivalTimes? {
        guard let since = state.laterSince, now.seconds(since: since) < settings.evidenceSeconds else {
            return assessment.arrival
        }
        return warning.arrival
    }

    /// Whether the times of arrival are so much later than what was told that it matters.
    private func isLater(_ known: ArrivalTimes?, than told: ArrivalTimes?, at now: Instant) -> Bool {
        guard let known, let told, told.likely > now else { return false }
        return known.likely > told.likely && hasMoved(told, known, at: now)
    }

    /// Whether the threats rather come or rather pass. Who was told that they pass is not told otherwise by a
    /// flicker; who was told nothing yet is to think that they come.
    private func course(of warning: Warning, _ assessment: Assessment) -> ThreatCourse? {
        guard assessment.arrival != nil else { return nil }
        let bound = settings.comingThreshold * (warning.course == .passing ? 1 : settings.releaseShare)
        return assessment.coming < bound ? .passing : .coming
    }

    /// Whether the times of arrival differ enough to say so.
    private func hasMoved(_ told: ArrivalTimes?, _ known: ArrivalTimes?, at now: Instant) -> Bool {
        guard let told, let known else { return told != known }
        let left = max(0, told.likely.seconds(since: now))
        let moved = abs(known.likely.seconds(since: told.likely))
        return moved > max(settings.materialSeconds, settings.materialShare * left)
    }

    /// Until when the warning is to be stated: never shortened but by an end.
    private func expiry(
        of warning: Warning, _ state: AreaState, _ assessment: Assessment, at now: Instant
    ) -> Instant {
        var expiry = warning.expiresAt
        if let expected = assessment.expectedUntil { expiry = max(expiry, expected) }
        // While a hold runs the end will be told; the expiry must not come before it.
        // Without evidence no hold runs: a lapsed silence is left to the expiry that was stated.
        if state.evidence != nil, warning.stage == .clearing || state.releasedSince != nil {
            expiry = max(expiry, now.advanced(bySeconds: settings.expiryMarginSeconds))
        }
        return expiry
    }

    private func announce(
        _ state: inout AreaState, previous: WarningStage, for reason: WarningReason, _ assessment: Assessment,
        at now: Instant
    ) -> [Output] {
        guard var warning = state.warning else { return [] }
        warning.expiresAt = expiry(of: warning, state, assessment, at: now)
        warning.revision += 1
        warning.reason = reason
        warning.changedAt = now
        warning.course = course(of: warning, assessment)
        warning.arrival = arrival(toldOf: warning, state, assessment, at: now)
        warning.probability = assessment.greatest
        warning.tracks = assessment.tracks
        state.warning = warning
        let kind: WarningChange.Kind = warning.revision == 1 ? .raised : .changed
        return [.warning(WarningChange(kind: kind, previousStage: previous, warning: warning))]
    }
}
