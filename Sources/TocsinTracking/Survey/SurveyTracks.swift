internal import TocsinModel

/// A track of a survey as plain numbers, without its modes: a hundred thousand of them are walked through fast.
struct SurveyTrack: Hashable, Sendable, Codable {
    let number: TrackNumber
    /// Where its modes lie in ``SurveyTracks/modes``.
    var range: Range<Int>
    var existence: Double
    var startedAt: Instant
    /// The last scan in which it was likelier seen than not.
    var lastReportAt: Instant
    var reportCount: UInt64 = 1
    var isConfirmed = false
    /// Likely enough to be shown now.
    var isShown = false
    var record = SurveyRecord()
    var summary = SurveySummary()
}

/// What the hypotheses of a track say together, worked out while they are at hand: later steps of a scan need no more.
struct SurveySummary: Hashable, Sendable, Codable {
    var position = SIMD4<Double>.zero
    var velocity = SIMD4<Double>.zero
    /// Sums of the variances in the horizontal plane, m^2 and m^2/s^2.
    var positionVariance = 0.0
    var velocityVariance = 0.0

    init() {}

    init(_ overall: Gaussian) {
        let up = LocalFrame.up(at: overall.position)
        position = overall.position
        velocity = overall.velocity
        positionVariance = overall.positionBlock.trace - overall.positionBlock.along(up)
        velocityVariance = overall.velocityBlock.trace - overall.velocityBlock.along(up)
    }
}

/// The tracks of a survey. All hold at the time of its last scan.
///
/// The modes of all tracks are one list, track after track, so that memory is read from its beginning to its end:
/// with more tracks than a cache holds, waiting for memory costs more than the mathematics. A scan writes the list
/// anew (``Tracker/observe(_:_:)``).
struct SurveyTracks: Hashable, Sendable, Codable {
    /// By ascending number.
    var all: [SurveyTrack] = []
    /// Between those of the tracks may lie some that are no longer used.
    var modes: [MotionMixture.Mode] = []
    /// Per track; empty while no past is kept.
    private var histories: [TrackHistory] = []

    var count: Int { all.count }

    /// The mean and covariance of a track.
    func overall(_ slot: Int) -> Gaussian { MotionMixture.overall(modes.span.extracting(all[slot].range)) }

    /// Adds a track with the greatest number.
    mutating func append(_ state: Gaussian, _ number: TrackNumber, existence: Double, at instant: Instant) {
        var track = SurveyTrack(
            number: number, range: modes.count..<(modes.count + 1), existence: existence, startedAt: instant,
            lastReportAt: instant)
        track.summary = SurveySummary(state)
        all.append(track)
        modes.append(MotionMixture.Mode(state: state, weight: 1))
        if !histories.isEmpty { histories.append(TrackHistory()) }
    }

    // MARK: The steps of a scan

    /// Mixes the models of a track and moves each on.
    mutating func predict(_ slot: Int, _ steps: borrowing MotionSteps) {
        let range = all[slot].range
        var span = modes.mutableSpan
        MotionMixture.predict(&span, range, steps)
    }

    /// The same, and keeps the past of `span` seconds.
    mutating func predict(_ slot: Int, _ steps: borrowing MotionSteps, from instant: Instant, keeping span: Double) {
        guard span > 0 else { return predict(slot, steps) }
        while histories.count < all.count { histories.append(TrackHistory()) }
        var mixture = MotionMixture(modes: Array(modes[all[slot].range]))
        let filtered = mixture.overall
        let cross = mixture.predictWithCross(steps)
        histories[slot].add(
            filtered: filtered, existence: all[slot].existence, at: instant, predicted: mixture.overall, cross: cross,
            span: span)
        modes.replaceSubrange(all[slot].range, with: mixture.modes)
    }

    /// Compares a track with the places near it.
    mutating func gate(
        _ slot: Int, at instant: Instant, detectionProbability: Double, gate: Double, _ workspace: inout Workspace
    ) {
        let target = ScanUpdate.Target(slot: slot, detectionProbability: detectionProbability)
        guard !isNearAny(target, at: instant, gate: gate, &workspace) else { return }
        // What may have been seen is summed up once it is corrected.
        all[slot].summary = SurveySummary(overall(slot))
    }

    private func isNearAny(
        _ target: ScanUpdate.Target, at instant: Instant, gate: Double, _ workspace: inout Workspace
    ) -> Bool {
        let span = modes.span.extracting(all[target.slot].range)
        let reach = MotionMixture.reach(of: span, gate: gate, variance: workspace.places.variance)
        workspace.grid.collect(around: reach.center, radius: reach.radius, into: &workspace.near)
        return workspace.update.add(
            target, ScanUpdate.Prior(existence: all[target.slot].existence, at: instant), span, near: workspace.near,
            workspace.places, silence: .counts, gate: gate)
    }

    /// What came of the next track; its modes are still as predicted.
    mutating func conclude(_ slot: Int, models: Int, _ workspace: inout Workspace) -> ScanUpdate.Outcome {
        workspace.update.conclude(
            existence: all[slot].existence, modes.span.extracting(all[slot].range), silence: .counts, models: models)
    }

    /// Corrects a track and puts its modes behind those of the tracks before it.
    mutating func correct(
        _ slot: Int, by outcome: ScanUpdate.Outcome, at instant: Instant, settings: TrackingSettings,
        _ workspace: inout Workspace
    ) {
        let first = workspace.modes.count
        if outcome.isCompared {
            workspace.update.settle(
                modes.span.extracting(all[slot].range), at: instant, workspace.places, settings: settings,
                into: &workspace.modes)
            let summary = SurveySummary(MotionMixture.overall(workspace.modes.span.extracting(first...)))
            all[slot].summary = summary
        } else {
            for index in all[slot].range { workspace.modes.append(modes[index]) }
        }
        all[slot].range = first..<workspace.modes.count
    }

    /// Lets a track take the place `kept` of one that is gone.
    mutating func move(_ slot: Int, to kept: Int) {
        guard kept != slot else { return }
        all[kept] = all[slot]
        if !histories.isEmpty { histories.swapAt(kept, slot) }
    }

    /// Drops all tracks behind the first `count`.
    mutating func cut(to count: Int) {
        all.removeLast(all.count - count)
        if !histories.isEmpty { histories.removeLast(histories.count - count) }
    }

    // MARK: As others see them

    /// A track as one of many sources would be kept.
    func state(_ slot: Int, at instant: Instant) -> TrackState {
        state(slot, MotionMixture(modes: Array(modes[all[slot].range])), at: instant)
    }

    /// The same if its modes are `mixture`.
    func state(_ slot: Int, _ mixture: MotionMixture, at instant: Instant) -> TrackState {
        let track = all[slot]
        return TrackState(
            number: track.number, mixture: mixture, at: instant, existence: track.existence, identity: .none,
            exercise: false, isConfirmed: track.isConfirmed, startedAt: track.startedAt,
            lastReportAt: track.lastReportAt, reportCount: track.reportCount, silenceCountedTo: instant,
            silenceShapedTo: instant, history: histories.isEmpty ? TrackHistory() : histories[slot])
    }
}
