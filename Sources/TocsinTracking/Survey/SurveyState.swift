internal import RealModule
internal import TocsinModel

/// What is learnt of a surveyed field: how dense clutter is, how often objects appear and vanish, and how dense
/// objects not yet seen are.
///
/// Rates are gamma distributed (Gelman et al. 2013, section 2.6) with a prior that is weak and comes back with
/// time, so that the field may change.
struct SurveyState: Hashable, Sendable, Codable {
    /// Objects not yet seen, per m^2: u <- (Ps u + births)(1 - Pd) from scan to scan (Williams 2015).
    private(set) var undetectedDensity = 0.0
    /// False detections per m^2, by the scans before this one.
    private(set) var clutterDensity = 0.0
    /// The time of the scan before this one; `nil` before the second.
    private(set) var lastAt: Instant?
    var tracks = SurveyTracks()
    /// Tracks that ended lately, while the past is kept.
    private(set) var ended: [TrackState] = []
    /// Births and the seconds in which they were counted.
    private var births = 0.0
    private var birthSeconds = 0.0
    /// Deaths of known objects and the seconds that they had lived.
    private var deaths = 0.0
    private var livedSeconds = 0.0
    /// Detections that no track explains, of the last scans.
    private var surpluses: [Double] = []

    /// TRACKING.md: the mean over ten scans; any start from a tenth to four times the truth does.
    private static let window = 10

    /// What is thought before anything was seen, and how fast the learnt is forgotten. Tuned on simulated
    /// scenarios of our own (Docs/adr/0011-tracker.md).
    private enum Prior {
        /// Births per m^2 and second: one every four seconds in 400 km^2.
        static let birthDensity = 6.25e-10
        static let birthSeconds = 4.0
        static let birthMemory = 20.0
        /// At least this part of the prior births stays thinkable.
        static let birthLeastShare = 0.02
        /// Objects already there at the first scan, in seconds of births.
        static let firstSeconds = 6.0
        static let livedSeconds = 20.0
        static let deathMemory = 8.0
        /// Deaths per second that are thinkable.
        static let deathRates = 0.002...0.06
    }

    /// Moves on to the next scan.
    /// - Returns: The probability that an object has survived since the last one.
    mutating func begin(at instant: Instant, detections: Int, _ field: SurveySettings) -> Double {
        guard let lastAt else {
            births = Prior.birthDensity * field.area * Prior.birthSeconds
            birthSeconds = Prior.birthSeconds
            undetectedDensity = Prior.birthDensity * Prior.firstSeconds
            clutterDensity = max(Double(detections), 0.5) / field.area
            self.lastAt = instant
            return 1
        }
        let seconds = max(0, instant.seconds(since: lastAt))
        self.lastAt = instant
        let rate =
            (Prior.livedSeconds / field.lifetime + deaths) / (Prior.livedSeconds + livedSeconds)
        let bounded = min(max(rate, Prior.deathRates.lowerBound), Prior.deathRates.upperBound)
        let survival = Double.exp(-bounded * seconds)
        undetectedDensity = survival * undetectedDensity + births / birthSeconds / field.area * seconds
        let birthShare = Double.exp(-seconds / Prior.birthMemory)
        births = birthShare * births + (1 - birthShare) * Prior.birthDensity * field.area * Prior.birthSeconds
        birthSeconds = birthShare * birthSeconds + (1 - birthShare) * Prior.birthSeconds + seconds
        let deathShare = Double.exp(-seconds / Prior.deathMemory)
        deaths *= deathShare
        livedSeconds *= deathShare
        return survival
    }

    /// What a scan has told.
    struct Lesson {
        var detections = 0
        /// Of them, expected from objects.
        var explained = 0.0
        /// New objects, as far as they are believed.
        var births = 0.0
        /// Known objects that are no longer believed.
        var deaths = 0.0
        var livedSeconds = 0.0
    }

    mutating func learn(_ lesson: Lesson, _ field: SurveySettings) {
        let prior = Prior.birthDensity * field.area * Prior.birthSeconds
        births = max(births + lesson.births, Prior.birthLeastShare * prior)
        deaths = max(deaths + lesson.deaths, 0)
        livedSeconds += lesson.livedSeconds
        surpluses.append(max(0, Double(lesson.detections) - lesson.explained))
        if surpluses.count > Self.window { surpluses.removeFirst() }
        let mean = surpluses.reduce(0, +) / Double(surpluses.count)
        // Never none: with no clutter at all every detection would be an object for certain.
        clutterDensity = max(mean, 0.5) / field.area
        undetectedDensity *= 1 - field.detectionProbability
    }

    /// Keeps ended tracks for so many seconds.
    mutating func keep(_ states: [TrackState], span: Double) {
        if let lastAt { ended.removeAll { lastAt.seconds(since: $0.at) > span } }
        ended += states
    }
}

// What others see of it.
extension SurveyState {
    /// All tracks as of the last scan, by ascending number.
    var published: [Track] { published(tracks.all.indices) }

    /// The tracks of the last scan that are likely enough to be shown, by ascending number.
    var shown: [Track] { published(tracks.all.indices.filter { tracks.all[$0].isShown }) }

    /// The tracks that there are, and those that ended lately, with their past.
    var states: [TrackState] {
        guard let lastAt else { return ended }
        return ended + tracks.all.indices.map { tracks.state($0, at: lastAt) }
    }

    /// - Complexity: O(*n*), *n* being the number of tracks.
    func state(of number: TrackNumber) -> TrackState? {
        guard let lastAt, let slot = tracks.all.firstIndex(where: { $0.number == number }) else { return nil }
        return tracks.state(slot, at: lastAt)
    }

    /// A track as of the last scan.
    func published(_ slot: Int) -> Track? {
        lastAt.map { tracks.state(slot, MotionMixture(tracks.overall(slot)), at: $0).published }
    }

    private func published(_ slots: some Sequence<Int>) -> [Track] { slots.compactMap { published($0) } }
}

/// What the learning of a survey knows of one track.
struct SurveyRecord: Hashable, Sendable, Codable {
    /// Scans since the first.
    var scans = 0
    /// The part of its existence that was counted as a birth.
    var countedBirth = 0.0
    /// Believed in for certain once: from then on it may die.
    var isMature = false
    /// Its existence before the scan.
    var existenceBefore = 0.0
    /// Its likeliest sighting in the last scan; -1: none.
    var likeliest = -1
}
