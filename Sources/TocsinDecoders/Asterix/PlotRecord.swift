public import TocsinModel

/// One record of category 048: a target report of one radar. Absent items are `nil`.
public struct PlotRecord: Hashable, Sendable {
    /// The edition it was read with.
    public var edition: AsterixEdition
    /// Item 010.
    public var source: AsterixSource
    /// Item 140.
    public var timeOfDay: TimeOfDay?
    /// Item 020.
    public var descriptor: TargetDescriptor?
    /// Item 040.
    public var position: PolarPosition?
    /// Item 070.
    public var modeA: OctalCode?
    /// Item 090.
    public var flightLevel: FlightLevelCode?
    /// Item 130.
    public var characteristics: PlotCharacteristics?
    /// Item 220.
    public var address: AircraftAddress?
    /// Item 240.
    public var identification: AircraftIdentification?
    /// Item 250.
    public var registers: [CommBRegister]?
    /// Item 161: 0 ... 4,095.
    public var trackNumber: UInt16?
    /// Item 042.
    public var calculatedPosition: CartesianPosition?
    /// Item 200.
    public var velocity: TrackVelocity?
    /// Item 170.
    public var trackStatus: RadarTrackStatus?
    /// Item 210.
    public var trackQuality: RadarTrackQuality?
    /// Item 030: numbers of 7 bits.
    public var conditions: [UInt8]?
    /// Item 080: pulses of low quality, 12 bits, in the order A4 A2 A1 B4 B2 B1 C4 C2 C1 D4 D2 D1.
    public var modeALowQuality: UInt16?
    /// Item 100.
    public var modeC: GrayAltitude?
    /// Item 110.
    public var measuredHeight: MeasuredHeight?
    /// Item 120.
    public var doppler: RadialDoppler?
    /// Item 230.
    public var capability: TransponderCapability?
    /// Item 260: 56 bits as the transponder sent them.
    public var resolutionAdvisory: UInt64?
    /// Item 055.
    public var mode1: Mode1Code?
    /// Item 050.
    public var mode2: OctalCode?
    /// Item 065: pulses of low quality, 5 bits, in the order A4 A2 A1 B2 B1.
    public var mode1LowQuality: UInt8?
    /// Item 060: as item 080.
    public var mode2LowQuality: UInt16?
    /// The special purpose field without its length; its meaning is the users' own.
    public var specialPurpose: [UInt8]?
    /// The reserved expansion field without its length.
    public var reservedExpansion: [UInt8]?

    init(edition: AsterixEdition, source: AsterixSource) {
        self.edition = edition
        self.source = source
    }
}
