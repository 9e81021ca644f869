internal import TocsinModel

/// Turns a file of ASTERIX, in whatever container, into lines of JSON, piece by piece.
public struct AsterixFile: Sendable {
    public private(set) var tally = FileTally()
    private var capture: CaptureReader
    private var reader: AsterixReader
    /// Bytes of the file that are not done with.
    private var window: [UInt8] = []
    private var line = JSONLine()

    public init(container: CaptureContainer, editions: AsterixEditions) {
        capture = CaptureReader(container)
        reader = AsterixReader(editions: editions)
    }

    /// Takes the next bytes of the file and adds a line to `text` for each record that they complete.
    /// With `isLast`, the file ends with them.
    public mutating func append(_ bytes: [UInt8], isLast: Bool, to text: inout [UInt8]) {
        // Taken out while it is read: a span of it would hold on to everything else here too.
        var window = self.window
        self.window = []
        defer { self.window = window }
        window.removeFirst(capture.discard())
        window.append(contentsOf: bytes)
        while true {
            switch capture.next(in: window.span, isLast: isLast) {
            case .needsMore, .end: return
            case .rejected(let rejection):
                tally.refuse(rejection.error.reason, offset: rejection.offset, sample: window[rejection.sample])
            case .payload(let payload):
                decode(payload, in: window, to: &text)
                tally.frames += 1
            }
        }
    }

    private mutating func decode(_ payload: TimedPayload, in window: [UInt8], to text: inout [UInt8]) {
        let bytes = window.span.extracting(payload.range)
        var place = AsterixLine.Place(frame: tally.frames, offset: 0, clock: payload.clock)
        while let step = reader.next(in: bytes) {
            place.offset = payload.offset + reader.recordOffset
            switch step {
            case .plot(let plot):
                AsterixLine.write(plot, at: place, to: &line)
                line.finish(into: &text)
                tally.count("048")
            case .service(let service):
                AsterixLine.write(service, at: place, to: &line)
                line.finish(into: &text)
                tally.count("034")
            case .rejected(let rejection):
                let start = payload.range.lowerBound + rejection.offset
                tally.refuse(
                    rejection.error, offset: payload.offset + rejection.offset,
                    sample: window[start..<payload.range.upperBound])
            }
        }
    }
}
