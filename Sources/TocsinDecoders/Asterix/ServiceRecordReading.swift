internal import TocsinModel

extension ServiceRecord {
    static let category: UInt8 = 34
    /// Reference numbers 1 ... 14.
    private static let highestReferenceNumber = 14

    /// Reads the record that begins at the cursor.
    init(
        _ cursor: inout ByteCursor, in bytes: Span<UInt8>, editions: borrowing AsterixEditions
    ) throws(DecodeError) {
        var presence = try FieldPresence(
            &cursor, in: bytes, limit: Self.highestReferenceNumber, category: Self.category)
        guard presence.next() == 1 else { throw .missingField("034/010") }
        let source = AsterixSource(area: try cursor.octet(bytes), code: try cursor.octet(bytes))
        self.init(edition: try editions.edition(of: Self.category, from: source), source: source)
        while let number = presence.next() {
            try read(number, &cursor, bytes)
        }
    }

    private mutating func read(
        _ number: Int, _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) {
        switch number {
        case 2: message = try cursor.octet(bytes)
        case 3: timeOfDay = TimeOfDay(steps: UInt32(try cursor.number(3, bytes)))
        case 4: sector = try cursor.octet(bytes)
        case 5: antennaPeriodSteps = try cursor.word(bytes)
        case 6: configuration = try Self.configuration(&cursor, bytes)
        case 7: processing = try Self.processing(&cursor, bytes)
        case 8: counters = try Self.counters(&cursor, bytes)
        case 9:
            window = PolarWindow(
                rangeStartSteps: try cursor.word(bytes), rangeEndSteps: try cursor.word(bytes),
                azimuthStartSteps: try cursor.word(bytes), azimuthEndSteps: try cursor.word(bytes))
        case 10: filter = try cursor.octet(bytes)
        case 11:
            site = RadarSite(
                heightMeters: Int16(bitPattern: try cursor.word(bytes)),
                latitudeBits: UInt32(try cursor.number(3, bytes)),
                longitudeBits: UInt32(try cursor.number(3, bytes)))
        case 12:
            collimation = CollimationError(
                rangeSteps: Int8(bitPattern: try cursor.octet(bytes)),
                azimuthSteps: Int8(bitPattern: try cursor.octet(bytes)))
        case 13: reservedExpansion = try cursor.explicit(bytes)
        default: specialPurpose = try cursor.explicit(bytes)
        }
    }

    /// The presence octet of items 050 and 060: bits 8, 5, 4 and 3 stand for subfields, the others for none.
    private static func presence(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>, number: Int
    ) throws(DecodeError) -> UInt8 {
        let octet = try cursor.octet(bytes)
        guard octet & 0b0110_0011 == 0 else {
            throw .undefinedItem(category: category, fieldReferenceNumber: number)
        }
        return octet
    }

    private static func configuration(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> SystemConfiguration {
        let presence = try presence(&cursor, bytes, number: 6)
        var item = SystemConfiguration(common: nil, primary: nil, secondary: nil, modeS: nil)
        if presence & 0x80 != 0 { item.common = try cursor.octet(bytes) }
        if presence & 0x10 != 0 { item.primary = try cursor.octet(bytes) }
        if presence & 0x08 != 0 { item.secondary = try cursor.octet(bytes) }
        if presence & 0x04 != 0 { item.modeS = try cursor.word(bytes) }
        return item
    }

    private static func processing(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> ProcessingMode {
        let presence = try presence(&cursor, bytes, number: 7)
        var item = ProcessingMode(common: nil, primary: nil, secondary: nil, modeS: nil)
        if presence & 0x80 != 0 { item.common = try cursor.octet(bytes) }
        if presence & 0x10 != 0 { item.primary = try cursor.octet(bytes) }
        if presence & 0x08 != 0 { item.secondary = try cursor.octet(bytes) }
        if presence & 0x04 != 0 { item.modeS = try cursor.octet(bytes) }
        return item
    }

    private static func counters(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> [MessageCounter] {
        let count = Int(try cursor.octet(bytes))
        guard count * 2 <= cursor.remaining else {
            throw .truncated(neededBytes: count * 2, availableBytes: cursor.remaining)
        }
        var counters: [MessageCounter] = []
        counters.reserveCapacity(count)
        for _ in 0..<count { counters.append(MessageCounter(bits: try cursor.word(bytes))) }
        return counters
    }
}
