internal import Crypto
internal import Foundation
package import TocsinFormats

/// The state after one input, so that a restart need not read the journal from its beginning.
package struct Checkpoint: Hashable, Sendable {
    /// The last input that the state contains.
    package var sequence: UInt64
    /// The digest after that input.
    package var digest: OutputDigest
    /// The conductor's own encoding of everything it keeps.
    package var state: [UInt8]

    /// `state` is opaque to the journal.
    package init(sequence: UInt64, digest: OutputDigest, state: [UInt8]) {
        self.sequence = sequence
        self.digest = digest
        self.state = state
    }
}

/// A checkpoint as a file: magic, journal identity, settings digest, sequence, digest, state, SHA-256.
struct CheckpointFile: Sendable {
    var identity: [UInt8]
    var settingsDigest: [UInt8]
    var checkpoint: Checkpoint

    private static let magic = Array("TOCSINC1".utf8)
    private static let checkByteCount = 32

    static func name(_ sequence: UInt64) -> String { "checkpoint-\(sequence)" }

    /// - Returns: `nil` for files that are no checkpoints.
    static func sequence(ofFile name: String) -> UInt64? {
        guard name.hasPrefix("checkpoint-"), let sequence = UInt64(name.dropFirst(11)),
            Self.name(sequence) == name
        else { return nil }
        return sequence
    }

    init(identity: [UInt8], settingsDigest: [UInt8], checkpoint: Checkpoint) {
        self.identity = identity
        self.settingsDigest = settingsDigest
        self.checkpoint = checkpoint
    }

    var bytes: [UInt8] {
        var writer = ByteWriter(reservedBytes: checkpoint.state.count + 160)
        writer.append(fixed: Self.magic)
        writer.append(fixed: identity)
        writer.append(fixed: settingsDigest)
        writer.append(checkpoint.sequence)
        writer.append(fixed: checkpoint.digest.bytes)
        writer.append(fixed: checkpoint.state)
        writer.append(fixed: SHA256.hash(data: writer.bytes))
        return writer.bytes
    }

    /// - Returns: `nil` where the bytes are no whole checkpoint.
    init?(bytes: [UInt8]) {
        let checked = bytes.dropLast(Self.checkByteCount)
        guard SHA256.hash(data: checked).elementsEqual(bytes.suffix(Self.checkByteCount)) else { return nil }
        var reader = ByteReader(bytes, in: 0..<checked.count)
        guard (try? reader.fixed(Self.magic.count)) == Self.magic,
            let identity = try? reader.fixed(SegmentHeader.identityByteCount),
            let settingsDigest = try? reader.fixed(SegmentHeader.settingsDigestByteCount),
            let sequence = try? reader.integer(UInt64.self),
            let digestBytes = try? reader.fixed(OutputDigest.byteCount),
            let digest = OutputDigest(bytes: digestBytes), let state = try? reader.fixed(reader.availableBytes)
        else { return nil }
        self.init(
            identity: identity, settingsDigest: settingsDigest,
            checkpoint: Checkpoint(sequence: sequence, digest: digest, state: state))
    }
}
