public import TocsinModel

/// Writes records of ASTERIX as JSON, one object each (Docs/formats/asterix.md).
public enum AsterixLine {
    /// Where a record was found.
    public struct Place: Hashable, Sendable {
        /// The number of the datagram (or the block, in a file without containers) within the file, from 0.
        public var frame: Int
        /// Of the record's first byte, from the start of the file.
        public var offset: Int
        /// When the recorder received it; `nil`: the container keeps no time.
        public var clock: CaptureClock?

        public init(frame: Int, offset: Int, clock: CaptureClock?) {
            self.frame = frame
            self.offset = offset
            self.clock = clock
        }
    }

    /// Adds a target report to `line`.
    public static func write(_ plot: PlotRecord, at place: Place, to line: inout JSONLine) {
        line.head(category: PlotRecord.category, edition: plot.edition, source: plot.source, place)
        line.plot(plot)
    }

    /// Adds a service message to `line`.
    public static func write(_ service: ServiceRecord, at place: Place, to line: inout JSONLine) {
        line.head(category: ServiceRecord.category, edition: service.edition, source: service.source, place)
        line.service(service)
    }
}

extension JSONLine {
    fileprivate mutating func head(
        category: UInt8, edition: AsterixEdition, source: AsterixSource, _ place: AsterixLine.Place
    ) {
        field("format", "asterix")
        field("category", Int(category))
        field("edition", edition.description)
        field("frame", place.frame)
        field("offset", place.offset)
        switch place.clock {
        case .utc(let nanoseconds):
            field("recordedAt", Instant(nanosecondsSinceEpoch: nanoseconds).iso8601Exact)
        case .recorderDay(let day, let centiseconds):
            field("recorderDay", day)
            field("recorderSeconds", Double(centiseconds) / 100)
        case nil: break
        }
        field("sac", Int(source.area))
        field("sic", Int(source.code))
    }

    mutating func time(_ time: TimeOfDay?) {
        field("timeOfDaySeconds", time?.seconds)
    }

    /// Names the bits of `value` that are set; bit `names.count - 1` is the first name's.
    mutating func pulses(_ name: String, _ names: [String], _ value: UInt16?) {
        guard let value else { return }
        field(name, names.indices.filter { value >> UInt16(names.count - 1 - $0) & 1 == 1 }.map { names[$0] })
    }

    /// The lowest `count` octets of a number, as hexadecimal digits.
    mutating func hexadecimal(_ name: String, _ value: UInt64?, octets count: Int) {
        guard let value else { return }
        hexadecimal(name, (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) })
    }

    /// A field only where the flag is set: the ordinary case is left out.
    mutating func flag(_ name: String, _ value: Bool) {
        if value { field(name, true) }
    }
}
