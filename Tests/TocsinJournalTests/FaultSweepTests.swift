import Foundation
import Synchronization
import Testing
import TocsinFormats
import TocsinJournal
import TocsinModel

/// A disk on which the chosen operations fail; what it takes, it takes for real.
final class FailingStorage: JournalStorage {
    enum Operation: Hashable { case create, write, synchronize, replace }

    private let disk = DiskStorage()
    private let failing: @Sendable (Operation, Int) -> Bool
    private let counts = Mutex<[Operation: Int]>([:])
    /// A failing write still leaves this many bytes.
    private let bytesOfFailedWrite: Int

    init(bytesOfFailedWrite: Int = 0, failing: @escaping @Sendable (Operation, Int) -> Bool) {
        self.failing = failing
        self.bytesOfFailedWrite = bytesOfFailedWrite
    }

    private func attempt(_ operation: Operation) throws(StorageFailure) {
        let count = counts.withLock { counts in
            counts[operation, default: 0] += 1
            return counts[operation, default: 0]
        }
        if failing(operation, count) { throw StorageFailure(operation: "\(operation)", errorNumber: 28) }
    }

    func create(_ path: String) throws(StorageFailure) -> Int32 {
        try attempt(.create)
        return try disk.create(path)
    }

    func write(_ bytes: [UInt8], to descriptor: Int32) throws(StorageFailure) {
        do throws(StorageFailure) {
            try attempt(.write)
        } catch {
            try disk.write(Array(bytes.prefix(bytesOfFailedWrite)), to: descriptor)
            throw error
        }
        try disk.write(bytes, to: descriptor)
    }

    func truncate(_ descriptor: Int32, to byteCount: Int) throws(StorageFailure) {
        // A disk that fails a write is not asked to do better here: the torn bytes stay.
        if bytesOfFailedWrite == 0 { try disk.truncate(descriptor, to: byteCount) }
    }

    func synchronize(_ descriptor: Int32) throws(StorageFailure) {
        try attempt(.synchronize)
        try disk.synchronize(descriptor)
    }

    func synchronizeDirectory(_ path: String) throws(StorageFailure) { try disk.synchronizeDirectory(path) }

    func close(_ descriptor: Int32) { disk.close(descriptor) }

    func replace(_ path: String, with bytes: [UInt8]) throws(StorageFailure) {
        try attempt(.replace)
        try disk.replace(path, with: bytes)
    }
}

@Suite struct FaultSweepTests {
    /// The least journal that shows everything: 12 inputs in small segments, each followed by a decision.
    private func run(on storage: FailingStorage, in directory: URL) throws -> JournalWriter {
        let writer = try JournalWriter(
            directory: directory, header: [1], settings: .smallSegments, storage: storage)
        for sequence: UInt64 in 1...12 {
            writer.append(frame(sequence))
            writer.append(decision, of: sequence)
        }
        return writer
    }

    private func missing(_ records: [JournalRecord]) -> Set<UInt64> {
        let outputs = records.compactMap { record -> UInt64? in
            if case .outputs(let sequence, _) = record { sequence } else { nil }
        }
        return Set(1...12).subtracting(Set(inputSequences(records)).intersection(outputs))
    }

    private func marked(_ records: [JournalRecord]) -> Set<UInt64> {
        records.reduce(into: []) { sequences, record in
            if case .gap(let first, let last) = record { sequences.formUnion(first...last) }
        }
    }

    @Test(arguments: [0, 7]) func whicheverWriteFailsWhatIsMissingIsMarked(tornBytes: Int) throws {
        for failing in 1...30 {
            let directory = try TemporaryDirectory()
            let storage = FailingStorage(bytesOfFailedWrite: tornBytes) { operation, count in
                operation == .write && count == failing
            }
            let writer = try run(on: storage, in: directory.url)
            let status = writer.status
            writer.close()
            let (records, problems) = try read(directory.url)
            #expect(status == .healthy || failing >= 28, "write \(failing)")
            #expect(missing(records).isSubset(of: marked(records)) || failing >= 28, "write \(failing)")
            #expect(missing(records).count <= 1, "write \(failing)")
            #expect(problems.isEmpty || tornBytes > 0, "write \(failing): \(problems)")
            #expect(!problems.contains { $0.kind == .chainBroken }, "write \(failing): \(problems)")
        }
    }

    @Test func whicheverSegmentCannotBeMadeTheNextAttemptHeals() throws {
        for failing in 1...6 {
            let directory = try TemporaryDirectory()
            let writer = try run(
                on: FailingStorage { operation, count in operation == .create && count == failing },
                in: directory.url)
            writer.close()
            let (records, problems) = try read(directory.url)
            #expect(missing(records) == marked(records), "segment \(failing)")
            #expect(problems.isEmpty, "segment \(failing): \(problems)")
        }
    }

    @Test func fullDiskDegradesAndCountsAndNeverThrows() throws {
        let directory = try TemporaryDirectory()
        let writer = try run(
            on: FailingStorage { operation, count in operation == .write && count > 4 }, in: directory.url)
        guard case .degraded(let cause, let lostRecords) = writer.status else {
            return #expect(Bool(false), "healthy on a full disk")
        }
        #expect(cause == "write: No space left on device")
        let kept = try read(directory.url).records.filter { $0.kind == .input || $0.kind == .outputs }.count
        #expect(Int(lostRecords) + kept == 24)
        #expect(writer.lostRecords == lostRecords)
        #expect(writer.lastSequence == 12)
        writer.close()
    }

    @Test func recordsOfAFailedSyncAreMarkedAndANewSegmentBegins() throws {
        let directory = try TemporaryDirectory()
        let writer = try JournalWriter(
            directory: directory.url, header: [1], settings: .prompt,
            storage: FailingStorage { operation, count in operation == .synchronize && count == 1 })
        writer.append(tick(1))
        writer.append(tick(2))
        writer.waitForDisk()
        writer.append(tick(3))
        writer.close()
        let (records, problems) = try read(directory.url)
        #expect(inputSequences(records) == [1, 2, 3])
        #expect(marked(records).isSuperset(of: [2]))
        #expect(problems.isEmpty)
        #expect(try directory.names.contains("00000002.journal"))
    }

    @Test func failedCheckpointIsShownAndTheOlderOneIsKept() throws {
        let directory = try TemporaryDirectory()
        let writer = try JournalWriter(
            directory: directory.url, header: [1], settings: .prompt,
            storage: FailingStorage { operation, count in operation == .replace && count == 2 })
        for sequence: UInt64 in 1...2 {
            writer.append(tick(sequence))
            writer.writeCheckpoint(Checkpoint(sequence: sequence, digest: OutputDigest(), state: []))
            writer.waitForDisk()
        }
        #expect(writer.status == .degraded(cause: "replace: No space left on device", lostRecords: 0))
        writer.close()
        #expect(try Recovery.open(directory.url)?.checkpoint?.sequence == 1)
    }
}
