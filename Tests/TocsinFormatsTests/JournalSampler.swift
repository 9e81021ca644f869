import TocsinModel

/// Makes random inputs and outputs in which every case of the model turns up.
struct JournalSampler {
    var generator: SplitMix

    /// A small seeded generator, so that a failing sample can be made again.
    struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    init(seed: UInt64) { generator = SplitMix(state: seed) }

    private mutating func number<Value: FixedWidthInteger>(_: Value.Type) -> Value {
        Value.random(in: .min ... .max, using: &generator)
    }

    private mutating func coin() -> Bool { Bool.random(using: &generator) }

    private mutating func double() -> Double {
        [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, 47.123_456_789].randomElement(using: &generator)
            ?? 0
    }

    private mutating func text() -> String {
        ["", "ch-2660646", "Genève", "a\u{0}b", "名前 🚨", String(repeating: "x", count: 300)]
            .randomElement(using: &generator) ?? ""
    }

    private mutating func instant() -> Instant { Instant(nanosecondsSinceEpoch: number(Int64.self)) }

    private mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...80, using: &generator)).map { _ in number(UInt8.self) }
    }

    private mutating func any<Case: CaseIterable>(_: Case.Type) throws -> Case where Case.AllCases == [Case] {
        guard let one = Case.allCases.randomElement(using: &generator) else { throw Empty() }
        return one
    }

    private struct Empty: Error {}

    mutating func input() -> Input {
        let payloads: [Input.Payload] = [
            .frame(Frame(feed: FeedNumber(number(UInt16.self)), bytes: bytes())), .tick, .command(command()),
        ]
        return Input(
            sequence: number(UInt64.self), acceptedAt: instant(),
            payload: payloads.randomElement(using: &generator) ?? .tick)
    }

    private mutating func command() -> OperatorCommand {
        .endWarning(WarningNumber(number(UInt64.self)), operatorName: text())
    }

    /// One output of each kind, and one rejection for each error.
    mutating func outputs() throws -> [Output] {
        var outputs: [Output] = decodeErrors().map { error in
            .rejected(
                Rejection(
                    feed: FeedNumber(number(UInt16.self)), error: error, offset: number(Int.self), sample: bytes()))
        }
        outputs.append(.track(.confirmed(try track())))
        for reason in TrackEndReason.allCases { outputs.append(.track(.ended(try track(), reason: reason))) }
        for reason in WarningReason.allCases { outputs.append(.warning(try change(reason))) }
        for reason in NotWarnedReason.allCases {
            outputs.append(
                .notWarned(area: AreaID(text()), track: TrackNumber(number(UInt64.self)), reason: reason))
        }
        outputs.append(.commandRefused(command()))
        outputs.append(.sensor(.coverageLost(SensorID(text()), areas: Int(number(UInt32.self)))))
        outputs.append(.sensor(.floodBegan(SensorID(text()))))
        outputs.append(.sensor(.floodEnded(SensorID(text()))))
        outputs.append(.sensor(.coverageGained(SensorID(text()), areas: Int(number(UInt32.self)))))
        return outputs.shuffled(using: &generator)
    }

    private mutating func decodeErrors() -> [DecodeError] {
        [
            .truncated(neededBytes: number(Int.self), availableBytes: number(Int.self)),
            .trailingBytes(count: number(Int.self)), .unsupportedCategory(number(UInt8.self)),
            .unsupportedEdition(category: number(UInt8.self)),
            .undefinedItem(category: number(UInt8.self), fieldReferenceNumber: number(Int.self)),
            .badLength(declaredBytes: number(Int.self)), .badParity, .unknownDownlinkFormat(number(UInt8.self)),
            .badEscape, .badHexadecimal, .badJSON, .missingField(text()), .outOfRange(text()),
            .unknownSensor(text()), .tooMany(limit: number(Int.self)),
        ]
    }

    private mutating func change(_ reason: WarningReason) throws -> WarningChange {
        let arrival = ArrivalTimes(earliest: instant(), likely: instant(), latest: instant())
        return WarningChange(
            kind: try any(WarningChange.Kind.self), previousStage: try any(WarningStage.self),
            warning: Warning(
                number: WarningNumber(number(UInt64.self)), revision: number(UInt32.self), area: AreaID(text()),
                exercise: coin(), stage: try any(WarningStage.self), reason: reason, issuedAt: instant(),
                changedAt: instant(), expiresAt: instant(), arrival: coin() ? arrival : nil,
                course: coin() ? try any(ThreatCourse.self) : nil, probability: double(),
                tracks: (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    TrackNumber(number(UInt64.self))
                }))
    }

    private mutating func track() throws -> Track {
        var classes = ClassProbabilities.uniform
        if coin(), let evidence = ClassEvidence(likelihoods: [9, 1, 1, 2, 0.3, 0, 0]) {
            classes.update(with: evidence, doubt: 0.05)
        }
        return Track(
            number: TrackNumber(number(UInt64.self)), at: instant(),
            point: GeoPoint(latitudeDegrees: double(), longitudeDegrees: double()),
            height: coin() ? GeometricHeight(meters: double()) : nil,
            velocity: PlanePoint(east: double(), north: double()), covariance: covariance(), existence: double(),
            classes: classes, identity: identity(), isCooperative: coin(), exercise: coin(), isConfirmed: coin(),
            startedAt: instant(), lastReportAt: instant(), reportCount: number(UInt64.self),
            sensors: (0..<Int.random(in: 0...16, using: &generator)).map { _ in SensorID(text()) })
    }

    private mutating func covariance() -> HorizontalCovariance {
        HorizontalCovariance(
            eastEast: double(), eastNorth: double(), northNorth: double(), eastVelocityEast: double(),
            eastVelocityNorth: double(), northVelocityEast: double(), northVelocityNorth: double(),
            velocityEastEast: double(), velocityEastNorth: double(), velocityNorthNorth: double())
    }

    private mutating func identity() -> IdentityEvidence {
        IdentityEvidence(
            address: coin() ? AircraftAddress(number(UInt32.self)) : nil, callsign: coin() ? text() : nil,
            modeA: coin() ? number(UInt16.self) : nil, isCooperative: coin())
    }
}
