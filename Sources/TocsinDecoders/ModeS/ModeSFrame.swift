internal import TocsinModel

/// One message as a receiver hands it on, before its meaning.
struct ModeSFrame: Hashable, Sendable {
    var payload: Payload
    /// The receiver's counter of 12 MHz ticks, 48 bits; `nil`: none given. It has no epoch.
    var ticks: UInt64?
    /// 0 to 255, the square root of the power relative to full scale; `nil`: none given.
    var signalLevel: UInt8?
    /// `nil`: the format carries none.
    var time: Instant?

    enum Payload: Hashable {
        case modeS(ModeSBits)
        /// A reply to a Mode A or C interrogation; which of the two is not known. Sixteen bits: four octal digits,
        /// one in each half byte.
        case modeAC(UInt16)
        /// A receiver's own status (Beast type 0x34): not about aircraft.
        case receiverStatus
    }

    init(payload: Payload, ticks: UInt64?, signalLevel: UInt8?, time: Instant?) {
        self.payload = payload
        self.ticks = ticks
        self.signalLevel = signalLevel
        self.time = time
    }

    /// Reads one frame of a Mode S format.
    init(_ bytes: [UInt8], as format: WireFormat) throws(DecodeError) {
        switch format {
        case .beast: self = try BeastFrame.decode(bytes.span)
        case .avr: self = try AVRLine.decode(bytes.span)
        case .modesJSON: self = try ModeSLine.decode(bytes)
        // The decoder table gives those formats to other decoders.
        case .asterix, .reports: throw .badLength(declaredBytes: bytes.count)
        }
    }

    /// Receivers write this count into messages that were computed by multilateration, not received.
    static let multilaterationTicks: UInt64 = 0xFF00_4D4C_4154

    /// Seconds since the counter's start.
    var secondsOfTicks: Double? {
        guard let ticks, ticks != Self.multilaterationTicks else { return nil }
        return Double(ticks) / 12e6
    }
}
