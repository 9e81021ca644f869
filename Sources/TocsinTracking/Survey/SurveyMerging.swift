// Two tracks that follow one object say the same of position and velocity. At most one of them exists: their
// existences add up, and their hypotheses become those of one.
extension Tracker {
    /// Tracks farther apart are never one, meters.
    private static let reach = 300.0

    /// How near two tracks must be to be one, as squared distances over variances: the better both are known, the
    /// nearer; two new tracks of one sighting need the least.
    private enum Threshold {
        static let mature = 0.5
        static let oneMature = 3.0
        static let newWithSameSighting = 6.0
        static let new = 1.0
    }

    mutating func mergeSurveyed() {
        workspace.means.removeAll(keepingCapacity: true)
        for state in list.states { workspace.means.append(state.mixture.mean.position) }
        workspace.trackGrid.fill(workspace.means)
        var isAnyGone = false
        for slot in list.states.indices where list.states[slot].existence > 0 {
            workspace.trackGrid.collect(around: workspace.means[slot], radius: Self.reach, into: &workspace.near)
            guard workspace.near.count > 1 else { continue }
            workspace.near.sort()
            for other in workspace.near where Int(other) > slot && list.states[Int(other)].existence > 0 {
                guard isSameObject(slot, Int(other)) else { continue }
                isAnyGone = true
                // A track that has gone over to the other has no more twins of its own.
                if join(slot, Int(other)) != slot { break }
            }
        }
        if isAnyGone { list.remove(below: .leastNonzeroMagnitude) }
    }

    private func isSameObject(_ first: Int, _ second: Int) -> Bool {
        let (one, two) = (list.states[first].record, list.states[second].record)
        let threshold =
            one.isMature && two.isMature
            ? Threshold.mature
            : one.isMature || two.isMature
                ? Threshold.oneMature
                : one.likeliest >= 0 && one.likeliest == two.likeliest
                    ? Threshold.newWithSameSighting : Threshold.new
        // The variance of the distance of the means is not below this; most pairs end here.
        let (left, right) = (list.states[first].mixture.overall, list.states[second].mixture.overall)
        let positionStep = left.position - right.position
        let velocityStep = left.velocity - right.velocity
        let position =
            left.positionBlock.levelTrace(at: left.position) + right.positionBlock.levelTrace(at: left.position)
        let velocity =
            left.velocityBlock.levelTrace(at: left.position) + right.velocityBlock.levelTrace(at: left.position)
        return 2 * positionStep.dot(positionStep) / position + 2 * velocityStep.dot(velocityStep) / velocity
            <= threshold
    }

    /// - Returns: The slot of the track that stays; the other's existence is 0.
    private mutating func join(_ first: Int, _ second: Int) -> Int {
        let kept = stays(first, second) ? first : second
        let gone = kept == first ? second : first
        let twin = list.states[gone]
        noteJoining(gone, into: kept, at: twin.at)
        let sum = list.states[kept].existence + twin.existence
        list.states[kept].mixture.pool(
            with: twin.mixture, own: list.states[kept].existence / sum, other: twin.existence / sum,
            settings: settings)
        list.states[kept].existence = min(sum, 1 - 1e-4)
        list.states[kept].record.countedBirth += twin.record.countedBirth
        list.states[kept].startedAt = min(list.states[kept].startedAt, twin.startedAt)
        list.states[gone].existence = 0
        return kept
    }

    /// The one that was shown stays, or is believed in, or is much likelier, or is older.
    private func stays(_ first: Int, _ second: Int) -> Bool {
        let (one, two) = (list.states[first], list.states[second])
        if one.isConfirmed != two.isConfirmed { return one.isConfirmed }
        if one.record.isMature != two.record.isMature { return one.record.isMature }
        if one.existence * 4 < two.existence { return false }
        if two.existence * 4 < one.existence { return true }
        return one.startedAt <= two.startedAt
    }
}

extension MotionMixture {
    /// Adds the hypotheses of a track that is the same object.
    fileprivate mutating func pool(
        with other: MotionMixture, own: Double, other share: Double, settings: TrackingSettings
    ) {
        var other = other
        expand(settings.models)
        other.expand(settings.models)
        for index in modes.indices { modes[index].weight *= own }
        for mode in other.modes { modes.append(Mode(state: mode.state, weight: mode.weight * share)) }
        HypothesisReduction(settings: settings, width: settings.models.count).reduce(&modes)
    }
}

extension Matrix3 {
    /// The sum of the variances in the horizontal plane at `place`.
    fileprivate func levelTrace(at place: SIMD4<Double>) -> Double { trace - along(LocalFrame.up(at: place)) }
}
