internal import Crypto
internal import Foundation
internal import TocsinFormats

/// What stands around each record in a segment: marker, length, kind, checksum, chain value.
///
/// Records damaged or cut are found by the checksum; records removed, moved or put in, by the chain.
struct RecordFrame: Hashable, Sendable {
    var kind: JournalRecord.Kind
    /// Where the payload lies in the segment's bytes.
    var payload: Range<Int>
    /// Where the frame begins.
    var offset: Int
    /// The chain value that the frame states.
    var chain: [UInt8]
    /// The full hash, of which the checksum is the first part.
    private var hash: [UInt8]

    static let markerByteCount = 4
    static let checkByteCount = 8
    static let overheadBytes = markerByteCount + 4 + 1 + checkByteCount + SegmentHeader.chainByteCount

    /// The chain value that the frame must state if it follows a record with chain value `previous`.
    func chain(after previous: [UInt8]) -> [UInt8] { Self.chain(after: previous, hash: hash) }

    private static func chain(after previous: [UInt8], hash: [UInt8]) -> [UInt8] {
        var next = SHA256()
        next.update(data: previous)
        next.update(data: hash)
        return Array(next.finalize().prefix(SegmentHeader.chainByteCount))
    }

    private static func hash(identity: [UInt8], kind: UInt8, payload: ArraySlice<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: identity)
        hash.update(data: [kind])
        hash.update(data: payload)
        return Array(hash.finalize())
    }

    /// The bytes of a frame around `payload`, and its chain value.
    static func encode(
        _ kind: JournalRecord.Kind, payload: [UInt8], identity: [UInt8], after previous: [UInt8]
    ) -> (bytes: [UInt8], chain: [UInt8]) {
        let hash = hash(identity: identity, kind: kind.rawValue, payload: payload[...])
        let chain = chain(after: previous, hash: hash)
        var writer = ByteWriter(reservedBytes: payload.count + overheadBytes)
        writer.append(fixed: identity.prefix(markerByteCount))
        writer.append(count: payload.count)
        writer.append(kind.rawValue)
        writer.append(fixed: hash.prefix(checkByteCount))
        writer.append(fixed: chain)
        writer.append(fixed: payload)
        return (writer.bytes, chain)
    }

    /// Reads the frame at `offset`.
    /// - Returns: `nil` unless a whole one with the right checksum stands there.
    init?(_ bytes: [UInt8], at offset: Int, identity: [UInt8]) {
        let head = offset + Self.overheadBytes
        guard head <= bytes.count, bytes[offset..<(offset + Self.markerByteCount)] == identity.prefix(4) else {
            return nil
        }
        var reader = ByteReader(bytes, in: (offset + Self.markerByteCount)..<bytes.count)
        guard let length = try? reader.count(bytesEach: 1), length <= bytes.count - head,
            let code = try? reader.integer(UInt8.self), let kind = JournalRecord.Kind(rawValue: code),
            let check = try? reader.fixed(Self.checkByteCount),
            let chain = try? reader.fixed(SegmentHeader.chainByteCount)
        else { return nil }
        payload = head..<(head + length)
        hash = Self.hash(identity: identity, kind: code, payload: bytes[payload])
        guard hash.starts(with: check) else { return nil }
        self.kind = kind
        self.offset = offset
        self.chain = chain
    }
}
