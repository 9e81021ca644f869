internal import TocsinModel

/// The fields of one report object as read, before they make sense together.
struct ReportFields {
    /// Named at all, even as `null`.
    private(set) var named: ReportKeySet = []
    /// Given a value.
    private(set) var present: ReportKeySet = []
    private(set) var sensor = ""
    private(set) var time: Instant?
    private(set) var kind = ""
    private(set) var position = PositionFields()
    private(set) var evidence: ClassEvidence?
    private(set) var propagation = ""
    private(set) var address: AircraftAddress?
    private(set) var callsign = ""
    private(set) var modeA: UInt16 = 0
    private(set) var systemTrack = ""
    private(set) var isExercise = false
    private(set) var isCooperative = false
    private var numbers = InlineArray<32, Double>(repeating: 0)

    /// Reads the object that is next.
    init(_ reader: inout JSONReader) throws(DecodeError) {
        try reader.expect("{")
        var isFirst = true
        // Each turn names a key not named before, so there are at most as many as keys.
        while let name = try reader.fieldName(isFirst: isFirst) {
            isFirst = false
            guard let key = ReportKey.named(reader.bytes, name) else {
                throw .unknownField(reader.shortText(name))
            }
            guard !named.contains(key) else { throw .duplicateField(key.name) }
            named.insert(key)
            if try reader.takeNull() { continue }
            try read(key, &reader)
            present.insert(key)
        }
    }

    /// A number that the format has checked; `nil`: absent.
    func number(_ key: ReportKey) -> Double? { present.contains(key) ? numbers[key.rawValue] : nil }

    /// A number that must be there.
    func required(_ key: ReportKey) throws(DecodeError) -> Double {
        guard let value = number(key) else { throw .missingField(key.name) }
        return value
    }

    private mutating func read(_ key: ReportKey, _ reader: inout JSONReader) throws(DecodeError) {
        switch key {
        case .sensor:
            sensor = try reader.text(key.name)
            guard !sensor.isEmpty else { throw .outOfRange(key.name) }
        case .time: time = try Self.time(&reader)
        case .kind: kind = try reader.text(key.name)
        case .position: position = try PositionFields(&reader)
        case .exercise: isExercise = try reader.boolean()
        case .classEvidence: evidence = try EvidenceFields.read(&reader)
        case .propagation: propagation = try reader.text(key.name)
        case .address: address = try Self.address(reader.text(key.name))
        case .callsign: callsign = try Self.callsign(reader.text(key.name))
        case .modeA: modeA = try Self.modeA(reader.text(key.name))
        case .cooperative: isCooperative = try reader.boolean()
        case .systemTrack: systemTrack = try Self.systemTrack(reader.text(key.name))
        case .azimuthDegrees, .azimuthSigmaDegrees, .elevationDegrees, .soundSpeedMetersPerSecond,
            .maximumRangeMeters, .sigmaMeters, .pressureAltitudeMeters, .speedMetersPerSecond, .trackDegrees,
            .verticalRateMetersPerSecond, .velocitySigmaMetersPerSecond, .slantRangeMeters, .slantRangeSigmaMeters,
            .radiusMeters, .likelihoodRatio:
            let value = try reader.number().value
            guard Self.range(of: key).contains(value) else { throw .outOfRange(key.name) }
            numbers[key.rawValue] = value
        }
    }

    /// What each number may be; a deviation of zero would claim certainty, so those begin above it.
    private static func range(of key: ReportKey) -> ClosedRange<Double> {
        switch key {
        case .azimuthDegrees, .trackDegrees: -360...360
        case .azimuthSigmaDegrees: 0.001...180
        case .elevationDegrees: -90...90
        // Sound in air between -60 and +60 degrees Celsius goes at 293 to 366 m/s; some room for wind.
        case .soundSpeedMetersPerSecond: 200...500
        case .maximumRangeMeters, .radiusMeters: 1...1_000_000
        case .sigmaMeters, .slantRangeSigmaMeters: 0.01...1_000_000
        case .pressureAltitudeMeters: -2_000...60_000
        case .speedMetersPerSecond: 0...15_000
        case .verticalRateMetersPerSecond: -15_000...15_000
        case .velocitySigmaMetersPerSecond: 0.01...15_000
        case .slantRangeMeters: 0...10_000_000
        case .likelihoodRatio: 0.000_001...1_000_000
        case .sensor, .time, .kind, .position, .exercise, .classEvidence, .propagation, .address, .callsign, .modeA,
            .cooperative, .systemTrack:
            0...0
        }
    }

