package import Foundation
internal import TocsinFormats
package import TocsinModel

/// What a journal holds at a restart.
package struct RecoveredJournal {
    /// The settings' header; `nil` if its records are all damaged.
    package var header: [UInt8]?
    /// The newest whole checkpoint under these settings; `nil`: replay all of ``inputs``.
    package var checkpoint: Checkpoint?
    /// The inputs after the checkpoint, or since the settings last changed, in order; read as they are asked for.
    package var inputs: RecoveredInputs
    /// How many ``inputs`` there are.
    package var inputCount: Int
    /// The last input that was accepted, even if power loss took its record; 0 if there was none.
    package var lastSequence: UInt64
    /// When that was; `nil` if no input can be read.
    package var lastAcceptedAt: Instant?
    /// What was found damaged in the part that was read.
    package var problems: [JournalProblem]
}

/// The inputs after a checkpoint, read lazily; going through them twice gives the same.
package struct RecoveredInputs: Sequence, IteratorProtocol {
    fileprivate var reader: JournalReader
    fileprivate let after: UInt64

    /// The next input; `nil` at the end.
    package mutating func next() -> Input? {
        while let record = reader.next() {
            if case .input(let input) = record, input.sequence > after { return input }
        }
        return nil
    }
}

/// Finds what a restart needs: the newest checkpoint, and the inputs behind it.
package enum Recovery {
    /// Reads the journal from the newest whole checkpoint to its end, once, to find its problems.
    ///
    /// - Returns: `nil` if there is no journal.
    /// - Throws: ``JournalError`` if the directory cannot be read. Damage is never an error.
    package static func open(_ directory: URL) throws(JournalError) -> RecoveredJournal? {
        guard JournalDirectory.exists(directory) else { return nil }
        let files = try JournalDirectory(directory)
        guard !files.segmentNumbers.isEmpty else { return nil }
        let run = lastRun(of: files.headers())
        let (checkpoint, problems) = newestCheckpoint(in: files, of: run)
        let start = run.last { $0.firstSequence <= checkpoint?.sequence ?? 0 } ?? run.first
        let reader = JournalReader(files, segments: files.segmentNumbers.filter { $0 >= start?.number ?? 0 })
        var recovered = survey(
            reader, from: checkpoint, nextSequence: run.last?.firstSequence ?? 1, problems: problems)
        let earlier = files.segmentNumbers.filter { $0 < start?.number ?? 0 }
        recovered.lastAcceptedAt = recovered.lastAcceptedAt ?? lastAcceptedAt(in: files, segments: earlier)
        return recovered
    }

    /// When the last input of `segments` was accepted: time goes on across a change of settings.
    private static func lastAcceptedAt(in files: JournalDirectory, segments: [UInt64]) -> Instant? {
        for number in segments.reversed() {
            var reader = JournalReader(files, segments: [number])
            var last: Instant?
            while let record = reader.next() {
                if case .input(let input) = record { last = input.acceptedAt }
            }
            if let last { return last }
        }
        return nil
    }

    /// The headers of the newest segments that were written under one and the same settings.
    private static func lastRun(of headers: [SegmentHeader]) -> [SegmentHeader] {
        guard let last = headers.last else { return [] }
        return Array(headers.reversed().prefix { $0.settingsDigest == last.settingsDigest }.reversed())
    }

    private static func newestCheckpoint(
        in files: JournalDirectory, of run: [SegmentHeader]
    ) -> (Checkpoint?, [JournalProblem]) {
        var problems: [JournalProblem] = []
        guard let first = run.first else { return (nil, []) }
        for sequence in files.checkpointSequences.reversed() where sequence >= first.firstSequence {
            let name = CheckpointFile.name(sequence)
            let url = files.url.appending(path: name)
            let bytes = try? JournalDirectory.bytes(of: url, limit: JournalLimits.bytesPerCheckpoint)
            guard let bytes, let file = CheckpointFile(bytes: bytes), file.checkpoint.sequence == sequence else {
                problems.append(JournalProblem(file: name, offset: 0, kind: .checkpointDamaged))
                continue
            }
            guard file.identity == first.identity, file.settingsDigest == first.settingsDigest else { continue }
            return (file.checkpoint, problems)
        }
        return (nil, problems)
    }

    /// - Parameter nextSequence: What the newest segment's header says that it began with.
    private static func survey(
        _ reader: JournalReader, from checkpoint: Checkpoint?, nextSequence: UInt64, problems: [JournalProblem]
    ) -> RecoveredJournal {
        let after = checkpoint?.sequence ?? 0
        var recovered = RecoveredJournal(
            header: nil, checkpoint: checkpoint, inputs: RecoveredInputs(reader: reader, after: after),
            inputCount: 0, lastSequence: max(after, nextSequence - 1), lastAcceptedAt: nil, problems: problems)
        var reader = reader
        while let record = reader.next() {
            switch record {
            case .header(let bytes): recovered.header = bytes
            case .input(let input):
                recovered.inputCount += input.sequence > after ? 1 : 0
                recovered.lastSequence = max(recovered.lastSequence, input.sequence)
                recovered.lastAcceptedAt = input.acceptedAt
            case .gap(_, let last): recovered.lastSequence = max(recovered.lastSequence, last)
            case .outputs: break
            }
        }
        recovered.problems += reader.problems
        return recovered
    }
}
