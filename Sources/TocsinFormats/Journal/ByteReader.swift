/// Takes values off a byte array, in the form that ``ByteWriter`` writes. Never reads past the end, and never
/// reserves more memory than the bytes that are there can fill.
package struct ByteReader {
    private let bytes: [UInt8]
    /// Where the next value begins.
    package private(set) var offset: Int
    private let end: Int

    /// Reads all of `bytes`.
    package init(_ bytes: [UInt8]) { self.init(bytes, in: 0..<bytes.count) }

    /// Reads the bytes of `range`.
    /// - Precondition: `range` lies inside `bytes`.
    package init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range outside the bytes")
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    /// How many bytes are left.
    package var availableBytes: Int { end - offset }

    private mutating func take(_ count: Int) throws(RecordError) -> Range<Int> {
        guard count <= availableBytes else {
            throw .truncated(neededBytes: count, availableBytes: availableBytes)
        }
        defer { offset += count }
        return offset..<(offset + count)
    }

    /// As many bytes as the type has, the least significant first.
    package mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(RecordError) -> Value {
        var value: Value = 0
        for (position, index) in try take(Value.bitWidth / 8).enumerated() {
            value |= Value(truncatingIfNeeded: bytes[index]) << (8 * position)
        }
        return value
    }

    /// One byte, 0 or 1 and nothing else.
    package mutating func boolean() throws(RecordError) -> Bool {
        switch try integer(UInt8.self) {
        case 0: return false
        case 1: return true
        case let other: throw .notBoolean(other)
        }
    }

    /// The eight bytes of IEEE 754; any bits.
    package mutating func double() throws(RecordError) -> Double {
        Double(bitPattern: try integer(UInt64.self))
    }

    /// A count of things of at least `bytesEach` bytes, which must fit into what is left.
    package mutating func count(bytesEach: Int) throws(RecordError) -> Int {
        let count = Int(try integer(UInt32.self))
        let needed = count.multipliedReportingOverflow(by: bytesEach)
        guard !needed.overflow, needed.partialValue <= availableBytes else {
            throw .truncated(neededBytes: needed.partialValue, availableBytes: availableBytes)
        }
        return count
    }

    /// Bytes behind their length.
    package mutating func counted() throws(RecordError) -> [UInt8] {
        try fixed(try count(bytesEach: 1))
    }

    /// The next `count` bytes.
    package mutating func fixed(_ count: Int) throws(RecordError) -> [UInt8] {
        Array(bytes[try take(count)])
    }

    /// UTF-8 behind its length; anything else is refused.
    package mutating func text() throws(RecordError) -> String {
        let range = try take(try count(bytesEach: 1))
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    /// An enum by its name.
    package mutating func word<Word: RawRepresentable>(_: Word.Type) throws(RecordError) -> Word
    where Word.RawValue == String {
        guard let word = Word(rawValue: try text()) else { throw .unknownWord(type: "\(Word.self)") }
        return word
    }

    /// `nil`, or what `read` takes.
    package mutating func optional<Value>(
        _ read: (inout ByteReader) throws(RecordError) -> Value
    ) throws(RecordError) -> Value? {
        try boolean() ? try read(&self) : nil
    }

    /// A count and then so many values of at least `bytesEach` bytes.
    package mutating func list<Value>(
        bytesEach: Int, _ read: (inout ByteReader) throws(RecordError) -> Value
    ) throws(RecordError) -> [Value] {
        let count = try count(bytesEach: bytesEach)
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    /// Refuses what is left over.
    package func finish() throws(RecordError) {
        guard availableBytes == 0 else { throw .trailingBytes(count: availableBytes) }
    }
}
