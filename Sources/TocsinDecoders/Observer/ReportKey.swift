/// The names of the fields of a report (Docs/formats/reports.md).
enum ReportKey: Int, CaseIterable {
    case sensor, time, kind, position, exercise, classEvidence
    case azimuthDegrees, azimuthSigmaDegrees, elevationDegrees
    case propagation, soundSpeedMetersPerSecond, maximumRangeMeters
    case sigmaMeters, pressureAltitudeMeters, speedMetersPerSecond, trackDegrees, verticalRateMetersPerSecond
    case velocitySigmaMetersPerSecond
    case address, callsign, modeA, cooperative, systemTrack
    case slantRangeMeters, slantRangeSigmaMeters
    case radiusMeters, likelihoodRatio

    /// As written in JSON: the case's own name.
    var name: String { Self.names[rawValue] }

    private static let names = allCases.map { String(describing: $0) }

    /// The key that `name` spells.
    static func named(_ bytes: [UInt8], _ name: Range<Int>) -> ReportKey? { table[bytes, name] }

    private static let table = NameTable(allCases.map { ($0.name, $0) })
}

/// A set of keys.
struct ReportKeySet: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ key: ReportKey) { rawValue = 1 << UInt32(key.rawValue) }

    init(_ keys: [ReportKey]) { rawValue = keys.reduce(0) { $0 | ReportKeySet($1).rawValue } }

    func contains(_ key: ReportKey) -> Bool { contains(ReportKeySet(key)) }

    mutating func insert(_ key: ReportKey) { insert(ReportKeySet(key)) }

    /// The first key, in the order of declaration.
    var first: ReportKey? { rawValue == 0 ? nil : ReportKey(rawValue: rawValue.trailingZeroBitCount) }
}

/// Finds what a name in a text stands for, without making a String of it.
struct NameTable<Value: Sendable>: Sendable {
    /// The names of each length.
    private let byLength: [[(name: [UInt8], value: Value)]]

    init(_ pairs: [(name: String, value: Value)]) {
        let longest = pairs.map { $0.name.utf8.count }.max() ?? 0
        byLength = (0...longest).map { length in
            pairs.filter { $0.name.utf8.count == length }.map { (Array($0.name.utf8), $0.value) }
        }
    }

    subscript(bytes: [UInt8], range: Range<Int>) -> Value? {
        guard range.count < byLength.count else { return nil }
        for candidate in byLength[range.count] where bytes[range].elementsEqual(candidate.name) {
            return candidate.value
        }
        return nil
    }
}
