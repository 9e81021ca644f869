internal import TocsinModel

extension ByteWriter {
    mutating func append(_ rejection: Rejection) {
        append(rejection.feed.rawValue)
        append(rejection.error)
        append(Int64(rejection.offset))
        append(counted: rejection.sample)
    }

    private mutating func append(code: UInt8, _ numbers: Int...) {
        append(code)
        for number in numbers { append(Int64(number)) }
    }

    private mutating func append(code: UInt8, text: String) {
        append(code)
        append(text)
    }

    private mutating func append(_ error: DecodeError) {
        switch error {
        case .truncated(let needed, let available): append(code: 1, needed, available)
        case .trailingBytes(let count): append(code: 2, count)
        case .unsupportedCategory(let category): append(code: 3, Int(category))
        case .unsupportedEdition(let category): append(code: 4, Int(category))
        case .undefinedItem(let category, let number): append(code: 5, Int(category), number)
        case .badLength(let declared): append(code: 6, declared)
        case .badParity: append(code: 7)
        case .unknownDownlinkFormat(let format): append(code: 8, Int(format))
        case .badEscape: append(code: 9)
        case .badHexadecimal: append(code: 10)
        case .badJSON: append(code: 11)
        case .missingField(let name): append(code: 12, text: name)
        case .outOfRange(let name): append(code: 13, text: name)
        case .unknownSensor(let name): append(code: 14, text: name)
        case .tooMany(let limit): append(code: 15, limit)
        case .unknownField(let name): append(code: 16, text: name)
        case .duplicateField(let name): append(code: 17, text: name)
        }
    }
}

extension ByteReader {
    mutating func rejection() throws(RecordError) -> Rejection {
        Rejection(
            feed: FeedNumber(try integer(UInt16.self)), error: try decodeError(), offset: try number(),
            sample: try counted())
    }

    private mutating func number() throws(RecordError) -> Int { Int(try integer(Int64.self)) }

    private mutating func byte() throws(RecordError) -> UInt8 {
        guard let byte = UInt8(exactly: try number()) else { throw .badValue("byte") }
        return byte
    }

    private mutating func decodeError() throws(RecordError) -> DecodeError {
        switch try integer(UInt8.self) {
        case 1: return .truncated(neededBytes: try number(), availableBytes: try number())
        case 2: return .trailingBytes(count: try number())
        case 3: return .unsupportedCategory(try byte())
        case 4: return .unsupportedEdition(category: try byte())
        case 5: return .undefinedItem(category: try byte(), fieldReferenceNumber: try number())
        case 6: return .badLength(declaredBytes: try number())
        case 7: return .badParity
        case 8: return .unknownDownlinkFormat(try byte())
        case 9: return .badEscape
        case 10: return .badHexadecimal
        case 11: return .badJSON
        case 12: return .missingField(try text())
        case 13: return .outOfRange(try text())
        case 14: return .unknownSensor(try text())
        case 15: return .tooMany(limit: try number())
        case 16: return .unknownField(try text())
        case 17: return .duplicateField(try text())
        case let other: throw .unknownCase(type: "DecodeError", other)
        }
    }
}
