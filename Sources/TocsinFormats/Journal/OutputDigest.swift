internal import Crypto
internal import Foundation
package import TocsinModel

/// What was decided so far, in 32 bytes: two runs that decided the same have the same digest.
///
/// It begins with zeros; each step that decided something makes it SHA-256(digest before, canonical bytes of
/// the step's number and outputs). A step without outputs leaves it as it is.
package struct OutputDigest: Hashable, Sendable, Codable {
    /// 32 of them.
    package private(set) var bytes: [UInt8]

    /// The length of SHA-256.
    package static let byteCount = 32

    /// The digest of a run that decided nothing yet.
    package init() { bytes = Array(repeating: 0, count: Self.byteCount) }

    /// A digest that was kept.
    /// - Returns: `nil` unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Takes what the step of input `sequence` decided.
    package mutating func append(_ outputs: [Output], of sequence: UInt64) {
        guard !outputs.isEmpty else { return }
        append(outputsPayload: JournalRecord.payload(of: outputs, sequence: sequence))
    }

    /// The same with the canonical bytes of ``JournalRecord/outputs(sequence:_:)`` at hand.
    package mutating func append(outputsPayload payload: [UInt8]) {
        var hash = SHA256()
        hash.update(data: bytes)
        hash.update(data: payload)
        bytes = Array(hash.finalize())
    }

    /// 64 lower-case digits.
    package var hexadecimal: String { bytes.hexadecimal }
}

extension Sequence<UInt8> {
    /// Two lower-case digits for each byte.
    package var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
