import Testing
import TocsinModel
import TocsinWarning

/// Every state against every event: 4 stages x 3 strengths x 3 strengths x 4 kinds of evidence x 2 x 2.
struct TransitionTests {
    static let evidences: [WarningReason?] = [nil, .threatPassed, .threatEnded, .threatExplained]

    static let situations: [Situation] = WarningStage.allCases.flatMap { stage in
        Strength.allCases.flatMap { lead in
            Strength.allCases.flatMap { horizon in
                evidences.flatMap { evidence in
                    [false, true].flatMap { held in
                        [false, true].map { expired in
                            Situation(
                                stage: stage, lead: lead, horizon: horizon, evidence: evidence, isHoldElapsed: held,
                                isExpired: expired)
                        }
                    }
                }
            }
        }
    }

    /// The rules, written as a table from the top: the first row that fits decides. Independent of the code's order.
    static func expected(_ s: Situation) -> Transition {
        let mayWatch = s.horizon == .full
        let over = s.evidence != nil && s.isHoldElapsed
        let lapsed = s.evidence == nil && s.isExpired
        switch (s.stage, s.lead, s.horizon) {
        case (.takeShelter, .full, _): return .stay
        case (_, .full, _): return .move(.takeShelter, .threatWithinLead)
        case (.quiet, _, .full): return .move(.watch, .threatApproaching)
        case (.quiet, _, _): return .stay
        case (.watch, _, .below):
            if over { return .move(.quiet, s.evidence ?? .expired) }
            return lapsed ? .move(.quiet, .expired) : .stay
        case (.watch, _, _): return .stay
        case (.takeShelter, .below, _):
            if over { return .move(.clearing, s.evidence ?? .expired) }
            if lapsed { return mayWatch ? .move(.watch, .threatApproaching) : .move(.quiet, .expired) }
            return .stay
        case (.clearing, .below, _):
            if over || lapsed {
                if mayWatch { return .move(.watch, .threatApproaching) }
                return .move(.quiet, over ? .holdElapsed : .expired)
            }
            return .stay
        case (.takeShelter, _, _), (.clearing, _, _): return .stay
        }
    }

    @Test func everyStateAndEventGoesAsTheTableSays() {
        #expect(Self.situations.count == 4 * 3 * 3 * 4 * 2 * 2)
        for situation in Self.situations {
            #expect(Transition(situation) == Self.expected(situation), "\(situation)")
        }
    }

    @Test func silenceNeverClears() {
        for situation in Self.situations where situation.evidence == nil && !situation.isExpired {
            switch Transition(situation) {
            case .stay: break
            case .move(let stage, _): #expect(stage == .watch || stage == .takeShelter, "\(situation)")
            }
        }
    }

    @Test func aThreatWithinLeadIsAlwaysShelteredFrom() {
        for situation in Self.situations where situation.lead == .full {
            let stays = situation.stage == .takeShelter
            #expect(Transition(situation) == (stays ? .stay : .move(.takeShelter, .threatWithinLead)))
        }
    }

    @Test func aMoveNeverLeadsToTheSameStage() {
        for situation in Self.situations {
            if case .move(let stage, _) = Transition(situation) { #expect(stage != situation.stage, "\(situation)") }
        }
    }
}
