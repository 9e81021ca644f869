internal import RealModule
internal import TocsinModel

/// What a track keeps of one radar: whether the radar can see the object now.
///
/// Aircraft vanish from a radar for minutes, behind hills, on the ground, where the beam is folded. So being seen is
/// a hidden state of two values, visible and hidden, that change as a Markov chain; misses say first that the object
/// is hidden and only then that it is gone (Barcelona radar: without it 143 of 171 aircraft are followed, not 159).
struct RadarVisibility: Hashable, Sendable, Codable {
    /// The probability that the radar sees the object, if it exists; holds at `at`.
    private(set) var visible = 1.0
    private var at: Instant
    /// The share of outliers among its plots.
    private(set) var outlierShare = PlotNoise.Outlier.shares.lowerBound
    /// How far it is certain that the beam has passed the object, and the radar seen it, in this turn.
    private var swept = 1.0
    private var detected = 1.0
    private var sweptAt: Instant
    /// The last plots that were its own, oldest first, at most twelve.
    private(set) var seenAt: [Instant] = []
    /// Other causes per square meter where and when the track began.
    let otherDensity: Double

    /// Seconds; tuned on the Barcelona radar.
    private enum Mean {
        static let visible = 1_500.0
        static let hidden = 200.0
        /// How long objects stay in the radar's sky while they are seen and while they are not.
        static let stay = 1_500.0
        static let stayHidden = 600.0
    }

    /// The probability of a plot of what is visible, when the beam has passed (Barcelona radar: 0.97).
    static let detectionProbability = 0.97
    private static let seenAtMost = 12

    init(at instant: Instant, otherDensity: Double) {
        (at, sweptAt) = (instant, instant)
        self.otherDensity = otherDensity
    }

    /// Lets the object hide and appear.
    /// - Returns: The probability that it has stayed in the radar's sky.
    mutating func predict(to instant: Instant) -> Double {
        let seconds = instant.seconds(since: at)
        guard seconds > 0 else { return 1 }
        at = instant
        let rate = 1 / Mean.visible + 1 / Mean.hidden
        let rest = 1 / (Mean.hidden * rate)
        visible = rest + (visible - rest) * Double.exp(-rate * seconds)
        return Double.exp(-seconds * (visible / Mean.stay + (1 - visible) / Mean.stayHidden))
    }

    /// The share of outliers to be expected after `turns` unseen.
    func outlierShare(unseenTurns turns: Double) -> Double {
        turns > PlotNoise.Outlier.hiddenTurns ? outlierShare * PlotNoise.Outlier.hiddenShare : outlierShare
    }

    /// Begins to look in a sector.
    mutating func begin(at instant: Instant, turn: Double) {
        guard instant.seconds(since: sweptAt) > turn / 2 else { return }
        (swept, detected) = (0, 0)
    }

    /// The probability that the beam passes the object now, `inside` being that of being in the sector, and that it
    /// was not seen in this turn before.
    func chance(inside: Double, detection: Double) -> Double {
        min(min(inside * detection / max(1 - swept, 0.02), Self.detectionProbability) * (1 - detected), 0.995)
    }

    /// The part of the detection probability that is left in this turn.
    var unseenThisTurn: Double { 1 - detected }

    mutating func pass(inside: Double, at instant: Instant) {
        swept = min(1, swept + inside)
        sweptAt = max(sweptAt, instant)
    }

    /// What came of a look.
    struct Outcome {
        /// The probability that the object exists and a plot is its own.
        var seen = 0.0
        /// That a plot is its own and an outlier.
        var outlier = 0.0
        /// That it exists and no plot is its own.
        var unseen = 0.0
        /// The chance to be seen, if visible.
        var chance = 0.0
    }

    mutating func learn(_ outcome: Outcome, at instant: Instant) {
        let hidden = visible * (1 - outcome.chance) / max(1 - visible * outcome.chance, 1e-9)
        visible = (outcome.unseen * hidden + outcome.seen) / max(outcome.unseen + outcome.seen, 1e-300)
        detected += (1 - detected) * outcome.seen
        swept = swept * (1 - outcome.seen) + outcome.seen
        if outcome.seen > 0.1 { sweptAt = max(sweptAt, instant) }
        guard outcome.seen > 0 else { return }
        let share = outlierShare + PlotNoise.Outlier.gain * (outcome.outlier - outcome.seen * outlierShare)
        outlierShare = min(max(share, PlotNoise.Outlier.shares.lowerBound), PlotNoise.Outlier.shares.upperBound)
    }

