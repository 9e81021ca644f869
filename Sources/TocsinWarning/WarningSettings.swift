/// What decides when an area is warned. ``standard`` states every default; Docs/forecast-and-warning.md gives their
/// sources. Start from it and change what differs.
package struct WarningSettings: Hashable, Sendable, Codable {
    /// People take shelter when the probability of an arrival within their lead time reaches this: the cost-loss
    /// ratio. 0 ... 1. RAID.md: 0.05 to 0.2 %.
    package var shelterThreshold: Double
    /// People are told to watch when the probability of an arrival within the horizon reaches this. 0 ... 1.
    /// Assumption: one in twenty; far above the threshold for shelter, so that a watch still means something.
    package var watchThreshold: Double
    /// A stage is held until its probability is below this share of its threshold. RAID.md: a half.
    package var releaseShare: Double
    /// Without a report for this long a track counts as silent. Seconds. RAID.md: the shortest loss is 30 s.
    package var silentAfterSeconds: Double
    /// How long positive evidence must last before shelter turns into clearing, and a later time of arrival before it
    /// is told. Seconds.
    package var evidenceSeconds: Double
    /// How long clearing lasts. Seconds. Together with ``evidenceSeconds`` RAID.md's hold of 60 to 180 s.
    package var clearingSeconds: Double
    /// How long positive evidence must last before a watch ends. Seconds.
    package var watchHoldSeconds: Double
    /// A warning is stated to hold this long after the latest arrival. Seconds. Assumption.
    package var expiryMarginSeconds: Double
    /// A warning that lasts is extended when less than this is left. Seconds. Assumption.
    package var extendBeforeSeconds: Double
    /// A silent threat is expected until this long after its latest arrival. Seconds. Assumption.
    package var silenceMarginSeconds: Double
    /// No threat is expected longer than this after its last report. Seconds. After 1,800 s of silence the chance
    /// that it still flies is below 0.1 % (Docs/forecast-and-warning.md).
    package var silenceMaximumSeconds: Double
    /// People are told of changed times at most this often. Seconds.
    package var updateIntervalSeconds: Double
    /// People are told when the likely time moves by more than this, in seconds ...
    package var materialSeconds: Double
    /// ... and by more than this share of the time that is left.
    package var materialShare: Double
    /// What was said to pass is said to come from this probability on, given that it is real; what comes is said to
    /// pass below ``releaseShare`` of it. 0 ... 1. Assumption: three of four that are said to pass should pass.
    package var comingThreshold: Double
    /// Nothing is said to pass while its likely time is further off. Seconds. Four fifths of the horizon: what
    /// arrives after the horizon must not be taken for what never arrives.
    package var courseToldWithinSeconds: Double
    /// One source alone, that no other corroborates, can put at most this many areas into one stage, the parts of
    /// a city counted as one ...
    package var areasPerSource: Int
    /// ... and at most this many people.
    package var peoplePerSource: Int
    /// People without instruments alone never reach shelter; a watch takes this many of them.
    package var personsForWatch: Int
    /// After an operator ended a warning, its tracks do not raise that area again for this long ...
    package var operatorHoldSeconds: Double
    /// ... unless their probability grows by this factor, or by ``operatorRiseStep`` if that is less.
    package var operatorRiseFactor: Double
    package var operatorRiseStep: Double

    package static let standard = WarningSettings(
        shelterThreshold: 0.001, watchThreshold: 0.05, releaseShare: 0.5, silentAfterSeconds: 30,
        evidenceSeconds: 30, clearingSeconds: 90, watchHoldSeconds: 120, expiryMarginSeconds: 300,
        extendBeforeSeconds: 120, silenceMarginSeconds: 120, silenceMaximumSeconds: 1_800,
        updateIntervalSeconds: 10, materialSeconds: 15, materialShare: 0.2, comingThreshold: 0.5,
        courseToldWithinSeconds: 480, areasPerSource: 40, peoplePerSource: 1_000_000, personsForWatch: 3,
        operatorHoldSeconds: 600, operatorRiseFactor: 10, operatorRiseStep: 0.25)
}
