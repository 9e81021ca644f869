import Foundation
import Testing
import TocsinFeeds
import TocsinModel

@Suite struct RecordingTests {
    /// The times of all frames of `text`, in seconds.
    private func times(of text: String, format: WireFormat) throws -> [Double] {
        let file = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var recording = try Recording(path: file.path, format: format)
        var times: [Double] = []
        while let frame = try recording.next() { times.append(frame.time.secondsSinceEpoch) }
        return times
    }

    @Test func timesAreFoundWhereverTheyStand() throws {
        let lines = """
            {"time":"1970-01-01T00:00:05Z","sensor":"a"}
            {"sensor":"the \\"time\\": 99","position":{"time":77}, "time" : 6.5e0}
            [{"time":7},{"time":9}]
            """
        #expect(try times(of: lines, format: .reports) == [5, 6.5, 7])
    }

    @Test func framesWithoutATimeAreDueWithTheOneBefore() throws {
        let lines = "{\"frame\":\"00\"}\n{\"timestamp\":3}\nnot json\r\n\n{\"timestamp\":2}\n{\"timestamp\":4}"
        #expect(try times(of: lines, format: .modesJSON) == [3, 3, 3, 4])
    }

    @Test func anEndlessLineCostsNoMemoryAndNoFollowingLine() throws {
        let long = String(repeating: "x", count: 3 * Limits.bytesPerReportBatch)
        #expect(try times(of: "{\"time\":1}\n\(long)\n{\"time\":2}\n", format: .reports).last == 2)
    }

    @Test func aMissingFileIsToldWithTheFeed() {
        #expect(throws: FeedError.self) {
            try FileFeed.firstTime(name: "a", path: "/nonexistent/file", format: .reports)
        }
    }

    @Test func aFileWithoutTimesIsRefused() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try Data("{}\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(throws: FeedError.noTimes(feed: "a", path: file.path)) {
            try FileFeed.firstTime(name: "a", path: file.path, format: .reports)
        }
    }
}
