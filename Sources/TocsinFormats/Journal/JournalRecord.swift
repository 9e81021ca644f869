package import TocsinModel

/// One record of the journal. Docs/formats/journal.md shows every byte.
package enum JournalRecord: Hashable, Sendable {
    /// Everything that decides what the pipeline decides, as the conductor encodes it; state begins anew here.
    case header([UInt8])
    case input(Input)
    /// What the step of input `sequence` decided; a step that decided nothing has no such record.
    case outputs(sequence: UInt64, [Output])
    /// Records of the inputs from `first` through `last` may be missing: the disk failed.
    case gap(first: UInt64, last: UInt64)

    /// The version of the payloads below; a change of their form adds one.
    static let version: UInt8 = 2

    /// The number that stands for a case in the journal.
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case header = 1
        case input = 2
        case outputs = 3
        case gap = 4
    }

    /// Which case it is.
    package var kind: Kind {
        switch self {
        case .header: .header
        case .input: .input
        case .outputs: .outputs
        case .gap: .gap
        }
    }

    /// The canonical bytes: equal records have equal bytes, in every process and on every machine.
    package var payload: [UInt8] {
        switch self {
        case .header(let bytes):
            var writer = ByteWriter(reservedBytes: bytes.count + 1)
            writer.append(Self.version)
            writer.append(fixed: bytes)
            return writer.bytes
        case .input(let input): return Self.payload(of: input)
        case .outputs(let sequence, let outputs): return Self.payload(of: outputs, sequence: sequence)
        case .gap(let first, let last):
            var writer = ByteWriter()
            writer.append(Self.version)
            writer.append(first)
            writer.append(last)
            return writer.bytes
        }
    }

    /// The payload of ``input(_:)`` without making the record.
    package static func payload(of input: Input) -> [UInt8] {
        var writer = ByteWriter(reservedBytes: 256)
        writer.append(version)
        writer.append(input)
        return writer.bytes
    }

    /// The payload of ``outputs(sequence:_:)``, which the digest covers too.
    package static func payload(of outputs: [Output], sequence: UInt64) -> [UInt8] {
        var writer = ByteWriter(reservedBytes: 512)
        writer.append(version)
        writer.append(sequence)
        writer.append(count: outputs.count)
        for output in outputs { writer.append(output) }
        return writer.bytes
    }

    /// Reads the bytes of `range` as the payload of a record of `kind`, all of them.
    /// - Throws: ``RecordError`` for any bytes that this version does not write.
    package init(kind: Kind, bytes: [UInt8], in range: Range<Int>) throws(RecordError) {
        var reader = ByteReader(bytes, in: range)
        let version = try reader.integer(UInt8.self)
        guard version == Self.version else { throw .unknownVersion(version) }
        switch kind {
        case .header: self = .header(try reader.fixed(reader.availableBytes))
        case .input: self = .input(try reader.input())
        case .outputs:
            let sequence = try reader.integer(UInt64.self)
            let outputs = try reader.list(bytesEach: 1) { (reader) throws(RecordError) in try reader.output() }
            self = .outputs(sequence: sequence, outputs)
        case .gap:
            self = .gap(first: try reader.integer(UInt64.self), last: try reader.integer(UInt64.self))
        }
        try reader.finish()
    }

    /// Reads all of `payload`.
    package init(kind: Kind, payload: [UInt8]) throws(RecordError) {
        try self.init(kind: kind, bytes: payload, in: 0..<payload.count)
    }
}
