internal import OrderedCollections
package import TocsinDecoders
package import TocsinModel

/// The plots of one radar in a recording of ASTERIX category 048, with the radar's own track numbers.
package struct RadarRecording: Hashable, Sendable {
    /// A plot, and what its radar made of it.
    package struct Plot: Hashable, Sendable {
        /// Located at no origin; the identity and height are whole.
        package var report: Report
        package var radarTrack: UInt16?
    }

    /// In the order of the recording.
    package private(set) var plots: [Plot] = []
    /// Records that are no plot of an object, and plots of radars with fewer plots.
    package private(set) var leftOut = 0
    package private(set) var rejected = 0

    /// Noon of a day that the times of day are laid into: 2026-01-01.
    private static let noon = Instant(nanosecondsSinceEpoch: 1_767_268_800_000_000_000)
    private static let feed = FeedSettings(
        name: "recording", format: .asterix, exercise: false, timeShift: .zero, sensor: nil)

    package init(_ bytes: [UInt8], container: CaptureContainer? = nil, editions: AsterixEditions = .newest) {
        var capture = CaptureReader(container ?? CaptureContainer.sniff(bytes.span))
        var reader = AsterixReader(editions: editions)
        reading: while true {
            switch capture.next(in: bytes.span, isLast: true) {
            case .needsMore, .end: break reading
            case .rejected: rejected += 1
            case .payload(let payload):
                let records = bytes.span.extracting(payload.range)
                while let step = reader.next(in: records) { take(step) }
            }
        }
        keepLargestRadar()
    }

    private mutating func take(_ step: AsterixReader.Step) {
        switch step {
        case .service: break
        case .rejected: rejected += 1
        case .plot(let record):
            let frame = Frame(feed: FeedNumber(0), bytes: [])
            let reference = plots.last?.report.measuredAt ?? Self.noon
            do throws(DecodeError) {
                let report = try AsterixReportDecoder.report(
                    of: record, frame: frame, feed: Self.feed, receivedAt: reference)
                guard let report else { return leftOut += 1 }
                plots.append(Plot(report: report, radarTrack: record.trackNumber))
            } catch {
                rejected += 1
            }
        }
    }

    private mutating func keepLargestRadar() {
        var counts: OrderedDictionary<SensorID, Int> = [:]
        for plot in plots { counts[plot.report.sensor, default: 0] += 1 }
        guard let radar = counts.max(by: { $0.value < $1.value })?.key else { return }
        let before = plots.count
        plots.removeAll { $0.report.sensor != radar }
        leftOut += before - plots.count
    }

    package var radar: SensorID? { plots.first?.report.sensor }

    /// From the first plot to the last, seconds.
    package var duration: Double {
        let times = plots.map(\.report.measuredAt)
        guard let first = times.min(), let last = times.max() else { return 0 }
        return last.seconds(since: first)
    }

    /// The plots of the first seconds only.
    package func prefix(seconds: Double) -> RadarRecording {
        var result = self
        guard let first = plots.map(\.report.measuredAt).min() else { return result }
        result.plots.removeAll { $0.report.measuredAt.seconds(since: first) > seconds }
        return result
    }

    /// The radar's turn, seconds: the middle of the times between plots of one track number, address or Mode A code.
    package var turnSeconds: Double? {
        var last: OrderedDictionary<UInt32, Instant> = [:]
        var gaps: [Double] = []
        for plot in plots {
            let identity = plot.report.identity
            guard
                let number = plot.radarTrack.map(UInt32.init) ?? identity.address?.rawValue
                    ?? identity.modeA.map(UInt32.init)
            else { continue }
            if let before = last[number] {
                let gap = plot.report.measuredAt.seconds(since: before)
                if gap > 1, gap < 30 { gaps.append(gap) }
            }
            last[number] = plot.report.measuredAt
        }
        gaps.sort()
        return gaps.isEmpty ? nil : gaps[gaps.count / 2]
    }

    /// The slant range of the farthest plot, meters.
    package var farthest: Double {
        plots.reduce(0) { farthest, plot in
            guard case .polar(let polar) = plot.report.measurement else { return farthest }
            return max(farthest, polar.slantRange.meters)
        }
    }
}
