package import Foundation
package import TocsinFormats

/// Reads a journal from its beginning, record by record, and goes on behind damage.
///
/// Holds one segment in memory at a time. The settings' header comes first and again only where it changes.
package struct JournalReader: Sequence, IteratorProtocol {
    private let directory: JournalDirectory
    private var remaining: ArraySlice<UInt64>
    private var segment: Segment?
    private var lastHeader: SegmentHeader?
    private var chain: [UInt8]?
    private var settings: [UInt8]?
    /// What was found so far that is not as it was written; the first 1,000 of them.
    package private(set) var problems: [JournalProblem] = []
    /// How many were found so far, also beyond the first 1,000.
    package private(set) var problemCount = 0

    /// Reads all segments in `directory`; also while another process writes them.
    /// - Throws: ``JournalError`` if the directory cannot be read.
    package init(directory: URL) throws(JournalError) {
        let files = try JournalDirectory(directory)
        self.init(files, segments: files.segmentNumbers)
    }

    init(_ directory: JournalDirectory, segments: [UInt64]) {
        self.directory = directory
        remaining = segments[...]
    }

    /// The chain value of the last whole record, at the end; `nil` if there was none.
    var lastChain: [UInt8]? { chain }

    /// The next whole record; `nil` at the end. Only then are ``problems`` complete.
    package mutating func next() -> JournalRecord? {
        while segment != nil || openSegment() {
            let record = segment?.next()
            note(segment?.takeProblems() ?? [])
            switch record {
            case nil:
                chain = segment?.chain
                segment = nil
            case .header(let bytes) where bytes == settings: continue
            case .header(let bytes):
                settings = bytes
                return record
            case .input, .outputs, .gap: return record
            }
        }
        return nil
    }

    private mutating func note(_ found: [JournalProblem]) {
        problemCount += found.count
        problems += found.prefix(JournalLimits.problems - problems.count)
    }

    /// Opens the next segment that can be read.
    /// - Returns: Whether there was one.
    private mutating func openSegment() -> Bool {
        while let number = remaining.popFirst() {
            let name = SegmentHeader.fileName(number)
            do {
                if let last = lastHeader, number != last.number + 1 {
                    note([JournalProblem(file: name, offset: 0, kind: .segmentMissing)])
                }
                let bytes = try directory.bytes(ofSegment: number)
                let standIn = lastHeader ?? directory.headers().first
                segment = Segment(name: name, number: number, bytes: bytes, previousChain: chain, standIn: standIn)
                if let segment {
                    lastHeader = segment.header
                    return true
                }
                note([JournalProblem(file: name, offset: 0, kind: .tornTail(byteCount: bytes.count))])
            } catch {
                let kind = JournalProblem.Kind.unreadableFile(cause: error.localizedDescription)
                note([JournalProblem(file: name, offset: 0, kind: kind)])
            }
        }
        return false
    }
}
