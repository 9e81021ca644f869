/// The order in which a file writes the bytes of its numbers.
enum ByteOrder: Hashable, Sendable {
    case big, little

    /// 16 bits. The caller has checked that they are there.
    func short(_ bytes: Span<UInt8>, at offset: Int) -> Int {
        let first = Int(bytes[offset])
        let second = Int(bytes[offset + 1])
        return self == .big ? first << 8 | second : second << 8 | first
    }

    /// 32 bits. The caller has checked that they are there.
    func long(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
        let first = UInt32(short(bytes, at: offset))
        let second = UInt32(short(bytes, at: offset + 2))
        return self == .big ? first << 16 | second : second << 16 | first
    }
}
