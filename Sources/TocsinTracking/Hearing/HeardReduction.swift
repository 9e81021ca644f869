internal import RealModule

/// Keeps a heard track's likely hypotheses and merges those that say nearly the same.
enum HeardReduction {
    private static let hypothesesAtMost = 48
    private static let leastShare = 0.001
    /// Squared Mahalanobis distance below which two are one; four times that for one that hardly counts.
    private static let mergingDistance = 1.5
    private static let lightShare = 0.01
    /// Turns that began farther apart in time are different, seconds.
    private static let sameTurnSeconds = 3.5
    private static let longAgo = 15.0

    static func reduce(_ motions: inout [HeardMotion], at now: Double) {
        normalize(&motions)
        motions.sort { $0.weight > $1.weight }
        var kept: [HeardMotion] = []
        for motion in motions {
            if motion.weight < leastShare, !kept.isEmpty { break }
            if let twin = kept.firstIndex(where: { isSame($0, motion, at: now) }) {
                kept[twin].merge(motion)
            } else {
                kept.append(motion)
            }
        }
        if kept.count > hypothesesAtMost { kept.removeLast(kept.count - hypothesesAtMost) }
        normalize(&kept)
        motions = kept
    }

    private static func isSame(_ kept: HeardMotion, _ motion: HeardMotion, at now: Double) -> Bool {
        guard kept.model == motion.model, abs(kept.rate - motion.rate) < 0.2 * abs(kept.rate) + 1e-9,
            abs(kept.age(at: now, most: longAgo) - motion.age(at: now, most: longAgo)) <= sameTurnSeconds,
            let factor = PlaneFactor(kept.covariance)
        else { return false }
        let distance = factor.squaredLength(of: kept.state - motion.state)
        return distance <= mergingDistance || (motion.weight < lightShare && distance < 4 * mergingDistance)
    }

    private static func normalize(_ motions: inout [HeardMotion]) {
        var total = 0.0
        for motion in motions { total += motion.weight }
        for index in motions.indices { motions[index].weight /= total }
    }
}