    /// ISO 8601 text, or seconds since the epoch.
    private static func time(_ reader: inout JSONReader) throws(DecodeError) -> Instant {
        if reader.peek() == UInt8(ascii: "\"") {
            let text = try reader.rawString()
            guard let instant = Instant(iso8601: reader.bytes.span.extracting(text)) else {
                throw .outOfRange("time")
            }
            return instant
        }
        guard let instant = try reader.number().instant else { throw .outOfRange("time") }
        return instant
    }

    private static func address(_ text: String) throws(DecodeError) -> AircraftAddress {
        guard text.utf8.count == 6 else { throw .outOfRange("address") }
        var value: UInt32 = 0
        for character in text.utf8 {
            guard let digit = try? Hexadecimal.digit(character) else { throw .outOfRange("address") }
            value = value << 4 | UInt32(digit)
        }
        return AircraftAddress(value)
    }

    /// One to eight printable ASCII characters after cutting trailing blanks.
    private static func callsign(_ text: String) throws(DecodeError) -> String {
        var characters = Array(text.utf8)
        while characters.last == 0x20 { characters.removeLast() }
        guard (1...8).contains(characters.count), characters.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .outOfRange("callsign")
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// One to 64 bytes.
    private static func systemTrack(_ text: String) throws(DecodeError) -> String {
        guard (1...64).contains(text.utf8.count) else { throw .outOfRange("systemTrack") }
        return text
    }

    private static func modeA(_ text: String) throws(DecodeError) -> UInt16 {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ (0x30...0x37).contains($0) }) else {
            throw .outOfRange("modeA")
        }
        return text.utf8.reduce(0) { $0 << 3 | UInt16($1 & 7) }
    }
}

/// The object `position`.
struct PositionFields {
    var point = GeoPoint(latitudeDegrees: 0, longitudeDegrees: 0)
    /// Above the ellipsoid; `nil`: not given.
    var height: GeometricHeight?

    init() {}

    private enum Key: Int, CaseIterable {
        case latitude, longitude, heightMeters
    }

    private static let keys = NameTable(Key.allCases.map { (String(describing: $0), $0) })
    /// From below the deepest mine to a ballistic missile's apogee.
    private static let heights = -1_000.0...2_000_000

    init(_ reader: inout JSONReader) throws(DecodeError) {
        try reader.expect("{")
        var named = 0
        var latitude: Double?
        var longitude: Double?
        while let name = try reader.fieldName(isFirst: named == 0) {
            guard let key = Self.keys[reader.bytes, name] else {
                throw .unknownField("position.\(reader.shortText(name))")
            }
            guard named & 1 << key.rawValue == 0 else { throw .duplicateField("position.\(key)") }
            named |= 1 << key.rawValue
            if try reader.takeNull() { continue }
            let value = try reader.number().value
            switch key {
            case .latitude:
                guard abs(value) <= 90 else { throw .outOfRange("position.latitude") }
                latitude = value
            case .longitude:
                guard abs(value) <= 180 else { throw .outOfRange("position.longitude") }
                longitude = value
            case .heightMeters:
                guard Self.heights.contains(value) else { throw .outOfRange("position.heightMeters") }
                height = GeometricHeight(meters: value)
            }
        }
        guard let latitude else { throw .missingField("position.latitude") }
        guard let longitude else { throw .missingField("position.longitude") }
        point = GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
    }
}

/// The object `classEvidence`: a likelihood for each class named, 0 for every other.
enum EvidenceFields {
    private static let classes = NameTable(ObjectClass.allCases.map { ($0.rawValue, $0) })

    static func read(_ reader: inout JSONReader) throws(DecodeError) -> ClassEvidence {
        try reader.expect("{")
        var likelihoods = Array(repeating: 0.0, count: ObjectClass.allCases.count)
        var named = 0
        while let name = try reader.fieldName(isFirst: named == 0) {
            guard let objectClass = classes[reader.bytes, name] else {
                throw .unknownField("classEvidence.\(reader.shortText(name))")
            }
            guard named & 1 << objectClass.index == 0 else {
                throw .duplicateField("classEvidence.\(objectClass.rawValue)")
            }
            named |= 1 << objectClass.index
            if try reader.takeNull() { continue }
            let value = try reader.number().value
            // Only ratios matter, so the upper bound costs nothing and keeps the sum finite.
            guard (0...1e9).contains(value) else { throw .outOfRange("classEvidence.\(objectClass.rawValue)") }
            likelihoods[objectClass.index] = value
        }
        guard let evidence = ClassEvidence(likelihoods: likelihoods) else { throw .outOfRange("classEvidence") }
        return evidence
    }
}
