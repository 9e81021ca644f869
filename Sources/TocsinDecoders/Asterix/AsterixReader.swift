public import TocsinModel

/// Walks through the data blocks of one datagram (or one block of a file) and reads their records one by one.
///
/// A record that is wrong takes the rest of its block with it, because only reading it would tell where the next
/// one begins; the next block is read again.
public struct AsterixReader: Sendable {
    private let editions: AsterixEditions
    /// Where the next record or block begins.
    private var position = 0
    private var blockEnd = 0
    private var category: UInt8 = 0
    private var blockCount = 0

    /// A step of the walk.
    public enum Step: Hashable, Sendable {
        case plot(PlotRecord)
        case service(ServiceRecord)
        case rejected(AsterixRejection)
    }

    /// Where the record of the last step begins, in bytes from the start of the datagram.
    public private(set) var recordOffset = 0

    /// Three octets: the category and the length, which counts them too.
    private static let headerBytes = 3

    public init(editions: AsterixEditions) {
        self.editions = editions
    }

    /// - Parameter bytes: The same bytes in every call.
    /// - Returns: `nil` at the end; then the reader is as new, for the next datagram.
    public mutating func next(in bytes: Span<UInt8>) -> Step? {
        if position < blockEnd { return record(in: bytes) }
        guard position < bytes.count else {
            self = AsterixReader(editions: editions)
            return nil
        }
        if let rejection = openBlock(in: bytes) { return .rejected(rejection) }
        return record(in: bytes)
    }

    private mutating func record(in bytes: Span<UInt8>) -> Step {
        recordOffset = position
        var cursor = ByteCursor(offset: position, end: blockEnd)
        do throws(DecodeError) {
            let step: Step =
                category == PlotRecord.category
                ? .plot(try PlotRecord(&cursor, in: bytes, editions: editions))
                : .service(try ServiceRecord(&cursor, in: bytes, editions: editions))
            position = cursor.offset
            return step
        } catch {
            return .rejected(reject(error, upTo: blockEnd))
        }
    }

    /// Reads the header at the position; afterwards the position is at the first record, or behind what is refused.
    private mutating func openBlock(in bytes: Span<UInt8>) -> AsterixRejection? {
        recordOffset = position
        let available = bytes.count - position
        guard available >= Self.headerBytes else {
            return rejectRest(.truncated(neededBytes: Self.headerBytes, availableBytes: available), in: bytes)
        }
        let category = bytes[position]
        let length = Int(bytes[position + 1]) << 8 | Int(bytes[position + 2])
        guard length >= Self.headerBytes, length <= available else {
            let error: DecodeError =
                length < Self.headerBytes
                ? .badLength(declaredBytes: length)
                : .truncated(neededBytes: length, availableBytes: available)
            return rejectRest(error, in: bytes)
        }
        blockCount += 1
        guard AsterixEditions.supported(category: category) != nil else {
            return reject(.unsupportedCategory(category), upTo: position + length)
        }
        guard length > Self.headerBytes else {
            return reject(.badLength(declaredBytes: length), upTo: position + length)
        }
        self.category = category
        blockEnd = position + length
        position += Self.headerBytes
        return nil
    }

    /// What cannot be a block ends the datagram. Behind whole blocks it is something that the sender or a recorder
    /// added (a checksum, a counter), unless it begins like a block of a category that is read here.
    private mutating func rejectRest(_ error: DecodeError, in bytes: Span<UInt8>) -> AsterixRejection {
        let isBlockLike = AsterixEditions.supported(category: bytes[position]) != nil
        let isTrailing = blockCount > 0 && !isBlockLike
        return reject(isTrailing ? .trailingBytes(count: bytes.count - position) : error, upTo: bytes.count)
    }

    private mutating func reject(_ error: DecodeError, upTo end: Int) -> AsterixRejection {
        let rejection = AsterixRejection(error: error, offset: position, skippedBytes: end - position)
        position = end
        blockEnd = end
        return rejection
    }
}

/// Bytes that were skipped, and why.
public struct AsterixRejection: Hashable, Sendable {
    public var error: DecodeError
    /// From the start of the datagram.
    public var offset: Int
    public var skippedBytes: Int

    public init(error: DecodeError, offset: Int, skippedBytes: Int) {
        self.error = error
        self.offset = offset
        self.skippedBytes = skippedBytes
    }
}
