internal import Dispatch
internal import Foundation
internal import Synchronization

/// Forces what was written to the disk, and writes checkpoints, on a thread of its own: nobody waits for it.
final class Synchronizer: Sendable {
    /// A part of the journal that the disk may not have taken.
    struct FailedSync: Hashable, Sendable {
        var failure: StorageFailure
        var firstSequence: UInt64
    }

    private struct State {
        var descriptor: Int32?
        var directoryIsNew = false
        var firstUnsynced: UInt64?
        var isScheduled = false
        /// The last attempt failed; `nil` after one that did not.
        var failure: StorageFailure?
        /// Failures that the writer has not taken yet, as one.
        var unnoticed: FailedSync?
        var checkpoint: CheckpointFile?
        var checkpointFailure: StorageFailure?
    }

    private let queue = DispatchQueue(label: "tocsin.journal")
    private let state = Mutex(State())
    private let directory: URL
    private let storage: any JournalStorage
    private let delay: DispatchTimeInterval
    private let delayAfterFailure: DispatchTimeInterval

    init(directory: URL, storage: any JournalStorage, settings: JournalSettings) {
        self.directory = directory
        self.storage = storage
        delay = .milliseconds(settings.syncDelayMilliseconds)
        delayAfterFailure = .milliseconds(max(1_000, settings.syncDelayMilliseconds))
    }

    var failure: StorageFailure? { state.withLock { $0.failure ?? $0.checkpointFailure } }

    /// - Returns: What failed since the last call.
    func takeFailure() -> FailedSync? {
        state.withLock { state in
            defer { state.unnoticed = nil }
            return state.unnoticed
        }
    }

    /// Takes over a new segment's descriptor, and closes the one before.
    func begin(_ descriptor: Int32) {
        let previous = state.withLock { state in
            defer { (state.descriptor, state.directoryIsNew) = (descriptor, true) }
            return state.descriptor
        }
        if let previous { close(previous) }
    }

    /// Gives the present segment up.
    func end() {
        let previous = state.withLock { state in
            defer { state.descriptor = nil }
            return state.descriptor
        }
        if let previous { close(previous) }
    }

    private func close(_ descriptor: Int32) {
        let first = takeFirstUnsynced()
        queue.async { [self] in
            synchronize(descriptor, from: first)
            storage.close(descriptor)
        }
    }

    /// A record of `sequence` was written: it goes to the disk with others, a little later.
    func wrote(_ sequence: UInt64) {
        let wait: DispatchTimeInterval? = state.withLock { state in
            state.firstUnsynced = state.firstUnsynced ?? sequence
            guard !state.isScheduled else { return nil }
            state.isScheduled = true
            return state.failure == nil ? delay : delayAfterFailure
        }
        guard let wait else { return }
        queue.asyncAfter(deadline: .now() + wait) { [self] in
            state.withLock { $0.isScheduled = false }
            synchronizePresent()
        }
    }

    private func takeFirstUnsynced() -> UInt64? {
        state.withLock { state in
            defer { state.firstUnsynced = nil }
            return state.firstUnsynced
        }
    }

    private func synchronizePresent() {
        let (descriptor, directoryIsNew) = state.withLock { state in
            defer { state.directoryIsNew = false }
            return (state.descriptor, state.directoryIsNew)
        }
        guard let descriptor else { return }
        synchronize(descriptor, from: takeFirstUnsynced())
        if directoryIsNew { try? storage.synchronizeDirectory(directory.path) }
    }

    private func synchronize(_ descriptor: Int32, from first: UInt64?) {
        guard let first else { return }
        do throws(StorageFailure) {
            try storage.synchronize(descriptor)
            state.withLock { $0.failure = nil }
        } catch {
            state.withLock { state in
                state.failure = error
                let earliest = min(first, state.unnoticed?.firstSequence ?? first)
                state.unnoticed = FailedSync(failure: error, firstSequence: earliest)
            }
        }
    }

    /// Writes a checkpoint when the records before it are on the disk; a newer one replaces one that waits.
    func write(_ checkpoint: CheckpointFile) {
        let isWaiting = state.withLock { state in
            defer { state.checkpoint = checkpoint }
            return state.checkpoint != nil
        }
        if !isWaiting { queue.async { [self] in writeCheckpoint() } }
    }

    private func writeCheckpoint() {
        let waiting = state.withLock { state in
            defer { state.checkpoint = nil }
            return state.checkpoint
        }
        guard let waiting else { return }
        synchronizePresent()
        let path = directory.appending(path: CheckpointFile.name(waiting.checkpoint.sequence)).path
        do throws(StorageFailure) {
            try storage.replace(path, with: waiting.bytes)
            state.withLock { $0.checkpointFailure = nil }
            removeOldCheckpoints()
        } catch {
            state.withLock { $0.checkpointFailure = error }
        }
    }

    private func removeOldCheckpoints() {
        guard let files = try? JournalDirectory(directory) else { return }
        for sequence in files.checkpointSequences.dropLast(JournalLimits.checkpoints) {
            try? FileManager.default.removeItem(at: directory.appending(path: CheckpointFile.name(sequence)))
        }
    }

    /// Waits until everything asked for so far is done.
    func finish() {
        queue.sync { synchronizePresent() }
    }
}
