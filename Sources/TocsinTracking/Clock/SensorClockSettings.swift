package import TocsinModel

/// What decides whether a sensor's clock is believed. Seconds.
package struct SensorClockSettings: Hashable, Sendable, Codable {
    /// An offset up to this is corrected; a clock farther off is broken and what it says next is anyone's guess
    /// (assumption).
    package var correctable = 5.0
    /// More than any line takes; beyond, a clock is behind or the line is cut (assumption: a little more than the
    /// 20 s up to which late reports are used).
    package var latestDelay = 25.0
    /// Offsets below are left alone: half of what Annex 11 of the ICAO calls suspect (1 s).
    package var leastOffset = 0.5
    /// So many impossible delays among the last ``ReceiptDelays/recentLimit`` quarantine a sensor.
    package var wrongReports = 5
    /// A quarantine ends after so many reports in a row with possible times...
    package var rightReports = 20
    /// ...over at least so long.
    package var rightSeconds = 30.0
    /// An offset by cooperative traffic counts from so many aircraft on.
    package var aircraftNeeded = 3
    /// Its greatest standard deviation.
    package var knownSigma = 0.25
    /// What may be wrong with the times of one aircraft's own reports: the latency that DO-260B allows is 0.6 s,
    /// two standard deviations.
    package var sourceSigma = 0.3
    /// How clocks drift, s^2 per second: 0.1 s in ten minutes.
    package var wanderPerSecond = 0.01 / 600
    /// A comparison is forgotten after so long.
    package var motionLifetime = 600.0

    package init() {}
    package static let standard = SensorClockSettings()

    /// A person looks, thinks and types, and the telephone may have no network: a minute is no wrong clock
    /// (assumption). Other systems pass tracks on through networks of their own.
    package static func standard(for kind: SensorKind) -> SensorClockSettings {
        var settings = SensorClockSettings.standard
        switch kind {
        case .radar, .microphone, .receiver, .camera: break
        case .system: settings.latestDelay = 30
        case .person: settings.latestDelay = 60
        }
        return settings
    }

    /// The receipt delays of a clock that is right or can be corrected.
    var possibleDelays: ClosedRange<Double> { -correctable...max(latestDelay, 0) }
}

/// The delays between measuring and receiving of a sensor's latest reports, seconds.
struct ReceiptDelays: Hashable, Sendable, Codable {
    /// Oldest first.
    private var recent: [Double] = []
    /// The three least possible ones of the last complete and of the present block of reports, ascending.
    private var leastBefore: [Double] = []
    private var leastNow: [Double] = []
    private var blockCount = 0

    /// With five of eight a wrong clock is found by its fifth report, and three stray ones change nothing.
    static let recentLimit = 8
    private static let blockLength = 32
    private static let leastKept = 3

    mutating func note(_ delay: Double, possible: ClosedRange<Double>) {
        if recent.count == Self.recentLimit { recent.removeFirst() }
        recent.append(delay)
        guard possible.contains(delay) else { return }
        leastNow = Array((leastNow + [delay]).sorted().prefix(Self.leastKept))
        blockCount += 1
        guard blockCount == Self.blockLength else { return }
        leastBefore = leastNow
        leastNow = []
        blockCount = 0
    }

    func count(outside range: ClosedRange<Double>) -> Int { recent.count { !range.contains($0) } }

    /// The middle one of the latest; 0 if there are none.
    var middle: Double {
        let sorted = recent.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// The third least of the last 32 to 63 reports, so that two garbled ones prove nothing; of delays even over
    /// 0 to 3 s it is 0.2 s on average. `nil` before the 32nd report.
    var least: Double? { leastBefore.isEmpty ? nil : (leastBefore + leastNow).sorted()[Self.leastKept - 1] }
}
