import Testing
import TocsinDecoders
import TocsinModel

@Suite struct ObserverReportDecoderTests {
    private static let feed = FeedSettings(
        name: "people", format: .reports, exercise: false, timeShift: .zero, sensor: nil)
    private static let receipt = Instant(nanosecondsSinceEpoch: 1_795_366_801_000_000_000)

    private static func decode(_ text: String, _ feed: FeedSettings = feed) -> DecodedFrame {
        ObserverReportDecoder().decode(
            Frame(feed: FeedNumber(3), bytes: Array(text.utf8)), from: feed, receivedAt: receipt)
    }

    @Test func bearingIsReadWithEverythingItSays() throws {
        let decoded = Self.decode(
            """
            {"sensor":"mic-017","time":"2026-11-22T17:00:00.250Z","kind":"bearing","azimuthDegrees":123.4,
             "azimuthSigmaDegrees":3,"elevationDegrees":null,"propagation":"sound","soundSpeedMetersPerSecond":335,
             "maximumRangeMeters":5000,"position":{"latitude":46.9,"longitude":7.4,"heightMeters":540},
             "classEvidence":{"attackDrone":0.9,"aircraft":0.1}}
            """)
        let place = SensorPosition(
            point: GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.4), height: GeometricHeight(meters: 540))
        let expected = Report(
            feed: FeedNumber(3), sensor: SensorID("mic-017"),
            measuredAt: Instant(nanosecondsSinceEpoch: 1_795_366_800_250_000_000), receivedAt: Self.receipt,
            measurement: .bearing(
                SoundOrSightBearing(
                    origin: place, azimuth: Bearing(degrees: 123.4), azimuthSigmaDegrees: 3, elevationDegrees: nil,
                    propagationSpeed: Speed(metersPerSecond: 335), maximumRange: Distance(meters: 5_000))),
            identity: .none, classEvidence: ClassEvidence(likelihoods: [0.9, 0, 0, 0.1, 0, 0, 0]), exercise: false)
        #expect(decoded == DecodedFrame(reports: [expected]))
    }

    /// The encoder and the decoder are each other's inverse, for reports of every kind with random values.
    @Test func whatIsWrittenIsReadBackTheSame() {
        var generator = Steps(state: 3)
        for _ in 0..<600 {
            let report = Report.random(feed: FeedNumber(3), receivedAt: Self.receipt, using: &generator)
            let text = ReportLine.text(of: report)
            #expect(Self.decode(text) == DecodedFrame(reports: [report]), "\(text)")
        }
    }

    @Test func timeMayBeSecondsAndIsShifted() {
        var feed = Self.feed
        feed.timeShift = .milliseconds(-1_500)
        feed.exercise = true
        let text =
            #"{"sensor":"a","time":1795366800.250000001,"kind":"presence","radiusMeters":500,"likelihoodRatio":4}"#
        let report = Self.decode(text, feed).reports.first
        #expect(report?.measuredAt == Instant(nanosecondsSinceEpoch: 1_795_366_798_750_000_001))
        #expect(report?.exercise == true)
    }

    @Test func signOfLifeIsHeard() {
        let text = ReportLine.alive(sensor: SensorID("mic-1"), at: Self.receipt)
        #expect(Self.decode(text) == DecodedFrame(heard: [SensorID("mic-1")]))
        #expect(Self.decode("[\(text), \(text)]").heard.count == 2)
    }

    @Test func oneBadReportDoesNotSpoilItsBatch() {
        let good = #"{"sensor":"a","time":1,"kind":"presence","radiusMeters":500,"likelihoodRatio":4}"#
        let bad = #"{"sensor":"b","time":1,"kind":"presence","radiusMeters":-5,"deep":{"x":[1,{}]}}"#
        let decoded = Self.decode("[\(good),\n \(bad) ,\(good)]")
        #expect(decoded.reports.count == 2)
        #expect(decoded.rejections.map(\.error) == [.outOfRange("radiusMeters")])
        #expect(decoded.rejections.map(\.offset) == [good.utf8.count + 4])
        #expect(decoded.rejections.first?.sample == Array(bad.utf8.prefix(Limits.rejectionSampleBytes)))
    }

    @Test(arguments: [
        (#"{"sensor":"a","sensor":"b"}"#, DecodeError.duplicateField("sensor")),
        (#"{"sensor":null,"sensor":"b"}"#, .duplicateField("sensor")),
        (#"{"sensor":"a","colour":1}"#, .unknownField("colour")),
        (#"{"sensor":"a","time":1}"#, .missingField("kind")),
        (#"{"time":1,"kind":"alive"}"#, .missingField("sensor")),
        (#"{"sensor":"a","kind":"alive"}"#, .missingField("time")),
        (#"{"sensor":"","time":1,"kind":"alive"}"#, .outOfRange("sensor")),
        (#"{"sensor":"a","time":1e300,"kind":"alive"}"#, .outOfRange("time")),
        (#"{"sensor":"a","time":"yesterday","kind":"alive"}"#, .outOfRange("time")),
        (#"{"sensor":"a","time":NaN,"kind":"alive"}"#, .badJSON),
        (#"{"sensor":"a","time":1,"kind":"alive","radiusMeters":3}"#, .unknownField("radiusMeters")),
        (#"{"sensor":"a","time":1,"kind":"rumour"}"#, .outOfRange("kind")),
        (#"{"sensor":"a","time":1,"kind":"fix","sigmaMeters":1e999}"#, .outOfRange("sigmaMeters")),
        (
            #"{"sensor":"a","time":1,"kind":"fix","position":{"latitude":91,"longitude":0}}"#,
            .outOfRange("position.latitude")
        ),
        (
            #"{"sensor":"a","time":1,"kind":"fix","position":{"latitude":9,"latitude":9}}"#,
            .duplicateField("position.latitude")
        ),
        (
            #"{"sensor":"a","time":1,"kind":"fix","position":{"latitude":9,"longitude":8}}"#,
            .missingField("sigmaMeters")
        ),
        (
            #"{"sensor":"a","time":1,"kind":"fix","position":{"latitude":9,"longitude":8},"sigmaMeters":1,"trackDegrees":1}"#,
            .missingField("speedMetersPerSecond")
        ),
        (#"{"sensor":"a","classEvidence":{"aircraft":0}}"#, .outOfRange("classEvidence")),
        (#"{"sensor":"a","classEvidence":{"balloon":1}}"#, .unknownField("classEvidence.balloon")),
        (#"{"sensor":"a","address":"4b16"}"#, .outOfRange("address")),
        (#"{"sensor":"a","modeA":"7800"}"#, .outOfRange("modeA")),
        (#"{"sensor":"a","callsign":"MUCHTOOLONG"}"#, .outOfRange("callsign")),
        (#"{"sensor":"a"} x"#, .missingField("time")),
    ])
    func mistakeIsNamed(_ text: String, _ error: DecodeError) {
        let decoded = Self.decode(text)
        #expect(decoded.reports.isEmpty && decoded.heard.isEmpty)
        #expect(decoded.rejections.first?.error == error)
    }

    @Test func bombsAreRefused() {
        let nested = String(repeating: "[", count: 60_000)
        #expect(Self.decode(nested).rejections.map(\.error) == [.badJSON])
        let deep = #"{"sensor":"a","time":1,"kind":"alive","x":"# + String(repeating: "{\"a\":", count: 9_000)
        #expect(Self.decode(deep).rejections.map(\.error) == [.unknownField("x")])
        let long = #"{"sensor":""# + String(repeating: "é", count: 300) + #"","time":1,"kind":"alive"}"#
        #expect(Self.decode(long).rejections.map(\.error) == [.outOfRange("sensor")])
        let many =
            "["
            + Array(repeating: ReportLine.alive(sensor: SensorID("a"), at: Self.receipt), count: 5_001)
            .joined(separator: ",") + "]"
        let decoded = Self.decode(many)
        #expect(decoded.heard.count == 5_000)
        #expect(decoded.rejections.map(\.error) == [.tooMany(limit: 5_000)])
    }

    @Test func textIsUnescapedAndMustBeUnicode() {
        let text = #"{"sensor":"caf\u00e9 \ud83d\ude80\n","time":1,"kind":"alive"}"#
        #expect(Self.decode(text).heard == [SensorID("café 🚀\n")])
        for bad in [#"\ud83d"#, #"\ude80"#, #"\x"#, #"\u12"#, "\u{1}"] {
            let decoded = Self.decode(#"{"sensor":"\#(bad)","time":1,"kind":"alive"}"#)
            #expect(decoded.heard.isEmpty && decoded.rejections.count == 1, "\(bad)")
        }
    }

    /// Any damage gives reports or rejections, never a crash, and a cut text is never a whole report.
    @Test func everyPrefixAndFlippedBitIsSurvived() {
        var generator = Steps(state: 11)
        for _ in 0..<12 {
            let report = Report.random(feed: FeedNumber(3), receivedAt: Self.receipt, using: &generator)
            let bytes = Array(ReportLine.text(of: report).utf8)
            for count in bytes.indices {
                let frame = Frame(feed: FeedNumber(3), bytes: Array(bytes.prefix(count)))
                let decoded = ObserverReportDecoder().decode(frame, from: Self.feed, receivedAt: Self.receipt)
                #expect(decoded.reports.isEmpty && decoded.rejections.count == 1)
            }
            for _ in 0..<300 {
                var damaged = bytes
                let index = Int(generator.next() % UInt64(bytes.count))
                damaged[index] ^= 1 << UInt8(generator.next() % 8)
                let frame = Frame(feed: FeedNumber(3), bytes: damaged)
                let decoded = ObserverReportDecoder().decode(frame, from: Self.feed, receivedAt: Self.receipt)
                #expect(decoded.reports.count + decoded.rejections.count >= 1)
            }
        }
    }
}

extension Report {
    /// A report of a random kind with random, valid values.
    static func random(feed: FeedNumber, receivedAt: Instant, using generator: inout Steps) -> Report {
        let measurement = Measurement.random(using: &generator)
        var identity = IdentityEvidence.none
        switch measurement {
        case .fix, .estimate, .polar:
            if Bool.random(using: &generator) {
                identity = IdentityEvidence(
                    address: AircraftAddress(UInt32(truncatingIfNeeded: generator.next())), callsign: "SWR12A",
                    modeA: UInt16(truncatingIfNeeded: generator.next()) & 0o7777,
                    isCooperative: Bool.random(using: &generator))
            }
        case .bearing, .presence: break
        }
        if case .estimate = measurement, Bool.random(using: &generator) {
            identity.systemTrack = "track \(generator.next() % 999) ü"
        }
        let likelihoods = ObjectClass.allCases.map { _ in generator.next(in: 0...1) }
        return Report(
            feed: feed, sensor: SensorID("sensor \"\(generator.next() % 9)\" \\ ü"),
            measuredAt: Instant(nanosecondsSinceEpoch: Int64(generator.next() >> 2)), receivedAt: receivedAt,
            measurement: measurement, identity: identity,
            classEvidence: Bool.random(using: &generator) ? ClassEvidence(likelihoods: likelihoods) : nil,
            exercise: Bool.random(using: &generator))
    }
}

extension Measurement {
    fileprivate static func random(using generator: inout Steps) -> Measurement {
        let point = GeoPoint(
            latitudeDegrees: generator.next(in: -90...90), longitudeDegrees: generator.next(in: -180...180))
        let origin =
            Bool.random(using: &generator)
            ? SensorPosition(point: point, height: GeometricHeight(meters: generator.next(in: -100...4_000))) : nil
        let elevation = Bool.random(using: &generator) ? generator.next(in: -90...90) : nil
        let azimuth = Bearing(degrees: generator.next(in: 0...359))
        let isFull = Bool.random(using: &generator)
        let fix = Fix(
            point: point, height: isFull ? GeometricHeight(meters: generator.next(in: -100...9_000)) : nil,
            pressureAltitude: isFull ? PressureAltitude(feet: 25 * Double(generator.next() % 1_600)) : nil,
            horizontalSigma: Distance(meters: generator.next(in: 1...500)),
            velocity: isFull
                ? GroundVelocity(speed: Speed(knots: generator.next(in: 0...600)), track: azimuth) : nil,
            verticalRate: isFull ? VerticalRate(feetPerMinute: generator.next(in: -3_000...3_000)) : nil)
        switch generator.next() % 5 {
        case 0:
            return .fix(fix)
        case 1:
            return .estimate(
                Estimate(fix: fix, velocitySigma: Speed(metersPerSecond: generator.next(in: 1...50))))
        case 2:
            return .polar(
                Polar(
                    origin: origin, slantRange: Distance(meters: generator.next(in: 0...400_000)), azimuth: azimuth,
                    slantRangeSigma: Distance(meters: generator.next(in: 10...500)),
                    azimuthSigmaDegrees: generator.next(in: 0.01...2), elevationDegrees: elevation,
                    pressureAltitude: fix.pressureAltitude))
        case 3:
            return .bearing(
                SoundOrSightBearing(
                    origin: origin, azimuth: azimuth, azimuthSigmaDegrees: generator.next(in: 0.1...20),
                    elevationDegrees: elevation,
                    propagationSpeed: isFull ? Speed(metersPerSecond: generator.next(in: 310...350)) : nil,
                    maximumRange: Distance(meters: generator.next(in: 100...20_000))))
        default:
            return .presence(
                Presence(
                    origin: origin, radius: Distance(meters: generator.next(in: 10...9_000)),
                    likelihoodRatio: generator.next(in: 0.1...100)))
        }
    }
}
