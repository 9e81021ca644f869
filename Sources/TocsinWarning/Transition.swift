package import TocsinModel

/// How a probability stands against its threshold. The gap between the two bounds keeps decisions from flickering.
package enum Strength: Int, Hashable, Comparable, Sendable, CaseIterable {
    /// Below the release threshold.
    case below
    /// Between the two: holds a stage, raises none.
    case held
    /// At or above the threshold.
    case full

    package init(_ probability: Double, threshold: Double, releaseShare: Double) {
        self = probability >= threshold ? .full : (probability >= threshold * releaseShare ? .held : .below)
    }

    package static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
}

/// Everything that one step of an area's state machine looks at.
package struct Situation: Hashable, Sendable {
    package var stage: WarningStage
    /// The probability of an arrival within the lead time.
    package var lead: Strength
    /// The probability of an arrival within the horizon.
    package var horizon: Strength
    /// The last positive evidence that what the warning was for is over; `nil` where there is only silence.
    package var evidence: WarningReason?
    /// Whether the stage's hold time has passed since the probability fell on positive evidence.
    package var isHoldElapsed: Bool
    /// Whether the stated expiry has come.
    package var isExpired: Bool

    package init(
        stage: WarningStage, lead: Strength, horizon: Strength, evidence: WarningReason?, isHoldElapsed: Bool,
        isExpired: Bool
    ) {
        self.stage = stage
        self.lead = lead
        self.horizon = horizon
        self.evidence = evidence
        self.isHoldElapsed = isHoldElapsed
        self.isExpired = isExpired
    }

    /// Whether the probability that holds the present stage is below its release threshold.
    package var isReleased: Bool {
        switch stage {
        case .quiet: true
        case .watch: horizon == .below && lead != .full
        case .takeShelter, .clearing: lead == .below
        }
    }
}

/// What one step of an area's state machine decides. `quiet` ends the warning.
package enum Transition: Hashable, Sendable {
    case stay
    case move(WarningStage, WarningReason)

    /// The whole state machine: `quiet -> watch -> takeShelter -> clearing -> quiet`.
    ///
    /// Up at once; down only on positive evidence that lasted, or at the stated expiry. Silence moves nothing.
    package init(_ situation: Situation) {
        if situation.lead == .full, situation.stage != .takeShelter {
            self = .move(.takeShelter, .threatWithinLead)
            return
        }
        switch situation.stage {
        case .quiet: self = situation.horizon == .full ? .move(.watch, .threatApproaching) : .stay
        case .watch: self = Self.down(situation) { .move(.quiet, $0) }
        case .takeShelter: self = Self.down(situation) { .move(.clearing, $0) }
        case .clearing: self = Self.down(situation) { _ in Self.afterClearing(situation, .holdElapsed) }
        }
    }

    /// An explicit end outranks a timeout: with evidence the hold decides, not the expiry.
    private static func down(_ situation: Situation, _ released: (WarningReason) -> Transition) -> Transition {
        guard situation.isReleased else { return .stay }
        if let evidence = situation.evidence { return situation.isHoldElapsed ? released(evidence) : .stay }
        return situation.isExpired ? afterClearing(situation, .expired) : .stay
    }

    private static func afterClearing(_ situation: Situation, _ reason: WarningReason) -> Transition {
        situation.horizon == .full ? .move(.watch, .threatApproaching) : .move(.quiet, reason)
    }
}
