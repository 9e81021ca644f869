internal import TocsinModel

/// The altitude fields of Mode S: 13 bits (AC, Annex 10, volume IV, 3.1.2.6.5.4) and 12 bits (in ADS-B).
package enum AltitudeCode: Hashable, Sendable {
    /// Steps of 25 or 100 feet.
    case feet(Int)
    /// The M bit is set. The step is reserved in Annex 10; read as meters, as other decoders do.
    case meters(Int)

    /// - Returns: `nil` for 0 ("not available") and for Gillham patterns that no altimeter sends.
    init?(thirteenBits code: Int) {
        if code == 0 { return nil }
        if code & 0x40 != 0 {
            self = .meters((code >> 7) << 6 | code & 0x3F)
        } else if code & 0x10 != 0 {
            // The Q bit: eleven bits count steps of 25 feet from -1,000.
            let steps = (code & 0x1F80) >> 2 | (code & 0x20) >> 1 | code & 0x0F
            self = .feet(steps * 25 - 1_000)
        } else {
            guard let feet = Self.gillhamFeet(IdentityCode.modeA(fromInterleaved: code)) else { return nil }
            self = .feet(feet)
        }
    }

    /// The field of airborne position messages: the same without the M bit.
    init?(twelveBits code: Int) {
        self.init(thirteenBits: (code & 0xFC0) << 1 | code & 0x3F)
    }

    /// Feet, also of metric altitudes.
    package var feet: Double {
        switch self {
        case .feet(let feet): Double(feet)
        case .meters(let meters): Double(meters) / 0.304_8
        }
    }

    var pressureAltitude: PressureAltitude {
        switch self {
        case .feet(let feet): PressureAltitude(feet: Double(feet))
        case .meters(let meters): PressureAltitude(meters: Double(meters))
        }
    }

    var geometricHeight: GeometricHeight { GeometricHeight(meters: pressureAltitude.meters) }

    /// Mode C altitude from four octal digits ABCD (Annex 10, volume IV, appendix to chapter 3): D2 D4 A1 A2 A4
    /// B1 B2 B4 count 500 feet in Gray code, C1 C2 C4 count 100 feet in a reflected code of five.
    ///
    /// - Returns: `nil` for patterns that no altimeter sends (D1 set, or C of 0, 5 or 7 after unfolding).
    static func gillhamFeet(_ digits: UInt16) -> Int? {
        let a = Int(digits >> 9 & 7)
        let b = Int(digits >> 6 & 7)
        let c = Int(digits >> 3 & 7)
        let d = Int(digits & 7)
        guard d & 1 == 0, c != 0 else { return nil }
        // A digit's value is 1, 2, 4 for its pulses 1, 2, 4; the Gray words want pulse 1 first.
        let fiveHundreds = binary(fromGray: reversed(d) << 6 & 0xC0 | reversed(a) << 3 | reversed(b))
        var hundreds = binary(fromGray: reversed(c))
        if hundreds == 7 { hundreds = 5 } else if hundreds == 5 { return nil }
        guard hundreds <= 5 else { return nil }
        if fiveHundreds % 2 == 1 { hundreds = 6 - hundreds }
        return fiveHundreds * 500 + hundreds * 100 - 1_300
    }

    private static func reversed(_ digit: Int) -> Int { (digit & 1) << 2 | digit & 2 | digit >> 2 }

    private static func binary(fromGray code: Int) -> Int {
        var value = code
        value ^= value >> 4
        value ^= value >> 2
        return value ^ value >> 1
    }
}
