internal import TocsinModel

/// One message as a line of text: `*` and hexadecimal digits and `;`, or `@` with 12 digits of ticks first, or `<`
/// with ticks and 2 digits of signal level (Docs/formats/mode-s.md).
enum AVRLine {
    static func decode(_ line: Span<UInt8>) throws(DecodeError) -> ModeSFrame {
        var end = line.count
        while end > 0, line[end - 1] <= 0x20 { end -= 1 }
        var start = 0
        while start < end, line[start] <= 0x20 { start += 1 }
        guard end - start >= 2, line[end - 1] == UInt8(ascii: ";") else { throw .badHexadecimal }
        end -= 1
        var ticks: UInt64?
        var level: UInt8?
        switch line[start] {
        case UInt8(ascii: "*"), UInt8(ascii: ":"):
            start += 1
        case UInt8(ascii: "@"), UInt8(ascii: "%"):
            ticks = try number(in: line, from: start + 1, digits: 12, end: end)
            start += 13
        case UInt8(ascii: "<"):
            ticks = try number(in: line, from: start + 1, digits: 12, end: end)
            level = UInt8(try number(in: line, from: start + 13, digits: 2, end: end))
            start += 15
        default:
            throw .badHexadecimal
        }
        let payload = try Hexadecimal.payload(line.extracting(start..<end))
        return ModeSFrame(payload: payload, ticks: ticks, signalLevel: level, time: nil)
    }

    private static func number(
        in line: Span<UInt8>, from start: Int, digits: Int, end: Int
    ) throws(DecodeError) -> UInt64 {
        guard start + digits <= end else { throw .truncated(neededBytes: start + digits, availableBytes: end) }
        var value: UInt64 = 0
        for index in start..<start + digits { value = value << 4 | UInt64(try Hexadecimal.digit(line[index])) }
        return value
    }
}

extension Hexadecimal {
    /// A message of 4 (Mode A or C), 14 or 28 digits.
    static func payload(_ digits: Span<UInt8>) throws(DecodeError) -> ModeSFrame.Payload {
        let count = digits.count / 2
        guard digits.count == 2 * count, count == 2 || count == 7 || count == 14 else {
            throw .badLength(declaredBytes: count)
        }
        var message = InlineArray<14, UInt8>(repeating: 0)
        for index in 0..<count { message[index] = try digit(digits[2 * index]) << 4 | digit(digits[2 * index + 1]) }
        if count == 2 { return .modeAC(UInt16(message[0]) << 8 | UInt16(message[1])) }
        return .modeS(try ModeSBits(message.span.extracting(first: count)))
    }
}
