public import TocsinModel

/// One record of category 034: a radar tells how it does. Absent items are `nil`.
public struct ServiceRecord: Hashable, Sendable {
    /// The edition it was read with.
    public var edition: AsterixEdition
    /// Item 010.
    public var source: AsterixSource
    /// Item 000.
    public var message: UInt8?
    /// Item 030.
    public var timeOfDay: TimeOfDay?
    /// Item 020: the azimuth of the antenna in steps of 360/256 degrees.
    public var sector: UInt8?
    /// Item 041: the time of one turn of the antenna in steps of 1/128 s.
    public var antennaPeriodSteps: UInt16?
    /// Item 050.
    public var configuration: SystemConfiguration?
    /// Item 060.
    public var processing: ProcessingMode?
    /// Item 070.
    public var counters: [MessageCounter]?
    /// Item 100.
    public var window: PolarWindow?
    /// Item 110: what is filtered out.
    public var filter: UInt8?
    /// Item 120.
    public var site: RadarSite?
    /// Item 090.
    public var collimation: CollimationError?
    /// The reserved expansion field without its length.
    public var reservedExpansion: [UInt8]?
    /// The special purpose field without its length.
    public var specialPurpose: [UInt8]?

    init(edition: AsterixEdition, source: AsterixSource) {
        self.edition = edition
        self.source = source
    }

    public var sectorDegrees: Double? { sector.map { Double($0) * (360.0 / 256) } }
    public var antennaPeriodSeconds: Double? { antennaPeriodSteps.map { Double($0) / 128 } }
}

/// Item 034/050: how the radar's parts are set. Absent subfields are `nil`.
public struct SystemConfiguration: Hashable, Sendable {
    /// Bit 8 not released for operational use, 7 chain 2 selected, 6 chain restarted, 5 processor overloaded,
    /// 4 transmission overloaded, 3 monitoring disconnected, 2 time source invalid.
    public var common: UInt8?
    /// Bit 8 antenna 2, 7-6 channel, 5 overload, 4 monitoring disconnected.
    public var primary: UInt8?
    /// As ``primary``.
    public var secondary: UInt8?
    /// Bit 16 antenna 2, 15-14 channel, 13 overload, 12 monitoring disconnected, 11 surveillance co-ordination on
    /// channel B, 10 data link on channel B, 9 and 8 their overloads.
    public var modeS: UInt16?
}

/// Item 034/060: how the radar's parts cope with load. Absent subfields are `nil`.
public struct ProcessingMode: Hashable, Sendable {
    /// Bits 7-5 reduction steps of the processor, 4-2 of the transmission.
    public var common: UInt8?
    /// Bit 8 circular polarization, 7-5 reduction steps, 4-3 sensitivity time control map less one.
    public var primary: UInt8?
    /// Bits 8-6 reduction steps.
    public var secondary: UInt8?
    /// Bits 8-6 reduction steps, 5 not autonomous.
    public var modeS: UInt8?
}

/// One element of item 034/070: bits 16-12 what is counted, 11-1 how many.
public struct MessageCounter: Hashable, Sendable {
    public var bits: UInt16

    public var kind: Int { Int(bits >> 11) }
    public var count: Int { Int(bits & 0x07FF) }
}

/// Item 034/100: a window in range (1/256 NM a step) and azimuth (360/65,536 degrees a step), 4 x 16 bits,
/// unsigned.
public struct PolarWindow: Hashable, Sendable {
    public var rangeStartSteps: UInt16
    public var rangeEndSteps: UInt16
    public var azimuthStartSteps: UInt16
    public var azimuthEndSteps: UInt16

    public var rangeStart: Distance { Distance(nauticalMiles: Double(rangeStartSteps) / 256) }
    public var rangeEnd: Distance { Distance(nauticalMiles: Double(rangeEndSteps) / 256) }
    public var azimuthStart: Bearing { Bearing(degrees: AsterixAngle.degrees(azimuthStartSteps)) }
    public var azimuthEnd: Bearing { Bearing(degrees: AsterixAngle.degrees(azimuthEndSteps)) }
}

/// Item 034/120: where the radar stands. Height 16 bits, 1 m above WGS-84; latitude and longitude 24 bits,
/// 180/2^23 degrees; all two's complement.
public struct RadarSite: Hashable, Sendable {
    public var heightMeters: Int16
    /// In the lower 24 bits.
    public var latitudeBits: UInt32
    /// In the lower 24 bits.
    public var longitudeBits: UInt32

    public var latitudeDegrees: Double { Self.degrees(latitudeBits) }
    public var longitudeDegrees: Double { Self.degrees(longitudeBits) }

    private static func degrees(_ bits: UInt32) -> Double {
        Double(Int32(bitPattern: bits << 8) >> 8) * (180.0 / 8_388_608)
    }
}

/// Item 034/090: averaged differences of primary and secondary plots. Range 1/128 NM, azimuth 360/16,384 degrees
/// a step, 2 x 8 bits, two's complement.
public struct CollimationError: Hashable, Sendable {
    public var rangeSteps: Int8
    public var azimuthSteps: Int8

    public var range: Distance { Distance(nauticalMiles: Double(rangeSteps) / 128) }
    public var azimuthDegrees: Double { Double(azimuthSteps) * (360.0 / 16_384) }
}
