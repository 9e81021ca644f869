internal import TocsinModel

/// Finds the time in a line of JSON without reading the rest of it: pacing a recording must cost less than
/// decoding it. What else is wrong with the line is found by its decoder.
enum LineTime {
    /// The value behind the first `key` of the outermost object, or of the first object of the outermost array:
    /// seconds since the epoch, or ISO 8601 text.
    /// - Returns: `nil` if there is none.
    static func find(_ key: String, in line: [UInt8]) -> Instant? {
        var scanner = Scanner(bytes: line)
        let wanted = Array(key.utf8)
        var depth = 0
        while let byte = scanner.next() {
            switch byte {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\""):
                let text = scanner.text()
                guard depth == 1, text.elementsEqual(wanted), scanner.skipColon() else { continue }
                return scanner.instant()
            default: break
            }
        }
        return nil
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        mutating func next() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        /// The bytes up to the closing quote, which is passed.
        mutating func text() -> ArraySlice<UInt8> {
            let start = position
            while let byte = next() {
                if byte == UInt8(ascii: "\\") { position += 1 }
                if byte == UInt8(ascii: "\"") { return bytes[start..<(position - 1)] }
            }
            return []
        }

        mutating func skipBlanks() {
            while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        }

        /// - Returns: Whether a colon was there and was passed.
        mutating func skipColon() -> Bool {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return false }
            position += 1
            skipBlanks()
            return true
        }

        mutating func instant() -> Instant? {
            guard position < bytes.count else { return nil }
            if bytes[position] == UInt8(ascii: "\"") {
                position += 1
                return Instant(iso8601: String(decoding: text(), as: UTF8.self))
            }
            let end = bytes[position...].firstIndex { !Self.isNumberPart($0) } ?? bytes.count
            return Double(String(decoding: bytes[position..<end], as: UTF8.self))
                .flatMap { Instant(secondsSinceEpoch: $0) }
        }

        private static func isNumberPart(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
    }
}
