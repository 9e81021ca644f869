public import TocsinModel

// The smaller items of category 048. Each keeps the bits as sent; the properties interpret them.

/// Item 048/130: how the plot looked to the receiver. One presence octet, then one octet for each bit set.
public struct PlotCharacteristics: Hashable, Sendable {
    /// The presence octet; bit 8 stands for the first subfield, bit 2 for the seventh.
    public var presence: UInt8
    /// The seven subfields, the first in the highest eight bits; absent ones zero.
    public var bits: UInt64

    /// 360/8,192 degrees a step, unsigned.
    public var secondaryRunLengthDegrees: Double? { octet(0).map { Double($0) * (360.0 / 8_192) } }
    public var secondaryReplies: Int? { octet(1).map { Int($0) } }
    /// dBm, two's complement.
    public var secondaryAmplitudeDecibels: Double? { signed(2).map { Double($0) } }
    /// 360/8,192 degrees a step, unsigned.
    public var primaryRunLengthDegrees: Double? { octet(3).map { Double($0) * (360.0 / 8_192) } }
    /// dBm, two's complement.
    public var primaryAmplitudeDecibels: Double? { signed(4).map { Double($0) } }
    /// Primary minus secondary plot; 1/256 NM a step, two's complement.
    public var rangeDifference: Distance? { signed(5).map { Distance(nauticalMiles: Double($0) / 256) } }
    /// Primary minus secondary plot; 360/16,384 degrees a step, two's complement.
    public var azimuthDifferenceDegrees: Double? { signed(6).map { Double($0) * (360.0 / 16_384) } }

    private func octet(_ index: Int) -> UInt8? {
        guard presence & (0x80 >> UInt8(index)) != 0 else { return nil }
        return UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * index))
    }

    private func signed(_ index: Int) -> Int8? { octet(index).map { Int8(bitPattern: $0) } }
}

/// One element of item 048/250: a Comm-B register of the transponder.
public struct CommBRegister: Hashable, Sendable {
    /// The message in the upper 56 bits, the register's number in the lower 8.
    public var bits: UInt64

    public var message: UInt64 { bits >> 8 }
    /// For example 0x40 for BDS 4,0.
    public var number: UInt8 { UInt8(truncatingIfNeeded: bits) }
}

/// Item 048/042: the position computed by the radar's tracker, in its plane. 2 x 16 bits, two's complement,
/// 1/128 NM a step; x to the east, y to the north.
public struct CartesianPosition: Hashable, Sendable {
    public var eastSteps: Int16
    public var northSteps: Int16

    public var east: Distance { Distance(nauticalMiles: Double(eastSteps) / 128) }
    public var north: Distance { Distance(nauticalMiles: Double(northSteps) / 128) }
}

/// Item 048/200: the velocity computed by the radar's tracker. Speed 16 bits, unsigned, 2^-14 NM/s; heading 16
/// bits, unsigned, 360/65,536 degrees.
public struct TrackVelocity: Hashable, Sendable {
    public var speedSteps: UInt16
    public var headingSteps: UInt16

    public var nauticalMilesPerSecond: Double { Double(speedSteps) / 16_384 }
    public var groundSpeed: Speed { Speed(knots: nauticalMilesPerSecond * 3_600) }
    public var heading: Bearing { Bearing(degrees: AsterixAngle.degrees(headingSteps)) }
}

/// Item 048/170: the state of the radar's own track. One octet, or two where bit 1 of the first says so.
public struct RadarTrackStatus: Hashable, Sendable {
    public var first: UInt8
    public var second: UInt8?

    public var isTentative: Bool { first & 0x80 != 0 }
    /// 0 combined, 1 primary, 2 secondary or Mode S, 3 invalid.
    public var sensors: Int { Int(first >> 5 & 3) }
    public var hasLowConfidence: Bool { first & 0x10 != 0 }
    public var isManoeuvring: Bool { first & 0x08 != 0 }
    /// 0 level, 1 climbing, 2 descending, 3 unknown.
    public var verticalMode: Int { Int(first >> 1 & 3) }
    /// The last report of this track.
    public var isEnd: Bool? { second.map { $0 & 0x80 != 0 } }
    public var isGhost: Bool? { second.map { $0 & 0x40 != 0 } }
    /// Kept alive with a neighbour radar's help.
    public var isSupplemented: Bool? { second.map { $0 & 0x20 != 0 } }
    /// Slant range was corrected and projected to a plane.
    public var isProjected: Bool? { second.map { $0 & 0x10 != 0 } }
}

/// Item 048/210: standard deviations of the radar's track. 4 x 8 bits, unsigned.
public struct RadarTrackQuality: Hashable, Sendable {
    public var bits: UInt32

