internal import RealModule
internal import TocsinModel

/// What is learnt of a surveyed field: how dense clutter is, and how dense objects not yet seen are.
struct SurveyState: Hashable, Sendable, Codable {
    /// Objects not yet seen, per m^2: u <- (Ps u + births)(1 - Pd) from scan to scan (Williams 2015).
    private(set) var undetectedDensity = 0.0
    /// False detections per m^2.
    private(set) var clutterDensity = 0.0
    /// Tracks that were once likelier than not to exist.
    private(set) var discovered = 0
    /// Tracks that ended lately, while the past is kept.
    private(set) var ended: [TrackState] = []
    private var scans = 0
    private var lastAt: Instant?
    /// Detections not expected from known tracks, of the last scans.
    private var surpluses: [Double] = []

    /// TRACKING.md: the mean over ten scans; any start from a tenth to four times the truth does.
    private static let window = 10
    /// Before anything is seen, one birth in ten scans is expected: a gamma prior with this many scans.
    private static let priorScans = 10.0

    /// Moves on to the next scan.
    /// - Returns: The probability that an object has survived since the last one.
    mutating func begin(at instant: Instant, _ settings: SurveySettings) -> Double {
        let seconds = lastAt.map { max(0, instant.seconds(since: $0)) } ?? 0
        lastAt = instant
        let survival = Double.exp(-seconds / settings.lifetime)
        let births = (Double(discovered) + 1) / (Double(scans) + Self.priorScans)
        undetectedDensity = survival * undetectedDensity + births / settings.area
        scans += 1
        return survival
    }

    /// Learns the clutter from a scan before its tracks are updated.
    mutating func estimateClutter(detections: Int, expected: Double, _ settings: SurveySettings) {
        surpluses.append(Double(detections) - expected)
        if surpluses.count > Self.window { surpluses.removeFirst() }
        let mean = surpluses.reduce(0, +) / Double(surpluses.count)
        // Never none: with no clutter at all every detection would be an object for certain.
        clutterDensity = max(mean, 0.05) / settings.area
    }

    /// Keeps ended tracks for so many seconds.
    mutating func keep(_ states: [TrackState], span: Double) {
        if let lastAt { ended.removeAll { lastAt.seconds(since: $0.at) > span } }
        ended += states
    }

    mutating func end(newlyDiscovered: Int, _ settings: SurveySettings) {
        discovered += newlyDiscovered
        undetectedDensity *= 1 - settings.detectionProbability
    }
}
