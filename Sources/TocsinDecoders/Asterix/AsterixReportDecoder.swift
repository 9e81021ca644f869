internal import RealModule
public import TocsinModel

/// Turns the records of ASTERIX datagrams into reports: category 048 into radar plots, category 034 into signs of
/// life.
public struct AsterixReportDecoder: ReportDecoder {
    private let editions: AsterixEditions

    /// The error of a plot's slant range. Real Mode S plots: 10-12 m, with outliers that the tracker looks after
    /// (TRACKING: Barcelona radar, one hour). One sigma, meters.
    static let slantRangeSigmaMeters = 12.0
    /// The error across the beam has a part that is the same at any range ... One sigma, meters.
    static let acrossSigmaMeters = 8.0
    /// ... and a part that grows with it. One sigma, degrees.
    static let azimuthSigmaDegrees = 0.012
    /// The highest altitude that a transponder can say: 126,750 ft (ICAO Annex 10, volume IV, Mode C code). A
    /// flight level above it, as an older edition makes of a negative one, is no altitude.
    static let highestFlightLevel = 1_267.5

    public init(editions: AsterixEditions) {
        self.editions = editions
    }

    public mutating func decode(_ frame: Frame, from feed: FeedSettings, receivedAt: Instant) -> DecodedFrame {
        var decoded = DecodedFrame()
        var reader = AsterixReader(editions: editions)
        let bytes = frame.bytes.span
        while let step = reader.next(in: bytes) {
            let offset = reader.recordOffset
            switch step {
            case .rejected(let rejection):
                decoded.reject(rejection.error, at: rejection.offset, in: frame)
            case .service(let service):
                decoded.hear(service.source.sensor)
            case .plot(let plot):
                guard decoded.reports.count < Limits.reportsPerFrame else {
                    decoded.reject(.tooMany(limit: Limits.reportsPerFrame), at: offset, in: frame)
                    return decoded
                }
                do throws(DecodeError) {
                    let report = try Self.report(of: plot, frame: frame, feed: feed, receivedAt: receivedAt)
                    if let report { decoded.reports.append(report) } else { decoded.hear(plot.source.sensor) }
                } catch {
                    decoded.reject(error, at: offset, in: frame)
                }
            }
        }
        return decoded
    }

    /// - Returns: `nil` if the record says nothing about where an object is now: a track that was not detected in
    ///   this turn, a record without a position, a fixed transponder that checks the radar.
    package static func report(
        of plot: PlotRecord, frame: Frame, feed: FeedSettings, receivedAt: Instant
    ) throws(DecodeError) -> Report? {
        guard let position = plot.position else { return nil }
        if let descriptor = plot.descriptor, descriptor.detection == .none || descriptor.isFieldMonitor {
            return nil
        }
        let measuredAt = try measuredAt(plot.timeOfDay, shift: feed.timeShift, receivedAt: receivedAt)
        return Report(
            feed: frame.feed, sensor: plot.source.sensor, measuredAt: measuredAt, receivedAt: receivedAt,
            measurement: .polar(polar(position, altitude: altitude(plot.flightLevel))),
            identity: identity(of: plot), classEvidence: nil,
            exercise: feed.exercise || plot.descriptor?.isExercise == true)
    }

    /// A record without a time was measured just before it came.
    private static func measuredAt(
        _ timeOfDay: TimeOfDay?, shift: Duration, receivedAt: Instant
    ) throws(DecodeError) -> Instant {
        guard let timeOfDay else { return receivedAt }
        guard timeOfDay.isValid else { throw .outOfRange("048/140") }
        let nanoseconds = shift.wholeNanoseconds
        let recordedAt = receivedAt.moved(byNanoseconds: 0 &- nanoseconds)
        return timeOfDay.nearest(to: recordedAt).moved(byNanoseconds: nanoseconds)
    }

    private static func polar(_ position: PolarPosition, altitude: PressureAltitude?) -> Polar {
        let range = position.range
        let across = Double.atan2(y: acrossSigmaMeters, x: range.meters) * 180 / .pi
        return Polar(
            origin: nil, slantRange: range, azimuth: position.azimuth,
            slantRangeSigma: Distance(meters: slantRangeSigmaMeters),
            azimuthSigmaDegrees: Double.hypot(across, azimuthSigmaDegrees), elevationDegrees: nil,
            pressureAltitude: altitude)
    }

    /// Only what the radar vouches for.
    private static func altitude(_ level: FlightLevelCode?) -> PressureAltitude? {
        guard let level, level.isValidated, !level.isGarbled, level.flightLevel <= highestFlightLevel else {
            return nil
        }
        return level.altitude
    }

    private static func identity(of plot: PlotRecord) -> IdentityEvidence {
        // 000000 and FFFFFF are assigned to nobody (ICAO Annex 10, volume III, part I, chapter 9).
        let address = plot.address.flatMap { $0.rawValue == 0 || $0.rawValue == 0xFF_FFFF ? nil : $0 }
        let answered = plot.descriptor?.detection.isByTransponder == true
        let modeA = plot.modeA.flatMap { $0.isValidated && !$0.isGarbled ? $0.code : nil }
        return IdentityEvidence(
            address: address, callsign: plot.identification?.callsign, modeA: modeA,
            isCooperative: address != nil || (answered && modeA != nil))
    }
}

extension DecodedFrame {
    /// Counts a refusal of what begins at `offset` of the frame, with a sample of it.
    mutating func reject(_ error: DecodeError, at offset: Int, in frame: Frame) {
        let end = min(offset + Limits.rejectionSampleBytes, frame.bytes.count)
        let sample = offset < end ? Array(frame.bytes[offset..<end]) : []
        rejections.append(Rejection(feed: frame.feed, error: error, offset: offset, sample: sample))
    }

    /// Each sensor once a frame.
    mutating func hear(_ sensor: SensorID) {
        if !heard.contains(sensor) { heard.append(sensor) }
    }
}

extension Duration {
    /// Clamped to what 64 bits hold (292 years); the rest of a nanosecond is cut off.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || overflowOfSum ? (seconds < 0 ? .min : .max) : sum
    }
}

extension Instant {
    /// Exact, and clamped to the representable range.
    func moved(byNanoseconds shift: Int64) -> Instant {
        let (sum, overflow) = nanosecondsSinceEpoch.addingReportingOverflow(shift)
        return Instant(nanosecondsSinceEpoch: overflow ? (shift < 0 ? .min : .max) : sum)
    }
}
