import Foundation
import Synchronization
import Testing
import TocsinFormats
import TocsinJournal
import TocsinModel

/// A disk that remembers how much of each file was synced, so that the rest can be taken away.
final class ForgetfulStorage: JournalStorage {
    private struct File {
        var path: String
        var byteCount = 0
        var syncedByteCount = 0
    }

    private let disk = DiskStorage()
    private let files = Mutex<[Int32: File]>([:])
    private let closed = Mutex<[File]>([])

    func create(_ path: String) throws(StorageFailure) -> Int32 {
        let descriptor = try disk.create(path)
        files.withLock { $0[descriptor] = File(path: path) }
        return descriptor
    }

    func write(_ bytes: [UInt8], to descriptor: Int32) throws(StorageFailure) {
        try disk.write(bytes, to: descriptor)
        files.withLock { $0[descriptor]?.byteCount += bytes.count }
    }

    func truncate(_ descriptor: Int32, to byteCount: Int) throws(StorageFailure) {
        try disk.truncate(descriptor, to: byteCount)
    }

    /// A sync covers what was written when it began.
    func synchronize(_ descriptor: Int32) throws(StorageFailure) {
        files.withLock { files in
            let byteCount = files[descriptor]?.byteCount ?? 0
            files[descriptor]?.syncedByteCount = byteCount
        }
    }

    func synchronizeDirectory(_ path: String) {}

    func close(_ descriptor: Int32) {
        disk.close(descriptor)
        if let file = files.withLock({ $0.removeValue(forKey: descriptor) }) { closed.withLock { $0.append(file) } }
    }

    func replace(_ path: String, with bytes: [UInt8]) throws(StorageFailure) { try disk.replace(path, with: bytes) }

    /// Takes away a part of what was not synced, as power loss does.
    /// - Parameter share: How much of it stays, 0 ... 1.
    func losePower(share: Double) throws {
        for file in files.withLock({ Array($0.values) }) + closed.withLock({ $0 }) {
            let unsynced = Double(file.byteCount - file.syncedByteCount)
            let handle = try FileHandle(forWritingTo: URL(filePath: file.path))
            try handle.truncate(atOffset: UInt64(file.syncedByteCount + Int(unsynced * share)))
            try handle.close()
        }
    }
}

@Suite struct PowerLossTests {
    /// 200 runs of 40 records, each cut at a random point; in each the disk holds all up to a known sync.
    @Test func everythingSyncedIsReadAfterPowerLossAndTheJournalOpens() throws {
        var generator = SystemRandomNumberGenerator()
        for run in 0..<200 {
            let directory = try TemporaryDirectory()
            let storage = ForgetfulStorage()
            let settings = JournalSettings(segmentBytes: 900, syncDelayMilliseconds: 60_000, retryDelay: .zero)
            let writer = try JournalWriter(
                directory: directory.url, header: Array("settings".utf8), settings: settings, storage: storage)
            let synced = UInt64.random(in: 1...40, using: &generator)
            for sequence: UInt64 in 1...40 {
                writer.append(frame(sequence))
                if sequence == synced { writer.waitForDisk() }
            }
            try storage.losePower(share: Double.random(in: 0...1, using: &generator))
            let sequences = inputSequences(try read(directory.url).records)
            #expect(sequences.starts(with: Array(1...synced)), "run \(run): synced \(synced)")
            #expect(Set(sequences).isSubset(of: Set(1...40)), "run \(run)")
            writer.close()
            let last = try #require(try Recovery.open(directory.url)).lastSequence
            let reopened = try JournalWriter(
                directory: directory.url, header: Array("settings".utf8), settings: .prompt)
            #expect(reopened.lastSequence == last && last >= synced, "run \(run)")
            reopened.append(tick(last + 1))
            reopened.close()
            #expect(inputSequences(try read(directory.url).records).last == last + 1, "run \(run)")
        }
    }
}
