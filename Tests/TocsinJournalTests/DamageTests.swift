import Foundation
import Testing
import TocsinFormats
import TocsinJournal
import TocsinModel

@Suite struct DamageTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var segment: URL { directory.file("00000001.journal") }

    @Test func everyFlippedBitIsDetectedAndLaterRecordsAreKept() throws {
        try write(1...60, to: directory.url)
        let good = try Data(contentsOf: segment)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let bit = Int.random(in: 0..<(good.count * 8), using: &generator)
            var bad = good
            bad[bit / 8] ^= 1 << UInt8(bit % 8)
            try bad.write(to: segment)
            let (records, problems) = try read(directory.url)
            #expect(!problems.isEmpty, "bit \(bit)")
            let sequences = inputSequences(records)
            #expect(sequences.count >= 59 && sequences == sequences.sorted(), "bit \(bit)")
            #expect(Set(records).isSubset(of: Set(expectedRecords(1...60))), "bit \(bit)")
            #expect(records.count >= expectedRecords(1...60).count - 1, "bit \(bit)")
        }
    }

    @Test func everyPrefixIsReadUpToItsLastWholeRecord() throws {
        try write(1...8, to: directory.url)
        let good = try Data(contentsOf: segment)
        let all = expectedRecords(1...8)
        var wholeEnds = 0
        for count in 0...good.count {
            try good.prefix(count).write(to: segment)
            let (records, problems) = try read(directory.url)
            #expect(records == Array(all.prefix(records.count)), "\(count) bytes")
            if problems.isEmpty { wholeEnds += 1 }
        }
        // Only a cut exactly between two records, or before the first, leaves nothing to find.
        #expect(wholeEnds == all.count + 1)
    }

    @Test func tornTailIsReportedAndWritingGoesOnBehindIt() throws {
        try write(1...10, to: directory.url)
        let good = try Data(contentsOf: segment)
        try good.dropLast(5).write(to: segment)
        let recovered = try #require(try Recovery.open(directory.url))
        #expect(recovered.lastSequence == 9)
        let cut = try #require(recovered.problems.first)
        #expect(recovered.problems.count == 1 && cut.file == "00000001.journal")
        guard case .tornTail = cut.kind else { return #expect(Bool(false), "\(cut)") }
        try write(10...12, to: directory.url)
        let (records, problems) = try read(directory.url)
        #expect(inputSequences(records) == Array(1...12))
        #expect(problems == [cut])
    }

    @Test func journalWhoseBytesSomebodyElseSuppliedCannotForgeRecords() throws {
        try write(1...3, to: directory.url)
        let stolen = [UInt8](try Data(contentsOf: segment))
        let other = try TemporaryDirectory()
        let writer = try JournalWriter(directory: other.url, header: [])
        let carrier = Input(
            sequence: 1, acceptedAt: start, payload: .frame(Frame(feed: FeedNumber(0), bytes: stolen)))
        writer.append(carrier)
        writer.append(tick(2))
        writer.close()
        let file = other.file("00000001.journal")
        var bytes = try Data(contentsOf: file)
        let payload = try #require(bytes.firstRange(of: Data(stolen.prefix(40))))
        bytes[payload.lowerBound - 20] ^= 1
        try bytes.write(to: file)
        #expect(inputSequences(try read(other.url).records) == [2])
    }

    @Test func randomBytesNeverCrashTheReader() throws {
        var generator = SystemRandomNumberGenerator()
        for count in [0, 1, 87, 88, 176, 177, 1_000, 5_000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            try Data(bytes).write(to: segment)
            #expect(try read(directory.url).records.isEmpty)
        }
    }
}
