internal import Foundation
internal import TocsinModel

/// Reads a file line by line with bounded memory.
struct LineReader {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// Bytes of lines that were too long to be frames, which are left out.
    private(set) var skippedBytes = 0

    private static let chunkBytes = 1 << 16

    init(path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(filePath: path))
    }

    /// The next line that is not empty, without its end; `nil` at the end of the file.
    mutating func next() throws -> [UInt8]? {
        while true {
            if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = trimmed(buffer[position..<end])
                position = end + 1
                if !line.isEmpty { return Array(line) }
            } else if isAtEnd {
                let line = trimmed(buffer[position...])
                position = buffer.count
                return line.isEmpty ? nil : Array(line)
            } else {
                try fill()
            }
        }
    }

    private mutating func fill() throws {
        buffer.removeFirst(position)
        position = 0
        // A line that is too long is cut; its pieces are refused by the decoder, and the next line is whole again.
        if buffer.count > Limits.bytesPerReportBatch {
            skippedBytes += buffer.count
            buffer.removeAll(keepingCapacity: true)
        }
        let chunk = try handle.read(upToCount: Self.chunkBytes) ?? Data()
        isAtEnd = chunk.isEmpty
        buffer.append(contentsOf: chunk)
    }

    private func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    func close() { try? handle.close() }
}
