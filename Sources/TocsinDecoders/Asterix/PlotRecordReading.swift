internal import TocsinModel

extension PlotRecord {
    static let category: UInt8 = 48
    /// Reference numbers 1 ... 28.
    private static let highestReferenceNumber = 28

    /// Reads the record that begins at the cursor.
    init(
        _ cursor: inout ByteCursor, in bytes: Span<UInt8>, editions: borrowing AsterixEditions
    ) throws(DecodeError) {
        var presence = try FieldPresence(
            &cursor, in: bytes, limit: Self.highestReferenceNumber, category: Self.category)
        guard presence.next() == 1 else { throw .missingField("048/010") }
        let source = AsterixSource(area: try cursor.octet(bytes), code: try cursor.octet(bytes))
        self.init(edition: try editions.edition(of: Self.category, from: source), source: source)
        while let number = presence.next() {
            if number <= 14 {
                try readTarget(number, &cursor, bytes)
            } else {
                try readDetail(number, &cursor, bytes)
            }
        }
    }

    private mutating func readTarget(
        _ number: Int, _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) {
        switch number {
        case 2: timeOfDay = TimeOfDay(steps: UInt32(try cursor.number(3, bytes)))
        case 3: descriptor = try Self.descriptor(&cursor, bytes, edition: edition)
        case 4:
            position = PolarPosition(rangeSteps: try cursor.word(bytes), azimuthSteps: try cursor.word(bytes))
        case 5: modeA = OctalCode(bits: try cursor.word(bytes))
        case 6:
            flightLevel = FlightLevelCode(
                bits: try cursor.word(bytes), isSigned: edition >= AsterixEdition(1, 32))
        case 7: characteristics = try Self.characteristics(&cursor, bytes)
        case 8: address = AircraftAddress(UInt32(try cursor.number(3, bytes)))
        case 9: identification = AircraftIdentification(bits: try cursor.number(6, bytes))
        case 10: registers = try Self.registers(&cursor, bytes)
        case 11: trackNumber = try cursor.word(bytes) & 0x0FFF
        case 12:
            calculatedPosition = CartesianPosition(
                eastSteps: Int16(bitPattern: try cursor.word(bytes)),
                northSteps: Int16(bitPattern: try cursor.word(bytes)))
        case 13:
            velocity = TrackVelocity(speedSteps: try cursor.word(bytes), headingSteps: try cursor.word(bytes))
        default: trackStatus = try Self.trackStatus(&cursor, bytes)
        }
    }

    private mutating func readDetail(
        _ number: Int, _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) {
        switch number {
        case 15: trackQuality = RadarTrackQuality(bits: UInt32(try cursor.number(4, bytes)))
        case 16: conditions = try Self.conditions(&cursor, bytes)
        case 17: modeALowQuality = try cursor.word(bytes) & 0x0FFF
        case 18: modeC = GrayAltitude(bits: UInt32(try cursor.number(4, bytes)))
        case 19: measuredHeight = MeasuredHeight(bits: try cursor.word(bytes))
        case 20: doppler = try Self.doppler(&cursor, bytes)
        case 21: capability = TransponderCapability(bits: try cursor.word(bytes))
        case 22: resolutionAdvisory = try cursor.number(7, bytes)
        case 23: mode1 = Mode1Code(bits: try cursor.octet(bytes))
        case 24: mode2 = OctalCode(bits: try cursor.word(bytes))
        case 25: mode1LowQuality = try cursor.octet(bytes) & 0x1F
        case 26: mode2LowQuality = try cursor.word(bytes) & 0x0FFF
        case 27: specialPurpose = try cursor.explicit(bytes)
        default: reservedExpansion = try cursor.explicit(bytes)
        }
    }

    /// How many octets item 020 may have.
    private static func descriptorOctets(_ edition: AsterixEdition) -> Int {
        if edition >= AsterixEdition(1, 32) { return 6 }
        return edition == AsterixEdition(1, 31) ? 3 : 2
    }

    private static func descriptor(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>, edition: AsterixEdition
    ) throws(DecodeError) -> TargetDescriptor {
        var descriptor = TargetDescriptor(bits: 0, octetCount: 0)
        let limit = descriptorOctets(edition)
        while true {
            // An extension that the edition does not know: the source writes another edition.
            guard descriptor.octetCount < limit else { throw .unsupportedEdition(category: category) }
            let octet = try cursor.octet(bytes)
            descriptor.octetCount += 1
            descriptor.bits |= UInt64(octet) << UInt64(64 - 8 * descriptor.octetCount)
            if octet & 1 == 0 { return descriptor }
        }
    }

    private static func characteristics(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> PlotCharacteristics {
        var item = PlotCharacteristics(presence: try cursor.octet(bytes), bits: 0)
        guard item.presence & 1 == 0 else { throw .undefinedItem(category: category, fieldReferenceNumber: 7) }
        for index in 0..<7 where item.presence & (0x80 >> UInt8(index)) != 0 {
            item.bits |= UInt64(try cursor.octet(bytes)) << UInt64(56 - 8 * index)
        }
        return item
    }

    private static func registers(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> [CommBRegister] {
        let count = Int(try cursor.octet(bytes))
        guard count * 8 <= cursor.remaining else {
            throw .truncated(neededBytes: count * 8, availableBytes: cursor.remaining)
        }
        var registers: [CommBRegister] = []
        registers.reserveCapacity(count)
        for _ in 0..<count { registers.append(CommBRegister(bits: try cursor.number(8, bytes))) }
        return registers
    }

    private static func trackStatus(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> RadarTrackStatus {
        let first = try cursor.octet(bytes)
        guard first & 1 != 0 else { return RadarTrackStatus(first: first, second: nil) }
        let second = try cursor.octet(bytes)
        guard second & 1 == 0 else { throw .unsupportedEdition(category: category) }
        return RadarTrackStatus(first: first, second: second)
    }

    private static func conditions(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> [UInt8] {
        var conditions: [UInt8] = []
        // Seven bits can tell 128 conditions apart; a longer list repeats itself.
        while conditions.count < 128 {
            let octet = try cursor.octet(bytes)
            conditions.append(octet >> 1)
            if octet & 1 == 0 { return conditions }
        }
        throw .tooMany(limit: 128)
    }

    private static func doppler(
        _ cursor: inout ByteCursor, _ bytes: Span<UInt8>
    ) throws(DecodeError) -> RadialDoppler {
        let presence = try cursor.octet(bytes)
        guard presence & 0x3F == 0 else { throw .undefinedItem(category: category, fieldReferenceNumber: 20) }
        var doppler = RadialDoppler(calculatedBits: nil, raw: nil)
        if presence & 0x80 != 0 { doppler.calculatedBits = try cursor.word(bytes) }
        guard presence & 0x40 != 0 else { return doppler }
        let count = Int(try cursor.octet(bytes))
        guard count * 6 <= cursor.remaining else {
            throw .truncated(neededBytes: count * 6, availableBytes: cursor.remaining)
        }
        var raw: [RawDoppler] = []
        raw.reserveCapacity(count)
        for _ in 0..<count {
            raw.append(
                RawDoppler(
                    speedMetersPerSecond: try cursor.word(bytes), ambiguityMetersPerSecond: try cursor.word(bytes),
                    transmitterMegahertz: try cursor.word(bytes)))
        }
        doppler.raw = raw
        return doppler
    }
}
