public import TocsinModel

/// Decodes a recording of Mode S messages into lines of JSON, one for each message, whatever its address.
public struct ModeSFileDecoder: Sendable {
    private let format: WireFormat
    private var framer: StreamFramer
    private var register: AircraftRegister
    /// The time of the newest message that has one; the epoch stands for the start of a receiver's counter.
    private var clock = Instant(nanosecondsSinceEpoch: 0)
    private var line = JSONLine()

    /// Messages decoded, Mode A and C replies and receiver status included.
    public private(set) var records = 0
    /// Bytes taken.
    public private(set) var byteCount = 0
    /// What was refused, by reason, in the order of first appearance.
    public private(set) var refusals: [Refusal] = []

    /// One reason for refusals.
    public struct Refusal: Hashable, Sendable {
        public var reason: String
        public var count: Int
        /// The first one: what exactly, where in the file, and at most `Limits.rejectionSampleBytes` of it.
        public var error: DecodeError
        public var offset: Int
        public var sample: [UInt8]
    }

    /// - Parameters:
    ///   - format: `.beast`, `.avr` or `.modesJSON`.
    ///   - reference: A place within some thousands of kilometers of the receiver, for aircraft on the ground;
    ///     `nil`: the newest place of an airborne aircraft is used from then on.
    public init(format: WireFormat, reference: GeoPoint?) {
        self.format = format
        framer = StreamFramer(format: format)
        register = AircraftRegister(reference: reference)
    }

    /// The first certain place of an airborne aircraft in a whole file: a reference for what comes before it.
    public static func reference(in bytes: [UInt8], format: WireFormat) -> GeoPoint? {
        var decoder = ModeSFileDecoder(format: format, reference: nil)
        var start = 0
        while start < bytes.count, decoder.register.reference == nil {
            let end = min(start + (1 << 16), bytes.count)
            decoder.take(Array(bytes[start..<end])) { _ in }
            start = end
        }
        return decoder.register.reference
    }

    /// Takes the next bytes of the file and gives a line, with its line end, for each message in them.
    public mutating func take(_ bytes: [UInt8], emit: ([UInt8]) -> Void) {
        byteCount += bytes.count
        for piece in framer.pieces(appending: bytes) { take(piece, emit) }
    }

    /// Ends the file.
    public mutating func finish(emit: ([UInt8]) -> Void) {
        for piece in framer.finish() { take(piece, emit) }
    }

    private mutating func take(_ piece: StreamFramer.Piece, _ emit: ([UInt8]) -> Void) {
        switch piece {
        case .garbage(let bytes, let offset):
            refuse(format == .beast ? .badEscape : .badLength(declaredBytes: bytes.count), offset, bytes)
        case .frame(let bytes, let offset):
            do throws(DecodeError) {
                let frame = try ModeSFrame(bytes, as: format)
                try write(frame)
                records += 1
                emit(line.finish())
            } catch {
                refuse(error, offset, bytes)
            }
        }
    }

    private mutating func write(_ frame: ModeSFrame) throws(DecodeError) {
        if let time = frame.time {
            clock = time
        } else if let seconds = frame.secondsOfTicks, let instant = Instant(secondsSinceEpoch: seconds) {
            clock = instant
        }
        switch frame.payload {
        case .receiverStatus:
            line.reception(frame)
            line.field("kind", "receiver-status")
        case .modeAC(let code):
            line.reception(frame)
            line.modeAC(code)
        case .modeS(let bits):
            let message = try ModeSMessage(bits)
            let unknown = AircraftRegister.Sighting(isConfirmed: false, place: nil)
            let sighting = message.isIntact ? register.take(message, at: clock, receivedAt: clock) : unknown
            line.reception(frame)
            line.field("kind", "mode-s")
            line.field("frame", bits.hexadecimal)
            line.message(message, isConfirmed: sighting.isConfirmed, place: sighting.place)
        }
    }

    private mutating func refuse(_ error: DecodeError, _ offset: Int, _ bytes: [UInt8]) {
        // There are no more reasons than cases of the error, so the search is short.
        if let index = refusals.firstIndex(where: { $0.reason == error.reason }) {
            refusals[index].count += 1
        } else {
            let sample = Array(bytes.prefix(Limits.rejectionSampleBytes))
            refusals.append(
                Refusal(reason: error.reason, count: 1, error: error, offset: offset, sample: sample))
        }
    }
}
