internal import Foundation
internal import Glibc
internal import TocsinFormats

/// The files of a journal: segments and checkpoints by ascending number.
struct JournalDirectory: Sendable {
    let url: URL
    let segmentNumbers: [UInt64]
    /// The sequences that the checkpoints stand at.
    let checkpointSequences: [UInt64]

    init(_ url: URL) throws(JournalError) {
        self.url = url
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: url.path)
        } catch {
            throw .cannotOpen(path: url.path, cause: error.localizedDescription)
        }
        segmentNumbers = names.compactMap(SegmentHeader.number(ofFile:)).sorted()
        checkpointSequences = names.compactMap(CheckpointFile.sequence(ofFile:)).sorted()
    }

    static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    /// The segment's bytes, at most ``JournalLimits/bytesPerSegmentFile`` of them.
    func bytes(ofSegment number: UInt64, limit: Int = JournalLimits.bytesPerSegmentFile) throws -> [UInt8] {
        try Self.bytes(of: url.appending(path: SegmentHeader.fileName(number)), limit: limit)
    }

    static func bytes(of file: URL, limit: Int) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        return [UInt8](try handle.read(upToCount: limit) ?? Data())
    }

    /// The headers of all segments that have a whole one, by ascending number.
    func headers() -> [SegmentHeader] {
        segmentNumbers.compactMap { number in
            guard let bytes = try? bytes(ofSegment: number, limit: SegmentHeader.byteCount) else { return nil }
            return SegmentHeader.read(bytes).header
        }
    }
}