    /// Notes a plot that is its own.
    mutating func see(at instant: Instant) {
        if seenAt.count == Self.seenAtMost { seenAt.removeFirst() }
        seenAt.append(instant)
    }

    /// Whether one turn of the radar gave a plot to each.
    func sawInOneTurn(_ other: RadarVisibility, turn: Double) -> Bool {
        seenAt.contains { one in other.seenAt.contains { abs($0.seconds(since: one)) < turn / 2 } }
    }

    /// Takes over what an older track of the object had learnt.
    mutating func inherit(_ elder: RadarVisibility) {
        outlierShare = max(outlierShare, elder.outlierShare)
        seenAt = (elder.seenAt + seenAt).suffix(Self.seenAtMost)
    }
}

/// Where a radar sees: the antenna's upper edge, its range, and what the earth hides.
struct RadarFootprint {
    let plane: SlantPlane
    /// Meters.
    let range: Double

    /// The upper edge of the beam: beyond 45 degrees of elevation nothing is seen. The edge is soft.
    static let coneElevation = Double.pi / 4
    static let coneSoftness = 2 * Double.pi / 180
    /// Above the ground around it, meters (PHYSICS: a 20 m mast).
    private static let antennaHeight = 20.0

    /// The probability that the antenna's pattern covers an object in this state.
    func coverage(of mode: MotionMixture.Mode) -> Double {
        guard mode.altitude == .free else { return 1 }
        let relative = mode.state.position - plane.origin
        let upward = relative.dot(plane.frame.up)
        let level = relative - plane.frame.up * upward
        let ground = max(level.length, 1)
        let squared = ground * ground + upward * upward
        let gradient = plane.frame.up * (ground / squared) - level * (upward / (ground * squared))
        let variance = max(0, mode.state.positionBlock.along(gradient))
        let elevation = Double.atan2(y: upward, x: ground)
        // A logistic in place of the normal distribution: 0.36 is about 3 / pi^2.
        let width = (Self.coneSoftness * Self.coneSoftness + 0.36 * variance).squareRoot()
        return max(1 / (1 + Double.exp((elevation - Self.coneElevation) / width)), 0.01)
    }

    /// Whether an object at `position` is within range: that it is not seen farther off says nothing.
    func isInRange(_ position: SIMD4<Double>) -> Bool { (position - plane.origin).length < range }

    /// The same, the edge being no line: what is a little farther off may give a plot.
    func mayBeInRange(_ position: SIMD4<Double>) -> Bool { (position - plane.origin).length < 1.05 * range }

    /// Whether an aircraft at `position` would surely be seen: within range, clear of hills and below the upper edge
    /// of the beam. Barcelona's radar misses hardly a plot between these elevations (`RadarRecordingTests`), and below
    /// them some aircraft for minutes.
    func surelySees(_ position: SIMD4<Double>) -> Bool {
        let relative = position - plane.origin
        let range = relative.length
        let sine = relative.dot(plane.frame.up) / max(range, 1)
        return range < 0.9 * self.range && Self.clearSines.contains(sine)
    }

    /// Of the elevation: 2 and 40 degrees.
    private static let clearSines = 0.0349...0.643

    /// Whether an object at `position` is surely above the horizon of the 4/3 earth: 4.12 km
    /// (sqrt(antenna) + sqrt(object)), heights in meters.
    func isAboveHorizon(_ position: SIMD4<Double>) -> Bool {
        let distance = (position - plane.origin).length
        let rise = max(position.height - plane.origin.height, 0) + 1
        return distance < 4_120 * (Self.antennaHeight.squareRoot() + rise.squareRoot())
    }
}

/// The probability that an azimuth lies in a sector.
struct SectorShare {
    /// Where it begins, radians.
    let azimuth: Double
    let width: Double

    /// For an azimuth with this standard deviation, radians.
    func share(of mean: Double, sigma: Double) -> Double {
        let offset = (mean - azimuth - width / 2).remainder(dividingBy: 2 * .pi) + width / 2
        var result = Self.between(-offset / sigma, (width - offset) / sigma)
        guard sigma > 0.3 else { return result }
        for turn in [-2 * Double.pi, 2 * Double.pi] {
            result += Self.between((turn - offset) / sigma, (turn + width - offset) / sigma)
        }
        return min(result, 1)
    }

    private static func between(_ low: Double, _ high: Double) -> Double {
        guard low < 8, high > -8 else { return 0 }
        return 0.5 * (Double.erfc(-high * 0.5.squareRoot()) - Double.erfc(-low * 0.5.squareRoot()))
    }
}