    /// 1/128 NM a step.
    public var eastSigma: Distance { Distance(nauticalMiles: Double(bits >> 24) / 128) }
    /// 1/128 NM a step.
    public var northSigma: Distance { Distance(nauticalMiles: Double(bits >> 16 & 0xFF) / 128) }
    /// 2^-14 NM/s a step.
    public var speedSigma: Speed { Speed(knots: Double(bits >> 8 & 0xFF) / 16_384 * 3_600) }
    /// 360/4,096 degrees a step.
    public var headingSigmaDegrees: Double { Double(bits & 0xFF) * (360.0 / 4_096) }
}

/// Item 048/100: the Mode C reply as received, in Gray notation, and the pulses that were of low quality.
public struct GrayAltitude: Hashable, Sendable {
    public var bits: UInt32

    public var isValidated: Bool { bits & 0x8000_0000 == 0 }
    public var isGarbled: Bool { bits & 0x4000_0000 != 0 }
    /// The pulses C1 A1 C2 A2 C4 A4 B1 D1 B2 D2 B4 D4, highest first.
    public var pulses: UInt16 { UInt16(bits >> 16) & 0x0FFF }
    /// In the same order as ``pulses``.
    public var lowQuality: UInt16 { UInt16(truncatingIfNeeded: bits) & 0x0FFF }
}

/// Item 048/110: the height above mean sea level measured by a radar that measures elevation. 14 bits, two's
/// complement, 25 ft a step.
public struct MeasuredHeight: Hashable, Sendable {
    public var bits: UInt16

    public var feet: Double { Double(Int16(bitPattern: bits << 2) >> 2) * 25 }
    public var meters: Double { feet * 0.304_8 }
}

/// Item 048/120: radial speed by Doppler.
public struct RadialDoppler: Hashable, Sendable {
    /// Bit 16 doubtful, bits 10-1 m/s in two's complement, positive away from the radar; `nil`: not given.
    public var calculatedBits: UInt16?
    /// `nil`: not given.
    public var raw: [RawDoppler]?

    public var isDoubtful: Bool? { calculatedBits.map { $0 & 0x8000 != 0 } }
    public var calculated: Speed? {
        calculatedBits.map { Speed(metersPerSecond: Double(Int16(bitPattern: $0 << 6) >> 6)) }
    }
}

/// One element of item 048/120, raw Doppler: 3 x 16 bits, unsigned, 1 m/s, 1 m/s and 1 MHz a step.
public struct RawDoppler: Hashable, Sendable {
    public var speedMetersPerSecond: UInt16
    public var ambiguityMetersPerSecond: UInt16
    public var transmitterMegahertz: UInt16
}

/// Item 048/230: what the transponder can do, and the flight status it reports.
public struct TransponderCapability: Hashable, Sendable {
    public var bits: UInt16

    /// Bits 16-14: 0 surveillance only ... 4 level 5 transponder.
    public var communications: Int { Int(bits >> 13) }
    /// Bits 13-11: 0 airborne, 1 on ground, 2 and 3 the same with alert, 4 alert and special position, 5 special
    /// position, 7 unknown.
    public var flightStatus: Int { Int(bits >> 10 & 7) }
    /// Bit 10: interrogator code by II only.
    public var isInterrogatorIdentifierOnly: Bool { bits & 0x0200 != 0 }
    /// Bit 8.
    public var hasSpecificServices: Bool { bits & 0x0080 != 0 }
    /// Bit 7: altitude in steps of 25 ft, not 100.
    public var hasFineAltitude: Bool { bits & 0x0040 != 0 }
    /// Bit 6.
    public var hasIdentification: Bool { bits & 0x0020 != 0 }
    /// Bit 5: bit 16 of BDS 1,0.
    public var acasOperational: Bool { bits & 0x0010 != 0 }
    /// Bits 4-1: bits 37-40 of BDS 1,0.
    public var acasBits: Int { Int(bits & 0x000F) }
}

/// Item 048/055: the mode 1 code. Bit 8 not validated, 7 garbled, 6 smoothed, 5-1 pulses A4 A2 A1 B2 B1.
public struct Mode1Code: Hashable, Sendable {
    public var bits: UInt8

    public var isValidated: Bool { bits & 0x80 == 0 }
    public var isGarbled: Bool { bits & 0x40 != 0 }
    public var isSmoothed: Bool { bits & 0x20 != 0 }
    /// Two octal digits: 0-7, then 0-3.
    public var text: String { "\(bits >> 2 & 7)\(bits & 3)" }
}
