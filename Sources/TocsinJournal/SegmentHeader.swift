internal import Crypto
internal import Foundation
internal import TocsinFormats

/// The first bytes of a segment file, written twice so that no single damage hides the records behind them.
struct SegmentHeader: Hashable, Sendable {
    /// 16 random bytes, the same in every segment of a journal. They enter every checksum, so that nobody who
    /// sends us bytes can make them pass for records.
    var identity: [UInt8]
    /// The segment's number, from 1; also its name.
    var number: UInt64
    /// The sequence of the next input when the segment was begun.
    var firstSequence: UInt64
    /// The chain value of the last record before the segment. 16 bytes.
    var chain: [UInt8]
    /// Tells segments of one run's settings from those of another without reading them. 16 bytes.
    var settingsDigest: [UInt8]

    static let magic = Array("TOCSINJ1".utf8)
    static let identityByteCount = 16
    static let chainByteCount = 16
    static let settingsDigestByteCount = 16
    static let copyByteCount = 88
    static let byteCount = 2 * copyByteCount

    /// What the chain of a new journal begins with.
    static let chainStart = [UInt8](repeating: 0, count: chainByteCount)

    static func fileName(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".journal"
    }

    /// - Returns: `nil` for files that are no segments.
    static func number(ofFile name: String) -> UInt64? {
        guard name.hasSuffix(".journal") else { return nil }
        guard let number = UInt64(name.dropLast(8)), fileName(number) == name, number > 0 else { return nil }
        return number
    }

    static func settingsDigest(of header: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: header).prefix(settingsDigestByteCount))
    }

    var bytes: [UInt8] {
        var writer = ByteWriter(reservedBytes: Self.byteCount)
        writer.append(fixed: Self.magic)
        writer.append(fixed: identity)
        writer.append(number)
        writer.append(firstSequence)
        writer.append(fixed: chain)
        writer.append(fixed: settingsDigest)
        writer.append(fixed: SHA256.hash(data: writer.bytes).prefix(16))
        return writer.bytes + writer.bytes
    }

    /// Reads either copy of the header at the head of `bytes`.
    /// - Returns: the header, or `nil` where neither copy is whole; and whether both are.
    static func read(_ bytes: [UInt8]) -> (header: SegmentHeader?, isIntact: Bool) {
        let first = copy(bytes, at: 0)
        let second = copy(bytes, at: copyByteCount)
        return (first ?? second, first != nil && first == second)
    }

    private static func copy(_ bytes: [UInt8], at offset: Int) -> SegmentHeader? {
        guard bytes.count >= offset + copyByteCount else { return nil }
        let checked = bytes[offset..<(offset + copyByteCount - 16)]
        let check = bytes[(offset + copyByteCount - 16)..<(offset + copyByteCount)]
        guard SHA256.hash(data: checked).prefix(16).elementsEqual(check), checked.starts(with: magic) else {
            return nil
        }
        var reader = ByteReader(bytes, in: (offset + magic.count)..<(offset + copyByteCount))
        return try? SegmentHeader(
            identity: reader.fixed(identityByteCount), number: reader.integer(UInt64.self),
            firstSequence: reader.integer(UInt64.self), chain: reader.fixed(chainByteCount),
            settingsDigest: reader.fixed(settingsDigestByteCount))
    }
}
