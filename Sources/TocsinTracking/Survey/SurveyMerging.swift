internal import TocsinModel

// Two tracks that follow one object say the same of position and velocity. At most one of them exists: their
// existences add up, and their hypotheses become those of one.
extension Tracker {
    /// Tracks farther apart are never one, meters.
    private static let reach = 300.0

    mutating func merge(_ tracks: inout SurveyTracks, at instant: Instant) {
        workspace.means.removeAll(keepingCapacity: true)
        for slot in tracks.all.indices { workspace.means.append(tracks.all[slot].summary.position) }
        workspace.trackGrid.fill(workspace.means)
        var isAnyGone = false
        for slot in tracks.all.indices where tracks.all[slot].existence > 0 {
            workspace.trackGrid.collect(around: workspace.means[slot], radius: Self.reach, into: &workspace.near)
            guard workspace.near.count > 1 else { continue }
            workspace.near.sort()
            for near in workspace.near where Int(near) > slot && tracks.all[Int(near)].existence > 0 {
                guard tracks.all[slot].isSameObject(as: tracks.all[Int(near)]) else { continue }
                isAnyGone = true
                // A track that has gone over to the other has no more twins of its own.
                if join(&tracks, slot, Int(near), at: instant) != slot { break }
            }
        }
        if isAnyGone { tracks.removeNonexistent() }
    }

    /// - Returns: The slot of the track that stays; the other's existence is 0.
    private mutating func join(_ tracks: inout SurveyTracks, _ first: Int, _ second: Int, at instant: Instant) -> Int {
        let kept = tracks.all[first].stays(before: tracks.all[second]) ? first : second
        let gone = kept == first ? second : first
        noteJoining(tracks.all[gone], into: tracks.all[kept], at: instant)
        tracks.join(gone, into: kept, settings: settings, pooling: &workspace.pooled)
        return kept
    }
}

extension SurveyTrack {
    /// How near two tracks must be to be one, as squared distances over variances: the better both are known, the
    /// nearer; two new tracks of one sighting need the least.
    private enum Threshold {
        static let mature = 0.5
        static let oneMature = 3.0
        static let newWithSameSighting = 6.0
        static let new = 1.0
    }

    fileprivate func isSameObject(as other: SurveyTrack) -> Bool {
        let (one, two) = (record, other.record)
        let threshold =
            one.isMature && two.isMature
            ? Threshold.mature
            : one.isMature || two.isMature
                ? Threshold.oneMature
                : one.likeliest >= 0 && one.likeliest == two.likeliest
                    ? Threshold.newWithSameSighting : Threshold.new
        let positionStep = summary.position - other.summary.position
        let velocityStep = summary.velocity - other.summary.velocity
        let position = summary.positionVariance + other.summary.positionVariance
        let velocity = summary.velocityVariance + other.summary.velocityVariance
        return 2 * positionStep.dot(positionStep) / position + 2 * velocityStep.dot(velocityStep) / velocity
            <= threshold
    }

    /// The one that was shown stays, or is believed in, or is much likelier, or is older.
    fileprivate func stays(before other: SurveyTrack) -> Bool {
        if isConfirmed != other.isConfirmed { return isConfirmed }
        if record.isMature != other.record.isMature { return record.isMature }
        if existence * 4 < other.existence { return false }
        if other.existence * 4 < existence { return true }
        return startedAt <= other.startedAt
    }
}

extension SurveyTracks {
    /// Gives a track the hypotheses of another that is the same object, and whose existence is 0 from now on.
    fileprivate mutating func join(
        _ gone: Int, into kept: Int, settings: TrackingSettings, pooling pooled: inout [MotionMixture.Mode]
    ) {
        let sum = all[kept].existence + all[gone].existence
        pooled.removeAll(keepingCapacity: true)
        pool(kept, share: all[kept].existence / sum, settings.models, into: &pooled)
        pool(gone, share: all[gone].existence / sum, settings.models, into: &pooled)
        HypothesisReduction(settings: settings, width: settings.models.count).reduce(&pooled)
        all[kept].range = modes.count..<(modes.count + pooled.count)
        modes.append(contentsOf: pooled)
        all[kept].summary = SurveySummary(MotionMixture.overall(pooled.span))
        all[kept].existence = min(sum, 1 - 1e-4)
        all[kept].record.countedBirth += all[gone].record.countedBirth
        all[kept].startedAt = min(all[kept].startedAt, all[gone].startedAt)
        all[gone].existence = 0
    }

    /// Adds the modes of a track, its models apart.
    private func pool(
        _ slot: Int, share: Double, _ models: [MotionModel], into pooled: inout [MotionMixture.Mode]
    ) {
        let range = all[slot].range
        if range.count == 1, models.count > 1 {
            let mode = modes[range.lowerBound]
            for model in models {
                pooled.append(MotionMixture.Mode(state: mode.state, weight: mode.weight * model.share * share))
            }
        } else {
            for index in range {
                pooled.append(modes[index])
                pooled[pooled.count - 1].weight *= share
            }
        }
    }

    fileprivate mutating func removeNonexistent() {
        var kept = 0
        for slot in all.indices where all[slot].existence > 0 {
            move(slot, to: kept)
            kept += 1
        }
        cut(to: kept)
    }
}
