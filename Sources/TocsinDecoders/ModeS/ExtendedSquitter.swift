/// The 56 bits ME of an extended squitter, by type code (Doc 9871, A.2.3; DO-260B, 2.2.3.2).
package struct ExtendedSquitter: Hashable, Sendable {
    /// 0 to 31.
    package let typeCode: Int
    package let content: Content

    package enum Content: Hashable, Sendable {
        /// Type codes 1 to 4; the category is the letter D (1) to A (4) of the type code and a digit.
        case identification(category: Int, callsign: CallsignCode)
        /// Type codes 5 to 8.
        case surfacePosition(SurfacePosition)
        /// Type codes 9 to 18 and 20 to 22.
        case airbornePosition(AirbornePosition)
        /// Type code 0: the altitude of an aircraft that does not know where it is.
        case withoutPosition(AltitudeCode?)
        /// Type code 19, subtypes 1 to 4.
        case velocity(AirborneVelocity)
        /// Type code 28, subtype 1.
        case emergency(EmergencyStatus)
        /// Type code 29, subtype 1.
        case targetState(TargetState)
        /// Type code 31, subtypes 0 and 1.
        case operationalStatus(OperationalStatus)
        /// A type or subtype that is reserved, for tests or not decoded (for example coarse TIS-B).
        case other(subtype: Int)
    }

    init(_ bits: ModeSBits, format: Int, control: Int) {
        typeCode = bits.bits(33, 37)
        let subtype = bits.bits(38, 40)
        // Control 3 (coarse position), 4 (management) and 7 (reserved) of format 18 are laid out differently.
        let isStandard = format == 17 || (control != 3 && control != 4 && control != 7)
        content = isStandard ? Self.content(typeCode, subtype, bits) : .other(subtype: subtype)
    }

    private static func content(_ typeCode: Int, _ subtype: Int, _ bits: ModeSBits) -> Content {
        switch typeCode {
        case 0:
            return .withoutPosition(AltitudeCode(twelveBits: bits.bits(41, 52)))
        case 1...4:
            let packed = UInt64(bits.bits(41, 64)) << 24 | UInt64(bits.bits(65, 88))
            return .identification(category: subtype, callsign: CallsignCode(packed: packed))
        case 5...8:
            return .surfacePosition(SurfacePosition(bits))
        case 9...18, 20...22:
            return .airbornePosition(AirbornePosition(bits, isGeometric: typeCode >= 20))
        case 19:
            return AirborneVelocity(bits, subtype: subtype).map(Content.velocity) ?? .other(subtype: subtype)
        case 28 where subtype == 1:
            return .emergency(EmergencyStatus(bits))
        case 29 where bits.bits(38, 39) == 1:
            return .targetState(TargetState(bits))
        case 31 where subtype <= 1:
            return .operationalStatus(OperationalStatus(bits))
        default:
            return .other(subtype: subtype)
        }
    }
}

/// Where an aircraft on the ground is, type codes 5 to 8 (Doc 9871, A.2.3.3).
package struct SurfacePosition: Hashable, Sendable {
    /// The lower edge of the movement's step; `nil`: not available, or faster than 175 knots (code 124 is 175).
    package let groundSpeedKnots: Double?
    /// Degrees from true north; `nil`: not valid.
    package let trackDegrees: Double?
    package let coordinates: CompactPosition

    init(_ bits: ModeSBits) {
        groundSpeedKnots = Self.knots(movement: bits.bits(38, 44))
        trackDegrees = bits.flag(45) ? Double(bits.bits(46, 52)) * 360 / 128 : nil
        coordinates = CompactPosition(bits, isSurface: true)
    }

    /// Doc 9871, table A-2-6, note on the movement field.
    private static func knots(movement: Int) -> Double? {
        switch movement {
        case 1: 0
        case 2...8: 0.125 + Double(movement - 2) * 0.125
        case 9...12: 1 + Double(movement - 9) * 0.25
        case 13...38: 2 + Double(movement - 13) * 0.5
        case 39...93: 15 + Double(movement - 39)
        case 94...108: 70 + Double(movement - 94) * 2
        case 109...123: 100 + Double(movement - 109) * 5
        case 124: 175
        default: nil
        }
    }
}

/// Where an airborne aircraft is, type codes 9 to 18 and 20 to 22 (Doc 9871, A.2.3.2).
package struct AirbornePosition: Hashable, Sendable {
    /// 0 no condition, 1 permanent alert, 2 temporary alert, 3 special position identification.
    package let surveillanceStatus: Int
    /// Navigation integrity supplement B (version 2), or single antenna (versions 0 and 1).
    package let integritySupplementB: Bool
    package let altitude: AltitudeCode?
    /// The altitude is a height above the ellipsoid by satellite, not one by barometer.
    package let isGeometric: Bool
    package let coordinates: CompactPosition

    init(_ bits: ModeSBits, isGeometric: Bool) {
        surveillanceStatus = bits.bits(38, 39)
        integritySupplementB = bits.flag(40)
        altitude = AltitudeCode(twelveBits: bits.bits(41, 52))
        self.isGeometric = isGeometric
        coordinates = CompactPosition(bits, isSurface: false)
    }
}
