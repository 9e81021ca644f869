internal import TocsinDecoders
internal import TocsinModel

/// The file reader of one format, and what it has found.
enum DecodedFile {
    case asterix(AsterixFile, CaptureContainer)
    case modeS(ModeSFileDecoder, WireFormat)

    /// - Parameter first: The beginning of the file, where Mode S looks for the region of the receiver.
    init(format: WireFormat, container: CaptureContainer, editions: AsterixEditions, first: [UInt8]) {
        switch format {
        case .asterix, .reports:
            self = .asterix(AsterixFile(container: container, editions: editions), container)
        case .beast, .avr, .modesJSON:
            let reference = ModeSFileDecoder.reference(in: first, format: format)
            self = .modeS(ModeSFileDecoder(format: format, reference: reference), format)
        }
    }

    /// For people: what it was read as.
    var form: String {
        switch self {
        case .asterix(_, let container): "asterix (\(container.rawValue))"
        case .modeS(_, let format): format.rawValue
        }
    }

    var records: Int {
        switch self {
        case .asterix(let file, _): file.tally.records
        case .modeS(let file, _): file.records
        }
    }

    /// How many records of each category; empty for Mode S.
    var kinds: [(name: String, count: Int)] {
        switch self {
        case .asterix(let file, _): file.tally.kinds.sorted { $0.name < $1.name }
        case .modeS: []
        }
    }

    /// Datagrams or data blocks; `nil` for Mode S, where each frame is a message.
    var frames: Int? {
        switch self {
        case .asterix(let file, _): file.tally.frames
        case .modeS: nil
        }
    }

    var refusals: [FileTally.Refusal] {
        switch self {
        case .asterix(let file, _):
            file.tally.refusals
        case .modeS(let file, _):
            file.refusals.map { refusal in
                FileTally.Refusal(
                    reason: refusal.reason, count: refusal.count, offset: refusal.offset, sample: refusal.sample)
            }
        }
    }

    /// Takes the next bytes of the file and adds a line to `text` for each record that they complete.
    mutating func append(_ bytes: [UInt8], isLast: Bool, to text: inout [UInt8]) {
        switch self {
        case .asterix(var file, let container):
            // Released first, so that what the reader keeps is changed in place and not copied.
            self = .asterix(AsterixFile(container: .raw, editions: .newest), container)
            file.append(bytes, isLast: isLast, to: &text)
            self = .asterix(file, container)
        case .modeS(var file, let format):
            self = .modeS(ModeSFileDecoder(format: format, reference: nil), format)
            file.take(bytes) { text.append(contentsOf: $0) }
            if isLast { file.finish { text.append(contentsOf: $0) } }
            self = .modeS(file, format)
        }
    }
}
