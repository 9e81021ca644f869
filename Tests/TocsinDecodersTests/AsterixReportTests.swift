import Testing
import TocsinDecoders
import TocsinModel

@Suite struct AsterixReportTests {
    private let midnight = Instant(
        nanosecondsSinceEpoch: 1_790_000_000_000_000_000 / 86_400_000_000_000 * 86_400_000_000_000)

    private func decode(
        _ bytes: [UInt8], receivedAt: Instant, shift: Duration = .zero, exercise: Bool = false
    ) -> DecodedFrame {
        let feed = FeedSettings(name: "radar", format: .asterix, exercise: exercise, timeShift: shift, sensor: nil)
        var decoder = AsterixReportDecoder(editions: .newest)
        return decoder.decode(Frame(feed: FeedNumber(3), bytes: bytes), from: feed, receivedAt: receivedAt)
    }

    private func plot(
        seconds: Double = 28_800, descriptor: [UInt8] = [0xA0], modeA: [UInt8] = [0x08, 0x04]
    ) -> [UInt8] {
        AsterixBytes.block(
            48, AsterixBytes.plot(time: UInt32(seconds * 128), descriptor: descriptor, modeA: modeA))
    }

    @Test func plotBecomesAPolarReportWithIdentity() throws {
        let at = midnight.advanced(bySeconds: 28_801)
        let report = try #require(decode(plot(), receivedAt: at).reports.first)
        guard case .polar(let polar) = report.measurement else {
            Issue.record("not polar")
            return
        }
        #expect(report.sensor == SensorID("asterix-20-129"))
        #expect(report.feed == FeedNumber(3))
        #expect(report.measuredAt == midnight.advanced(bySeconds: 28_800))
        #expect(report.receivedAt == at)
        #expect(!report.exercise)
        #expect(polar.origin == nil)
        #expect(polar.slantRange == Distance(nauticalMiles: 48.65234375))
        #expect(polar.azimuth.degrees == 261.84814453125)
        #expect(polar.slantRangeSigma.meters == 12)
        // 8 m across at 90.1 km is 0.0051 degrees.
        #expect(abs(polar.azimuthSigmaDegrees - 0.01304) < 1e-4)
        #expect(polar.pressureAltitude == PressureAltitude(flightLevel: 370))
        #expect(
            report.identity
                == IdentityEvidence(
                    address: AircraftAddress(0x4A08EB), callsign: "ROT415", modeA: 0o4004, isCooperative: true))
    }

    @Test(arguments: [
        // (time of day in the record, receipt after midnight, expected after midnight)
        (86_399.5, 1.0, -0.5), (0.5, -1.0, 0.5), (0.0, 0.0, 0.0), (86_399.5, -0.25, -0.5),
        (43_000.0, 0.0, 43_000.0), (43_500.0, 0.0, -42_900.0),
    ])
    func timeOfDayBelongsToTheNearestDay(timeOfDay: Double, received: Double, expected: Double) throws {
        let frame = decode(plot(seconds: timeOfDay), receivedAt: midnight.advanced(bySeconds: received))
        #expect(try #require(frame.reports.first).measuredAt == midnight.advanced(bySeconds: expected))
    }

    @Test func recordingIsMovedToThePresentAcrossMidnight() throws {
        // Recorded at 23:59:59.5, replayed 100 days and 7 hours later.
        let shift = Duration.seconds(100 * 86_400 + 7 * 3_600)
        let now = midnight.advanced(bySeconds: 0.25 + 100 * 86_400 + 7 * 3_600)
        let report = try #require(decode(plot(seconds: 86_399.5), receivedAt: now, shift: shift).reports.first)
        #expect(now.seconds(since: report.measuredAt) == 0.75)
    }

    @Test func timeThatIsNoTimeOfDayIsRefused() {
        let frame = decode(plot(seconds: 86_400), receivedAt: midnight)
        #expect(frame.reports.isEmpty)
        #expect(frame.rejections.map(\.error) == [.outOfRange("048/140")])
        #expect(frame.rejections.first?.offset == 3)
    }

    @Test func simulatedAndTestTargetsAreExercise() {
        for descriptor in [[0xB0], [0xA1, 0x80]] as [[UInt8]] {
            #expect(decode(plot(descriptor: descriptor), receivedAt: midnight).reports.map(\.exercise) == [true])
        }
        #expect(decode(plot(descriptor: [0xA1, 0x00]), receivedAt: midnight).reports.map(\.exercise) == [false])
        #expect(decode(plot(), receivedAt: midnight, exercise: true).reports.map(\.exercise) == [true])
    }

    @Test func undetectedTracksAndFieldMonitorsAreOnlySignsOfLife() {
        for descriptor in [[0x00], [0xA2]] as [[UInt8]] {
            let frame = decode(plot(descriptor: descriptor), receivedAt: midnight)
            #expect(frame.reports.isEmpty)
            #expect(frame.rejections.isEmpty)
            #expect(frame.heard == [SensorID("asterix-20-129")])
        }
        let marker = decode(AsterixBytes.block(34, AsterixBytes.northMarker), receivedAt: midnight)
        #expect(marker == DecodedFrame(heard: [SensorID("asterix-20-129")]))
    }

    @Test func onlyAnAnswerThatTheRadarVouchesForIsCooperative() {
        // Items 010, 020, 040, 070; descriptor, mode A, expected.
        let cases: [(UInt8, [UInt8], UInt16?, Bool)] = [
            (0x40, [0x08, 0x04], 0o4004, true), (0x40, [0x88, 0x04], nil, false), (0x40, [0x48, 0x04], nil, false),
            (0x20, [0x08, 0x04], 0o4004, false),
        ]
        for (descriptor, modeA, code, isCooperative) in cases {
            let record = [0b1011_1000, 20, 129, descriptor, 0x30, 0xA7, 0xBA, 0x34] + modeA
            let report = decode(AsterixBytes.block(48, record), receivedAt: midnight).reports.first
            #expect(report?.identity.modeA == code)
            #expect(report?.identity.isCooperative == isCooperative)
            // Without a time in the record, the receipt is the best there is.
            #expect(report?.measuredAt == midnight)
        }
    }

    @Test func refusalsCarryTheirPlaceAndASample() {
        let block = AsterixBytes.block(62, [UInt8](repeating: 7, count: 200))
        let frame = decode(plot() + block, receivedAt: midnight)
        #expect(frame.reports.count == 1)
        #expect(
            frame.rejections == [
                Rejection(
                    feed: FeedNumber(3), error: .unsupportedCategory(62), offset: plot().count,
                    sample: Array(block.prefix(Limits.rejectionSampleBytes)))
            ])
    }
}
