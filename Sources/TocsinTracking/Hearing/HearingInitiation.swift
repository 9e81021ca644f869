internal import RealModule

/// Which objects, together, explain what was heard and no followed track explains: chosen greedily, each paying
/// for what the others explain already, then fitted anew, exchanged or dropped in sweeps, given all others
/// (superposed intensity: each bearing of density X of chosen objects counts over lambda + X).
struct HearingInitiation {
    struct Chosen {
        var candidate: HearingCandidate
        var claims: [HearingScene.Claim]
    }

    private(set) var scene: HearingScene
    private(set) var chosen: [Chosen] = []
    /// All that were refined.
    private var known: [HearingCandidate] = []
    /// Those of the present round, not chosen.
    private var open: [HearingCandidate] = []

    /// The least logarithm of the likelihood ratio.
    static let leastScore = 7.0
    private static let rounds = 5
    private static let sweeps = 2
    private static let firstSteps = 6
    private static let laterSteps = 3
    /// Candidates farther apart do not share bearings that matter, as a multiple of the greatest reach.
    private static let apart = 3.0
    /// Another must be so much likelier to take an object's place.
    private static let exchangeMargin = 0.5
    private static let exchangeDistance = 6_000.0

    init(scene: HearingScene) { self.scene = scene }

    /// - Parameter young: The states of the young tracks, moved to now.
    mutating func run(young: [SIMD4<Double>]) {
        for (number, state) in young.enumerated() {
            var candidate = HearingCandidate(state: state)
            candidate.young = number
            consider(candidate)
        }
        known = open
        grow()
        for _ in 0..<Self.rounds {
            let crossings = HearingCrossings(scene: scene).best()
            guard !crossings.isEmpty else { break }
            open.removeAll(keepingCapacity: true)
            for candidate in crossings { consider(candidate) }
            known += open
            let before = chosen.count
            grow()
            if chosen.count == before { break }
        }
        guard !chosen.isEmpty else { return }
        for _ in 0..<Self.sweeps { sweep() }
        explainAll(but: nil)
    }

    mutating func hand(_ chosen: Chosen, existence: Double) { scene.hand(chosen.claims, existence: existence) }

    /// Refines a candidate and keeps it, if it is one and new.
    private mutating func consider(_ first: HearingCandidate) {
        var candidate = first
        guard candidate.refine(in: scene, steps: Self.firstSteps) else { return }
        candidate.evaluate(in: scene)
        guard candidate.score >= 0.6 * Self.leastScore else { return }
        guard let twin = open.firstIndex(where: { $0.isSame(as: candidate) }) else {
            open.append(candidate)
            return
        }
        let young = open[twin].young ?? candidate.young
        if candidate.score > open[twin].score { open[twin] = candidate }
        open[twin].young = young
    }

    /// Chooses the best open candidate while one is good enough.
    private mutating func grow() {
        while let best = open.indices.max(by: { open[$0].score < open[$1].score }) {
            guard isObject(open[best]) else { return }
            var candidate = open[best]
            _ = candidate.refine(in: scene, steps: Self.laterSteps)
            candidate.evaluate(in: scene)
            open.remove(at: best)
            guard isObject(candidate) else { continue }
            let claims = scene.claims(of: candidate.state)
            chosen.append(Chosen(candidate: candidate, claims: claims))
            scene.take(claims)
            evaluateOpen(near: candidate)
        }
    }

    private mutating func evaluateOpen(near candidate: HearingCandidate) {
        let reach = Self.apart * scene.farthest
        var kept: [HearingCandidate] = []
        for var other in open {
            if other.distance(to: candidate.state) < reach { other.evaluate(in: scene) }
            if other.score > 0.5 * Self.leastScore { kept.append(other) }
        }
        open = kept
    }

    private func isObject(_ candidate: HearingCandidate) -> Bool {
        candidate.score >= Self.leastScore && candidate.sensors >= 2
    }

    /// Lets all chosen explain their bearings, but one.
    private mutating func explainAll(but left: Int?) {
        scene.release()
        for (number, object) in chosen.enumerated() where number != left { scene.take(object.claims) }
    }

    /// Fits each again, given all others; takes a better explanation of what it explains; drops it, if it has
    /// become needless; and looks whether something is left for others.
    private mutating func sweep() {
        var number = 0
        while number < chosen.count {
            explainAll(but: number)
            var candidate = chosen[number].candidate
            _ = candidate.refine(in: scene, steps: Self.laterSteps)
            candidate.evaluate(in: scene)
            candidate = exchanged(candidate)
            if isObject(candidate) {
                chosen[number] = Chosen(candidate: candidate, claims: scene.claims(of: candidate.state))
                number += 1
            } else {
                chosen.remove(at: number)
            }
        }
        explainAll(but: nil)
        open.removeAll(keepingCapacity: true)
        for var candidate in known {
            candidate.evaluate(in: scene)
            if candidate.score > 0.5 * Self.leastScore { open.append(candidate) }
        }
        grow()
    }

    private func exchanged(_ candidate: HearingCandidate) -> HearingCandidate {
        var best = candidate
        for other in known where other.distance(to: best.state) <= Self.exchangeDistance {
            guard scene.score(other.state, sigma: nil).value > best.score + Self.exchangeMargin else { continue }
            var fitted = other
            _ = fitted.refine(in: scene, steps: Self.laterSteps)
            fitted.evaluate(in: scene)
            if fitted.score > best.score + Self.exchangeMargin, fitted.sensors >= 2 { best = fitted }
        }
        best.young = candidate.young
        return best
    }
}
