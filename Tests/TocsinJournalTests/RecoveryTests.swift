import Foundation
import Testing
import TocsinFormats
import TocsinJournal
import TocsinModel

@Suite struct RecoveryTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func checkpoint(_ sequence: UInt64) -> Checkpoint {
        var digest = OutputDigest()
        digest.append(decision, of: sequence)
        return Checkpoint(sequence: sequence, digest: digest, state: Array("state \(sequence)".utf8))
    }

    /// Inputs 1 ... 90 in small segments, with a checkpoint after each 30.
    private func writeWithCheckpoints() throws {
        let header = Array("settings".utf8)
        let writer = try JournalWriter(directory: directory.url, header: header, settings: .smallSegments)
        for sequence: UInt64 in 1...90 {
            writer.append(frame(sequence))
            if sequence.isMultiple(of: 30) {
                writer.writeCheckpoint(checkpoint(sequence))
                writer.waitForDisk()
            }
        }
        for sequence: UInt64 in 91...95 { writer.append(frame(sequence)) }
        writer.close()
    }

    @Test func noJournalIsNoError() throws {
        #expect(try Recovery.open(directory.url) == nil)
        #expect(try Recovery.open(directory.file("absent")) == nil)
    }

    @Test func restartBeginsAtTheNewestCheckpoint() throws {
        try writeWithCheckpoints()
        let recovered = try #require(try Recovery.open(directory.url))
        #expect(recovered.header == Array("settings".utf8))
        #expect(recovered.checkpoint == checkpoint(90))
        #expect(recovered.inputs.map(\.sequence) == Array(91...95))
        #expect(recovered.inputCount == 5)
        #expect(recovered.lastSequence == 95)
        #expect(recovered.lastAcceptedAt == frame(95).acceptedAt)
        #expect(recovered.problems.isEmpty)
        #expect(try directory.names.filter { $0.hasPrefix("checkpoint") } == ["checkpoint-60", "checkpoint-90"])
    }

    @Test func damagedCheckpointsFallBackToTheOlderAndThenToAll() throws {
        try writeWithCheckpoints()
        for (damaged, sequence) in [("checkpoint-90", UInt64(60)), ("checkpoint-60", 0)] {
            var bytes = try Data(contentsOf: directory.file(damaged))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: directory.file(damaged))
            let recovered = try #require(try Recovery.open(directory.url))
            #expect(recovered.checkpoint?.sequence ?? 0 == sequence)
            #expect(recovered.inputs.map(\.sequence) == Array((sequence + 1)...95))
            #expect(recovered.problems.contains { $0.file == damaged && $0.kind == .checkpointDamaged })
        }
    }

    @Test func changedSettingsBeginAnewButTimeAndNumbersGoOn() throws {
        try writeWithCheckpoints()
        try JournalWriter(directory: directory.url, header: [9]).close()
        let recovered = try #require(try Recovery.open(directory.url))
        #expect(recovered.header == [9])
        #expect(recovered.checkpoint == nil)
        #expect(Array(recovered.inputs).isEmpty)
        #expect(recovered.lastSequence == 95)
        #expect(recovered.lastAcceptedAt == frame(95).acceptedAt)
    }

    @Test func segmentWithoutAReadableHeaderIsReadWithAnothers() throws {
        try writeWithCheckpoints()
        let file = directory.file("00000005.journal")
        var bytes = try Data(contentsOf: file)
        bytes[20] ^= 1
        bytes[20 + 88] ^= 1
        try bytes.write(to: file)
        let (records, problems) = try read(directory.url)
        #expect(inputSequences(records) == Array(1...95))
        #expect(problems.map(\.kind) == [.segmentHeaderDamaged])
    }
}
