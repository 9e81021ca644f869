internal import TocsinModel

/// One message as a line of JSON with at least `timestamp` (seconds since the epoch) and `frame` (hexadecimal), as
/// receivers and the recordings of research networks write it. Other fields are passed over.
enum ModeSLine {
    static func decode(_ line: [UInt8]) throws(DecodeError) -> ModeSFrame {
        var reader = JSONReader(line)
        try reader.expect("{")
        var time: Instant?
        var frame: Range<Int>?
        var isFirst = true
        // The line's length is bounded by the framing, and each turn takes at least four bytes of it.
        while let name = try reader.fieldName(isFirst: isFirst) {
            isFirst = false
            if matches(line, name, "timestamp") {
                guard time == nil else { throw .duplicateField("timestamp") }
                guard let instant = try reader.number().instant else { throw .outOfRange("timestamp") }
                time = instant
            } else if matches(line, name, "frame") {
                guard frame == nil else { throw .duplicateField("frame") }
                frame = try reader.rawString()
            } else {
                try reader.skipValue()
            }
        }
        if reader.peek() != nil { throw .trailingBytes(count: line.count - reader.position) }
        guard let time else { throw .missingField("timestamp") }
        guard let frame else { throw .missingField("frame") }
        let payload = try Hexadecimal.payload(line.span.extracting(frame))
        return ModeSFrame(payload: payload, ticks: nil, signalLevel: nil, time: time)
    }

    private static func matches(_ line: [UInt8], _ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return line[range].elementsEqual(name.description.utf8)
    }
}
