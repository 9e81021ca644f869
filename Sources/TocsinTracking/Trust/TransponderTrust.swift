internal import RealModule
package import TocsinModel

/// How far what one object says of itself is believed, and why no longer.
///
/// Trust is a probability kept as the logarithm of its odds. A claim that contradicts physics, the earlier claims
/// or a radar costs much, unless it stands alone: receivers garble one altitude in some hundred. Claims that fit
/// earn a little per second. So a contradiction that goes on takes the trust within five reports, and it takes
/// ten minutes of good behaviour, or radar, to come back.
package struct TransponderTrust: Hashable, Sendable, Codable {
    /// What a claim did.
    package struct Verdict: Hashable, Sendable {
        /// Why the claim is not to be used; `nil`: it may be.
        package var contradiction: DistrustReason?
        package var event: TrustEvent?
    }

    /// Why it is not trusted: what has cost most since; `nil`: it is trusted.
    private var lostFor: DistrustReason?
    private var history = ClaimHistory()
    /// The logarithm of the odds that its claims are true.
    private var credit = Self.firstCredit
    private var lastAt: Instant?
    /// What each reason has cost lately, in the order of `DistrustReason.allCases`.
    private var costs = [Double](repeating: 0, count: DistrustReason.allCases.count)
    private var radarMisses = 0
    /// The last claim at which a radar saw it.
    private var confirmedAt: Instant?

    // All assumptions but where said.
    /// 0.9: the sky is full of honest aircraft.
    private static let firstCredit = 2.2
    /// 0.99 and 0.01: neither is ever sure.
    private static let creditLimit = 4.6
    /// Trust is lost below 0.2 and comes back above 0.8.
    private static let lostCredit = -1.386
    private static let regainedCredit = 1.386
    /// A contradiction that repeats, and one that stands alone so far. From the highest trust 0.5 + 3 x 2 loses it:
    /// the fourth report.
    private static let cost = 2.0
    private static let firstCost = 0.5
    /// Per second in which all fits: ten minutes from lost to regained.
    private static let gain = 0.005
    /// For a turn of a radar that confirms it, while it is trusted and while it is not: what leapt about a minute
    /// ago and is seen now is not forgiven in three turns.
    private static let radarGain = 1.0
    private static let radarRegain = 0.3
    /// The share of a promised detection probability that is believed. At 0.9 promised five misses in a row take the
    /// highest trust, and four a new one; where 0.8 is true, about 2 % of honest aircraft are flagged in 25 turns.
    private static let radarFaith = 0.84

    /// A radar's word holds for so long, seconds (assumption).
    private static let confirmedSeconds = 30.0

    package init() {}

    /// The probability that its claims are true.
    package var trust: Double { 1 / (1 + Double.exp(-credit)) }

    /// Whether the object counts as cooperative.
    package var isTrusted: Bool { lostFor == nil }

    /// Whether radar sees nothing where it says it is: there is no object, whatever is claimed.
    package var isRefuted: Bool { lostFor == .radarSeesNothingThere }

    /// What ``ObjectClassifier`` is told of an object that identifies itself.
    package var identification: Identification { isTrusted ? .believed : .doubted(trust: trust) }

    /// Takes a claim. Claims should come in the order of their times; a little late says nothing.
    package mutating func observe(_ claim: TransponderClaim) -> Verdict {
        let seconds = lastAt.map { max(0, claim.at.seconds(since: $0)) } ?? 0
        lastAt = max(lastAt ?? claim.at, claim.at)
        switch history.judge(claim) {
        case .saysNothing: return Verdict(contradiction: nil, event: nil)
        case .fits:
            return Verdict(contradiction: nil, event: earn(Self.gain * min(seconds, 10)))
        case .contradicts(.speedContradictsMotion, _) where isConfirmed(at: claim.at):
            // It is where it says: only its velocity is of another time.
            return Verdict(contradiction: .speedContradictsMotion, event: nil)
        case .contradicts(let reason, let isRepeated):
            return Verdict(contradiction: reason, event: pay(isRepeated ? Self.cost : Self.firstCost, for: reason))
        }
    }

    /// Takes what a radar says of it, once a turn.
    package mutating func observe(_ testimony: RadarTestimony) -> TrustEvent? {
        switch testimony {
        case .confirms:
            radarMisses = 0
            confirmedAt = lastAt
            return earn(isTrusted ? Self.radarGain : Self.radarRegain)
        case .missed(let probability):
            guard probability >= 0.5 else { return nil }
            radarMisses += 1
            let surprise = min(Self.cost, -Double.log(1 - Self.radarFaith * min(probability, 1)))
            return pay(radarMisses > 1 ? surprise : surprise / 2, for: .radarSeesNothingThere)
        case .elsewhere(let distance, let sigma):
            if distance <= max(3 * sigma, 300) { return observe(.confirms) }
            guard distance > max(4 * sigma, 1_000) else { return nil }
            radarMisses += 1
            return pay(radarMisses > 1 ? Self.cost : Self.firstCost, for: .radarSeesItElsewhere)
        }
    }

    private func isConfirmed(at instant: Instant) -> Bool {
        confirmedAt.map { instant.seconds(since: $0) < Self.confirmedSeconds } ?? false
    }

    private mutating func earn(_ amount: Double) -> TrustEvent? {
        credit = min(credit + amount, Self.creditLimit)
        for index in costs.indices { costs[index] *= 0.9 }
        guard !isTrusted, credit >= Self.regainedCredit else { return nil }
        lostFor = nil
        return .regained
    }

    private mutating func pay(_ amount: Double, for reason: DistrustReason) -> TrustEvent? {
        credit = max(credit - amount, -Self.creditLimit)
        costs[reason.index] += amount
        guard !isTrusted || credit < Self.lostCredit else { return nil }
        let most = DistrustReason.allCases.max { costs[$0.index] < costs[$1.index] } ?? reason
        defer { lostFor = most }
        return isTrusted ? .lost(most) : nil
    }
}

extension DistrustReason {
    /// The position in `allCases`.
    fileprivate var index: Int {
        switch self {
        case .jump: 0
        case .speedContradictsMotion: 1
        case .tooSlowToFly: 2
        case .radarSeesNothingThere: 3
        case .radarSeesItElsewhere: 4
        case .impossibleClimb: 5
        case .duplicateAddress: 6
        case .staleTimes: 7
        }
    }
}
