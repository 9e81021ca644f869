/// Reads JSON (RFC 8259) from bytes, strictly and without recursion: the depth is bounded, and each reader of an
/// object refuses duplicate names itself.
package struct JSONReader {
    package let bytes: [UInt8]
    /// Of the next byte, counted from 0; where reading failed after an error.
    package private(set) var position: Int
    /// Objects and arrays inside one another in a value that is passed over.
    private let depthMaximum: Int

    /// - Parameter depthMaximum: Of values passed over; a batch of reports needs three.
    package init(_ bytes: [UInt8], depthMaximum: Int = 4) {
        self.bytes = bytes
        self.depthMaximum = depthMaximum
        position = 0
    }

    /// The next byte that is not blank, without taking it; `nil` at the end.
    package mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    /// Takes `character` if it is next.
    package mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    package mutating func expect(_ character: Unicode.Scalar) throws(DecodeError) {
        guard take(character) else { throw .badJSON }
    }

    /// Goes back to a position this reader was at.
    package mutating func rewind(to position: Int) { self.position = position }

    /// The name of an object's next field, whose value follows.
    ///
    /// - Parameter isFirst: No field was read yet.
    /// - Returns: Where the name stands, without quotes; `nil` at the object's end, which is then taken.
    package mutating func fieldName(isFirst: Bool) throws(DecodeError) -> Range<Int>? {
        if take("}") { return nil }
        if !isFirst { try expect(",") }
        let name = try rawString()
        try expect(":")
        return name
    }

    /// `null`, if it is next.
    package mutating func takeNull() throws(DecodeError) -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    package mutating func number() throws(DecodeError) -> JSONNumber {
        _ = peek()
        return try JSONNumber(bytes, at: &position)
    }

    package mutating func boolean() throws(DecodeError) -> Bool {
        if peek() == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        try word("false")
        return false
    }

    /// A string's bytes between its quotes, escapes and all.
    package mutating func rawString() throws(DecodeError) -> Range<Int> {
        try expect("\"")
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<position - 1
            case UInt8(ascii: "\\"):
                position += 2
            case 0..<0x20:
                throw .badJSON
            default:
                position += 1
            }
        }
        position = min(position, bytes.count)
        throw .badJSON
    }

    /// A string of at most `Limits.charactersPerText` characters.
    package mutating func text(_ field: @autoclosure () -> String) throws(DecodeError) -> String {
        let range = try rawString()
        guard range.count <= Limits.charactersPerText * 6 else { throw .outOfRange(field()) }
        let raw = bytes[range]
        let plain = raw.contains(UInt8(ascii: "\\")) ? try unescaped(range) : Array(raw)
        guard let text = String(validating: plain, as: UTF8.self) else { throw .badJSON }
        guard text.utf8.count <= Limits.charactersPerText || text.count <= Limits.charactersPerText else {
            throw .outOfRange(field())
        }
        return text
    }

    /// A name for an error message: its beginning, as far as it is UTF-8.
    package func shortText(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].prefix(40), as: UTF8.self)
    }

    private func unescaped(_ range: Range<Int>) throws(DecodeError) -> [UInt8] {
        var result: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index += 2
            switch bytes[index - 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(bytes[index - 1])
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                let scalar = try escapedScalar(&index, end: range.upperBound)
                result.append(contentsOf: String(Character(scalar)).utf8)
            default: throw .badJSON
            }
        }
        return result
    }

    /// The scalar after `\u`, which may be written as two surrogates.
    private func escapedScalar(_ index: inout Int, end: Int) throws(DecodeError) -> Unicode.Scalar {
        let first = try fourDigits(&index, end: end)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 2 <= end, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw .badJSON }
        index += 2
        let second = try fourDigits(&index, end: end)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .badJSON }
        return scalar
    }

    private func fourDigits(_ index: inout Int, end: Int) throws(DecodeError) -> UInt32 {
        guard index + 4 <= end else { throw .badJSON }
        var value: UInt32 = 0
        for position in index..<index + 4 { value = value << 4 | UInt32(try Hexadecimal.digit(bytes[position])) }
        index += 4
        return value
    }

    private mutating func word(_ text: StaticString) throws(DecodeError) {
        for character in text.description.utf8 {
            guard position < bytes.count, bytes[position] == character else { throw .badJSON }
            position += 1
        }
    }

    /// Passes over one value of any kind, checking its form.
    package mutating func skipValue() throws(DecodeError) {
        var closers: [Unicode.Scalar] = []
        repeat {
            let isOpened = try skipScalarOrOpen(&closers)
            let depth = closers.count
            // After a value: close as many containers as end here, then expect a comma.
            while let closer = closers.last, take(closer) { closers.removeLast() }
            guard let closer = closers.last else { return }
            if !isOpened || closers.count < depth { try expect(",") }
            if closer == "}" {
                _ = try rawString()
                try expect(":")
            }
        } while true
    }

    /// - Returns: Whether a container was opened.
    private mutating func skipScalarOrOpen(_ closers: inout [Unicode.Scalar]) throws(DecodeError) -> Bool {
        switch peek() {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard closers.count < depthMaximum else { throw .tooMany(limit: depthMaximum) }
            closers.append(bytes[position] == UInt8(ascii: "{") ? "}" : "]")
            position += 1
            return true
        case UInt8(ascii: "\""): _ = try rawString()
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
        case UInt8(ascii: "n"): try word("null")
        default: _ = try number()
        }
        return false
    }
}
