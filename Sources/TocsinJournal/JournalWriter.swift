package import Foundation
internal import Glibc
internal import TocsinFormats
package import TocsinModel

/// Records inputs before they are used, and what was decided because of them.
///
/// Each record is handed to the kernel at once, so it outlives this process; the disk gets it a little later,
/// and nobody waits for that. A failing disk costs records, which are counted and marked, never a warning.
package final class JournalWriter {
    private let directory: URL
    private var lock: DirectoryLock?
    private let settings: JournalSettings
    private let storage: any JournalStorage
    private let synchronizer: Synchronizer
    private let header: [UInt8]
    private let settingsDigest: [UInt8]
    private let identity: [UInt8]
    private var segment: OpenSegment?
    private var segmentNumber: UInt64
    private var chain: [UInt8]
    private var outage: Outage?
    private var isClosed = false
    /// The sequence of the last input, recorded or lost; 0 if there was none.
    package private(set) var lastSequence: UInt64
    /// Records lost since the journal was opened.
    package private(set) var lostRecords: UInt64 = 0

    private struct OpenSegment {
        let descriptor: Int32
        var byteCount: Int
    }

    /// From the first lost record until the disk takes records again.
    private struct Outage {
        var cause: String
        var first: UInt64
        /// `nil`: nothing was lost yet.
        var last: UInt64?
        var lostRecords: UInt64
        var nextAttempt: ContinuousClock.Instant
    }

    /// Opens the journal in `directory` for writing, or begins one, and starts a new segment behind what is
    /// there. `header` is what a replay needs to know of the settings.
    ///
    /// - Throws: ``JournalError`` if another process writes it, or the directory cannot be made or read. A disk
    ///   that is full only degrades ``status``.
    package init(
        directory: URL, header: [UInt8], settings: JournalSettings = .standard,
        storage: any JournalStorage = DiskStorage()
    ) throws(JournalError) {
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw .cannotOpen(path: directory.path, cause: error.localizedDescription)
        }
        lock = try DirectoryLock(directory: directory)
        let tail = JournalTail(of: try JournalDirectory(directory))
        self.directory = directory
        self.header = header
        self.settings = settings
        self.storage = storage
        synchronizer = Synchronizer(directory: directory, storage: storage, settings: settings)
        settingsDigest = SegmentHeader.settingsDigest(of: header)
        identity = tail.identity
        segmentNumber = tail.segmentNumber
        chain = tail.chain
        lastSequence = tail.lastSequence
        do throws(StorageFailure) {
            try beginSegment(nextSequence: lastSequence + 1)
        } catch {
            fail("\(error)", of: lastSequence + 1)
        }
    }

    deinit { close() }

    /// How writing goes at this moment.
    package var status: JournalStatus {
        noticeFailedSync()
        if let outage { return .degraded(cause: outage.cause, lostRecords: outage.lostRecords) }
        if let failure = synchronizer.failure { return .degraded(cause: "\(failure)", lostRecords: 0) }
        return .healthy
    }

    /// Records an input; call before using it.
    package func append(_ input: Input) {
        record(.input, JournalRecord.payload(of: input), of: input.sequence)
        lastSequence = input.sequence
    }

    /// Records what the step of input `sequence` decided; nothing if that is nothing.
    package func append(_ outputs: [Output], of sequence: UInt64) {
        guard !outputs.isEmpty else { return }
        append(outputsPayload: JournalRecord.payload(of: outputs, sequence: sequence), of: sequence)
    }

    /// The same with the canonical bytes at hand, which the digest needs too.
    package func append(outputsPayload payload: [UInt8], of sequence: UInt64) {
        record(.outputs, payload, of: sequence)
    }

    /// Keeps a checkpoint beside the segments, in the background; the newest two are kept.
    package func writeCheckpoint(_ checkpoint: Checkpoint) {
        synchronizer.write(
            CheckpointFile(identity: identity, settingsDigest: settingsDigest, checkpoint: checkpoint))
    }

    /// Waits until everything appended so far, and a waiting checkpoint, is on the disk.
    package func waitForDisk() { synchronizer.finish() }

    /// Waits until everything is on the disk, and ends writing: another process may write
    /// now. What is appended later is lost.
    package func close() {
        synchronizer.finish()
        segment = nil
        synchronizer.end()
        synchronizer.finish()
        lock = nil
        isClosed = true
    }

    private func record(_ kind: JournalRecord.Kind, _ payload: [UInt8], of sequence: UInt64) {
        noticeFailedSync()
        do throws(StorageFailure) {
            guard !isClosed, try heal(nextSequence: sequence), let byteCount = segment?.byteCount else {
                return lose(sequence)
            }
            if byteCount >= settings.segmentBytes { try beginSegment(nextSequence: sequence) }
            try write(kind, payload)
            synchronizer.wrote(sequence)
        } catch {
            fail("\(error)", of: sequence)
            lose(sequence)
        }
    }

    private func write(_ kind: JournalRecord.Kind, _ payload: [UInt8]) throws(StorageFailure) {
        guard let open = segment else { throw StorageFailure(operation: "write", errorNumber: EBADF) }
        guard payload.count <= JournalLimits.bytesPerRecord else {
            throw StorageFailure(operation: "write", errorNumber: EFBIG)
        }
        let frame = RecordFrame.encode(kind, payload: payload, identity: identity, after: chain)
        do throws(StorageFailure) {
            try storage.write(frame.bytes, to: open.descriptor)
        } catch {
            try? storage.truncate(open.descriptor, to: open.byteCount)
            throw error
        }
        chain = frame.chain
        segment?.byteCount += frame.bytes.count
    }

    /// Starts the next segment; on failure nothing has changed.
    private func beginSegment(nextSequence: UInt64) throws(StorageFailure) {
        let head = SegmentHeader(
            identity: identity, number: segmentNumber + 1, firstSequence: nextSequence, chain: chain,
            settingsDigest: settingsDigest)
        let first = RecordFrame.encode(
            .header, payload: JournalRecord.header(header).payload, identity: identity, after: chain)
        let bytes = head.bytes + first.bytes
        let descriptor = try storage.create(directory.appending(path: SegmentHeader.fileName(head.number)).path)
        do throws(StorageFailure) {
            try storage.write(bytes, to: descriptor)
        } catch {
            storage.close(descriptor)
            throw error
        }
        segmentNumber = head.number
        chain = first.chain
        segment = OpenSegment(descriptor: descriptor, byteCount: bytes.count)
        synchronizer.begin(descriptor)
    }

    /// Gives the segment up and leaves the disk alone for a while.
    private func fail(_ cause: String, of sequence: UInt64) {
        segment = nil
        synchronizer.end()
        let next = ContinuousClock.now + settings.retryDelay
        outage =
            outage
            ?? Outage(cause: cause, first: sequence, last: nil, lostRecords: 0, nextAttempt: next)
        outage?.cause = cause
        outage?.nextAttempt = next
    }

    private func lose(_ sequence: UInt64) {
        lostRecords += 1
        outage?.lostRecords += 1
        outage?.last = sequence
    }

    /// Ends an outage with a new segment that begins with a mark of what is missing.
    /// - Returns: Whether there is a segment to write to.
    private func heal(nextSequence: UInt64) throws(StorageFailure) -> Bool {
        guard let ending = outage else { return segment != nil }
        guard ContinuousClock.now >= ending.nextAttempt else { return false }
        try beginSegment(nextSequence: nextSequence)
        if let last = ending.last {
            try write(.gap, JournalRecord.gap(first: ending.first, last: last).payload)
        }
        outage = nil
        return true
    }

    /// After a failed sync nobody knows what the disk has: those records are marked, in a new segment.
    private func noticeFailedSync() {
        guard let failed = synchronizer.takeFailure(), outage == nil else { return }
        fail("\(failed.failure)", of: failed.firstSequence)
        outage?.last = max(failed.firstSequence, lastSequence)
        outage?.nextAttempt = .now
    }
}
