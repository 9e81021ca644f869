internal import TocsinModel

extension ByteWriter {
    mutating func append(_ instant: Instant) { append(instant.nanosecondsSinceEpoch) }

    mutating func append(_ input: Input) {
        append(input.sequence)
        append(input.acceptedAt)
        switch input.payload {
        case .frame(let frame):
            append(UInt8(1))
            append(frame.feed.rawValue)
            append(counted: frame.bytes)
        case .tick: append(UInt8(2))
        case .command(let command):
            append(UInt8(3))
            append(command)
        }
    }

    mutating func append(_ command: OperatorCommand) {
        switch command {
        case .endWarning(let number, let operatorName):
            append(UInt8(1))
            append(number.rawValue)
            append(operatorName)
        }
    }
}

extension ByteReader {
    mutating func instant() throws(RecordError) -> Instant {
        Instant(nanosecondsSinceEpoch: try integer(Int64.self))
    }

    mutating func input() throws(RecordError) -> Input {
        Input(sequence: try integer(UInt64.self), acceptedAt: try instant(), payload: try payload())
    }

    private mutating func payload() throws(RecordError) -> Input.Payload {
        switch try integer(UInt8.self) {
        case 1: return .frame(Frame(feed: FeedNumber(try integer(UInt16.self)), bytes: try counted()))
        case 2: return .tick
        case 3: return .command(try command())
        case let other: throw .unknownCase(type: "Input.Payload", other)
        }
    }

    mutating func command() throws(RecordError) -> OperatorCommand {
        switch try integer(UInt8.self) {
        case 1: return .endWarning(WarningNumber(try integer(UInt64.self)), operatorName: try text())
        case let other: throw .unknownCase(type: "OperatorCommand", other)
        }
    }
}
