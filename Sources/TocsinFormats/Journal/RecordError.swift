/// Why the bytes of a record were not understood.
package enum RecordError: Error, Hashable, Sendable {
    case truncated(neededBytes: Int, availableBytes: Int)
    case trailingBytes(count: Int)
    case unknownVersion(UInt8)
    case unknownKind(UInt8)
    /// A number that names none of the cases of `type`.
    case unknownCase(type: String, UInt8)
    /// A word that names none of the cases of `type`.
    case unknownWord(type: String)
    case notUTF8
    /// A presence or truth byte that is neither 0 nor 1.
    case notBoolean(UInt8)
    /// The named field has a value that its type does not allow.
    case badValue(String)
}
