/// Appends values to a byte array in the one form that the journal and the digest use: little endian, doubles
/// by bit pattern, texts and arrays behind their length.
package struct ByteWriter {
    /// What was appended so far.
    package private(set) var bytes: [UInt8]

    /// An empty writer with room for that many bytes.
    package init(reservedBytes: Int = 64) {
        bytes = []
        bytes.reserveCapacity(reservedBytes)
    }

    /// One byte.
    package mutating func append(_ value: UInt8) { bytes.append(value) }

    /// 1 or 0.
    package mutating func append(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// As many bytes as the type has, the least significant first.
    package mutating func append(_ value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<(value.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// The eight bytes of IEEE 754.
    package mutating func append(_ value: Double) { append(value.bitPattern) }

    /// A count of what follows. Lengths beyond 4 GiB cannot arise: records are far smaller.
    package mutating func append(count: Int) { append(UInt32(clamping: count)) }

    /// Bytes behind their length.
    package mutating func append(counted block: [UInt8]) {
        append(count: block.count)
        bytes.append(contentsOf: block)
    }

    /// Bytes without their length, for fields of a fixed size.
    package mutating func append(fixed block: some Sequence<UInt8>) { bytes.append(contentsOf: block) }

    /// UTF-8 behind its length in bytes.
    package mutating func append(_ text: String) {
        append(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// An enum by its name, so that reordering its cases does not change old records.
    package mutating func append<Word: RawRepresentable>(_ word: Word) where Word.RawValue == String {
        append(word.rawValue)
    }

    /// 0 for `nil`; 1 and then the value otherwise.
    package mutating func append<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        append(value != nil)
        if let value { write(&self, value) }
    }
}
