internal import HTTPTypes
internal import TocsinModel

/// Where each report of a request body begins and ends. Looks at the outline of the JSON only; what it says is
/// the decoder's business.
struct ReportBatch: Hashable, Sendable {
    /// In the order of the body.
    let ranges: [Range<Int>]

    /// - Throws: ``Problem`` unless the body is one JSON object or an array of at most `limit` of them.
    init(json: [UInt8], limit: Int = Limits.reportsPerFrame) throws(Problem) {
        var outline = JSONOutline(json)
        guard outline.skipBlanks() else { throw .badRequest("The body is empty.") }
        if outline.isAt("{") {
            ranges = [try outline.object()]
        } else if outline.take("[") {
            ranges = try outline.objects(limit: limit)
        } else {
            throw .badRequest("The body must be a report or an array of reports.")
        }
        guard !outline.skipBlanks() else { throw .badRequest("The JSON value is followed by more.") }
    }
}

/// Walks over JSON text by its brackets and quotes.
private struct JSONOutline {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Returns: Whether anything is left.
    mutating func skipBlanks() -> Bool {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        return position < bytes.count
    }

    func isAt(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        position += 1
        return true
    }

    /// The objects of an array whose bracket has been taken, and the closing bracket.
    mutating func objects(limit: Int) throws(Problem) -> [Range<Int>] {
        var found: [Range<Int>] = []
        guard skipBlanks(), !take("]") else { return found }
        repeat {
            guard found.count < limit else { throw .tooManyReports(limit: limit) }
            guard skipBlanks(), isAt("{") else { throw .badRequest("The array must hold reports only.") }
            found.append(try object())
            _ = skipBlanks()
        } while take(",")
        guard take("]") else { throw .badRequest("The array is not closed.") }
        return found
    }

    /// From the opening brace at the present place to the one that closes it.
    mutating func object() throws(Problem) -> Range<Int> {
        let start = position
        var depth = 0
        var isInText = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isInText {
                if byte == UInt8(ascii: "\\") { position += 1 } else if byte == UInt8(ascii: "\"") { isInText = false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return start..<position }
            default: break
            }
        }
        throw .badRequest("The JSON is not closed.")
    }
}

extension Problem {
    static func tooManyReports(limit: Int) -> Problem {
        Problem(
            status: .contentTooLarge, name: "too-many-reports", title: "Too many reports",
            detail: "A batch holds at most \(limit) reports.")
    }
}
