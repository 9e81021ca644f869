public import TocsinModel

// Items that more than one category, or the reports, look at. Each keeps the bits as sent; the properties
// interpret them. Numbers of items are those of EUROCONTROL-SPEC-149, parts 2b (034) and 4 (048).

/// Items 034/030 and 048/140: the time of day, UTC. 24 bits, unsigned, 1/128 s; 0 at midnight.
public struct TimeOfDay: Hashable, Sendable {
    public var steps: UInt32

    public var seconds: Double { Double(steps) / 128 }
    /// Whether it is less than a day; the field could say up to 131,071 s.
    public var isValid: Bool { steps < 86_400 * 128 }

    /// The instant with this time of day that is nearest to `reference`, at most half a day away: a record of
    /// 23:59:59 that is received at 00:00:01 belongs to the day before.
    ///
    /// - Precondition: ``isValid``.
    public func nearest(to reference: Instant) -> Instant {
        precondition(isValid, "a time of day that is no time of day has no instant")
        let day: Int64 = 86_400_000_000_000
        // 1/128 s is 7,812,500 ns.
        let withinDay = Int64(steps) * 7_812_500
        var referenceWithinDay = reference.nanosecondsSinceEpoch % day
        if referenceWithinDay < 0 { referenceWithinDay += day }
        var difference = withinDay - referenceWithinDay
        if difference > day / 2 { difference -= day }
        if difference < -day / 2 { difference += day }
        let (sum, overflow) = reference.nanosecondsSinceEpoch.addingReportingOverflow(difference)
        return Instant(nanosecondsSinceEpoch: overflow ? reference.nanosecondsSinceEpoch : sum)
    }
}

/// Item 048/040: the measured position. Range 16 bits, unsigned, 1/256 NM, 0 ... 255.996 NM; azimuth 16 bits,
/// unsigned, 360/65,536 degrees, clockwise from the radar's north.
public struct PolarPosition: Hashable, Sendable {
    public var rangeSteps: UInt16
    public var azimuthSteps: UInt16

    public var range: Distance { Distance(nauticalMiles: Double(rangeSteps) / 256) }
    public var azimuth: Bearing { Bearing(degrees: AsterixAngle.degrees(azimuthSteps)) }
}

/// Angles of 16 bits.
enum AsterixAngle {
    /// 360/65,536 degrees a step.
    static func degrees(_ steps: UInt16) -> Double { Double(steps) * (360.0 / 65_536) }
}

/// Items 048/070 (mode 3/A), 048/050 (mode 2): bit 16 not validated, 15 garbled, 14 smoothed or not extracted in
/// the last scan, 12-1 the code.
public struct OctalCode: Hashable, Sendable {
    public var bits: UInt16

    public var isValidated: Bool { bits & 0x8000 == 0 }
    public var isGarbled: Bool { bits & 0x4000 != 0 }
    /// Not extracted during the last scan (mode 3/A), or smoothed by a local tracker (mode 2).
    public var isSmoothed: Bool { bits & 0x2000 != 0 }
    /// Four octal digits, 0 ... 0o7777.
    public var code: UInt16 { bits & 0x0FFF }

    /// For example `7000`.
    public var text: String { octalText(code, digits: 4) }
}

/// Item 048/090: bit 16 not validated, 15 garbled, 14-1 the level in quarters of a flight level: in two's
/// complement since edition 1.32, unsigned before.
public struct FlightLevelCode: Hashable, Sendable {
    public var bits: UInt16
    public var isSigned: Bool

    public var isValidated: Bool { bits & 0x8000 == 0 }
    public var isGarbled: Bool { bits & 0x4000 != 0 }
    public var altitude: PressureAltitude { PressureAltitude(flightLevel: flightLevel) }
    /// Hundreds of feet.
    public var flightLevel: Double {
        let quarters = bits & 0x3FFF
        return isSigned ? Double(Int16(bitPattern: quarters << 2) >> 2) / 4 : Double(quarters) / 4
    }
}

/// Item 048/240: eight characters of six bits, coded as in ICAO Annex 10, volume III, 3.1.2.9.
public struct AircraftIdentification: Hashable, Sendable {
    /// The lower 48 bits, first character highest.
    public var bits: UInt64

    /// The eight characters as sent, blanks kept; `?` for codes that stand for no character.
    public var text: String {
        var text = ""
        text.reserveCapacity(8)
        for position in 0..<8 { text.unicodeScalars.append(character(at: position)) }
        return text
    }

    /// Without blanks at the end; `nil` if nothing is left or a code stands for no character.
    public var callsign: String? {
        var length = 8
        while length > 0, character(at: length - 1) == " " { length -= 1 }
        var text = ""
        for position in 0..<length {
            let character = character(at: position)
            guard character != "?" else { return nil }
            text.unicodeScalars.append(character)
        }
        return text.isEmpty ? nil : text
    }

    private func character(at position: Int) -> Unicode.Scalar {
        let code = UInt8(truncatingIfNeeded: bits >> UInt64(42 - 6 * position)) & 0x3F
        switch code {
        case 1...26: return Unicode.Scalar(UInt8(ascii: "A") + code - 1)
        case 32: return " "
        case 48...57: return Unicode.Scalar(code)
        default: return "?"
        }
    }
}

/// The lowest `3 * digits` bits as octal digits.
func octalText(_ value: UInt16, digits: Int) -> String {
    let text = String(value, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
