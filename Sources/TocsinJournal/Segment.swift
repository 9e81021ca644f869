internal import Foundation
internal import TocsinFormats

/// The bytes of one segment file, read record by record.
struct Segment {
    let name: String
    let header: SegmentHeader
    private let bytes: [UInt8]
    private var offset = SegmentHeader.byteCount
    /// The chain value of the last record read.
    private(set) var chain: [UInt8]
    private(set) var problems: [JournalProblem] = []

    /// - Parameters:
    ///   - previousChain: The chain value that the segment should continue; `nil`: any.
    ///   - standIn: The header of another segment, to read with where both copies of this one's are damaged.
    /// - Returns: `nil` for a file shorter than a header, or damaged beyond reading.
    init?(name: String, number: UInt64, bytes: [UInt8], previousChain: [UInt8]?, standIn: SegmentHeader?) {
        let (read, isIntact) = SegmentHeader.read(bytes)
        guard bytes.count >= SegmentHeader.byteCount, var header = read ?? standIn else { return nil }
        header.number = number
        self.name = name
        self.header = header
        self.bytes = bytes
        chain = read?.chain ?? previousChain ?? header.chain
        if !isIntact { report(.segmentHeaderDamaged, at: 0) }
        if let previousChain, previousChain != chain { report(.chainBroken, at: 0) }
    }

    private mutating func report(_ kind: JournalProblem.Kind, at offset: Int) {
        problems.append(JournalProblem(file: name, offset: offset, kind: kind))
    }

    /// Problems found since the last call.
    mutating func takeProblems() -> [JournalProblem] {
        defer { problems = [] }
        return problems
    }

    /// The next record that is whole; `nil` at the end of the segment.
    mutating func next() -> JournalRecord? {
        while offset < bytes.count {
            guard let frame = nextFrame() else { return nil }
            do {
                return try JournalRecord(kind: frame.kind, bytes: bytes, in: frame.payload)
            } catch {
                report(.unreadableRecord, at: frame.offset)
            }
        }
        return nil
    }

    private mutating func nextFrame() -> RecordFrame? {
        if let frame = RecordFrame(bytes, at: offset, identity: header.identity) {
            if frame.chain != frame.chain(after: chain) { report(.chainBroken, at: offset) }
            return take(frame)
        }
        let damaged = offset
        guard let frame = frame(after: damaged) else {
            report(.tornTail(byteCount: bytes.count - damaged), at: damaged)
            offset = bytes.count
            return nil
        }
        report(.damaged(byteCount: frame.offset - damaged), at: damaged)
        return take(frame)
    }

    private mutating func take(_ frame: RecordFrame) -> RecordFrame {
        offset = frame.payload.upperBound
        chain = frame.chain
        return frame
    }

    /// The first whole frame that begins after `damaged`.
    private func frame(after damaged: Int) -> RecordFrame? {
        var candidate = damaged + 1
        while candidate + RecordFrame.overheadBytes <= bytes.count {
            if bytes[candidate] == header.identity[0],
                let frame = RecordFrame(bytes, at: candidate, identity: header.identity)
            {
                return frame
            }
            candidate += 1
        }
        return nil
    }
}
