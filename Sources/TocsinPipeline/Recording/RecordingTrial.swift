package import TocsinModel
internal import TocsinTracking

/// Runs the tracker over a recording of a radar, as if live, and notes which track took each plot.
package struct RecordingTrial: Sendable {
    /// What the tracker is told of the plots.
    package enum Knowledge: String, Hashable, Sendable, CaseIterable {
        /// Range, azimuth and time only.
        case placeOnly
        /// All that the radar reports, as in operation.
        case all
    }

    package var radar: SensorPosition
    package var turnSeconds: Double
    /// Meters.
    package var range: Double

    package init(radar: SensorPosition, turnSeconds: Double, range: Double) {
        self.radar = radar
        self.turnSeconds = turnSeconds
        self.range = range
    }

    /// Per plot the number of its track, if the track was confirmed when it took the plot.
    ///
    /// Nothing is put right afterwards: a plot that came before its track was confirmed has no number.
    /// - Parameter progress: Is called now and then with the plots taken so far.
    package func run(
        _ recording: RadarRecording, _ knowledge: Knowledge, progress: (Int) -> Void = { _ in }
    ) -> [TrackNumber?] {
        var result = [TrackNumber?](repeating: nil, count: recording.plots.count)
        guard let sensor = recording.radar, var now = recording.plots.first?.report.measuredAt else { return result }
        let settings = SensorSettings(
            id: sensor, kind: .radar, position: radar, range: Distance(meters: range),
            interval: .nanoseconds(Int64(turnSeconds * 1e9)), asterixIdentifier: nil)
        var tracker = Tracker(settings: .standard, sensors: [settings])
        var advancedAt = now
        var latest = 0
        func note(_ claims: [PlotClaim]) {
            for claim in claims where claim.isConfirmed {
                // The low bits of the plot's place in the recording were given as the number of its feed.
                let back = (latest - Int(claim.report.feed.rawValue)) & Int(UInt16.max)
                if back <= latest { result[latest - back] = claim.track }
            }
        }
        for (index, plot) in recording.plots.enumerated() {
            latest = index
            now = max(now, plot.report.measuredAt)
            let report = located(plot.report, knowledge, index: index, at: now)
            _ = tracker.observe([report], at: now)
            note(tracker.claims)
            if now.seconds(since: advancedAt) >= 1 {
                advancedAt = now
                _ = tracker.advance(to: now)
                note(tracker.claims)
            }
            if index % 1_000 == 0 { progress(index) }
        }
        _ = tracker.advance(to: now.advanced(bySeconds: turnSeconds))
        note(tracker.claims)
        return result
    }

    private func located(_ original: Report, _ knowledge: Knowledge, index: Int, at now: Instant) -> Report {
        var report = original
        report.feed = FeedNumber(UInt16(truncatingIfNeeded: index))
        report.receivedAt = now
        guard case .polar(var polar) = report.measurement else { return report }
        polar.origin = radar
        if knowledge == .placeOnly {
            polar.pressureAltitude = nil
            report.identity = .none
        }
        report.measurement = .polar(polar)
        return report
    }
}
