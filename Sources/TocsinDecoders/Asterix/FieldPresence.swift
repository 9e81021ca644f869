internal import TocsinModel

/// The field specification at the head of a record: which items follow, by their reference numbers from 1.
struct FieldPresence {
    /// The item with reference number n is bit 64 - n.
    private var bits: UInt64

    /// Reads the octets of the specification.
    /// - Parameter limit: The highest reference number that the category defines: a multiple of 7, at most 56.
    /// - Throws: `undefinedItem` where more octets follow than the category has.
    @inline(__always)
    init(
        _ cursor: inout ByteCursor, in bytes: Span<UInt8>, limit: Int, category: UInt8
    ) throws(DecodeError) {
        var collected: UInt64 = 0
        var number = 0
        while true {
            let octet = try cursor.octet(bytes)
            guard number < limit else {
                throw .undefinedItem(category: category, fieldReferenceNumber: number + 1)
            }
            collected |= UInt64(octet >> 1) << UInt64(57 - number)
            number += 7
            guard octet & 1 != 0 else { break }
        }
        bits = collected
    }

    /// Takes the lowest reference number that is left; `nil` at the end.
    @inline(__always)
    mutating func next() -> Int? {
        guard bits != 0 else { return nil }
        let leading = bits.leadingZeroBitCount
        bits &= ~(1 << UInt64(63 - leading))
        return leading + 1
    }
}
