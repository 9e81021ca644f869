import Foundation
import Testing
import TocsinFormats
import TocsinJournal
import TocsinModel

@Suite struct JournalWriterTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func whatIsWrittenIsReadBack() throws {
        try write(1...100, to: directory.url)
        let (records, problems) = try read(directory.url)
        #expect(records == expectedRecords(1...100))
        #expect(problems.isEmpty)
    }

    @Test func recordsAreReadableBeforeTheWriterCloses() throws {
        let writer = try JournalWriter(directory: directory.url, header: [1])
        writer.append(tick(1))
        #expect(try read(directory.url).records == [.header([1]), .input(tick(1))])
        writer.close()
    }

    @Test func restartContinuesChainAndSequence() throws {
        try write(1...40, to: directory.url)
        try write(41...70, to: directory.url)
        let writer = try JournalWriter(directory: directory.url, header: Array("settings".utf8))
        #expect(writer.lastSequence == 70)
        writer.close()
        let (records, problems) = try read(directory.url)
        #expect(records == expectedRecords(1...70))
        #expect(problems.isEmpty)
    }

    @Test func segmentsRollAndAreReadAsOne() throws {
        try write(1...100, to: directory.url, settings: .smallSegments)
        #expect(try directory.names.filter { $0.hasSuffix(".journal") }.count > 10)
        let (records, problems) = try read(directory.url)
        #expect(records == expectedRecords(1...100))
        #expect(problems.isEmpty)
    }

    @Test func missingSegmentIsNoticed() throws {
        try write(1...100, to: directory.url, settings: .smallSegments)
        try FileManager.default.removeItem(at: directory.file("00000004.journal"))
        let kinds = try read(directory.url).problems.map(\.kind)
        #expect(kinds == [.segmentMissing, .chainBroken])
    }

    @Test func secondWriterIsRefusedByName() throws {
        let writer = try JournalWriter(directory: directory.url, header: [])
        #expect(throws: JournalError.inUse(path: directory.url.path)) {
            _ = try JournalWriter(directory: directory.url, header: [])
        }
        writer.close()
        try JournalWriter(directory: directory.url, header: []).close()
        writer.append(tick(1))
        #expect(writer.lostRecords == 1)
    }

    @Test func changedSettingsAreRecordedOnce() throws {
        for header: [UInt8] in [[1], [1], [2]] {
            try JournalWriter(directory: directory.url, header: header).close()
        }
        #expect(try read(directory.url).records == [.header([1]), .header([2])])
    }
}
