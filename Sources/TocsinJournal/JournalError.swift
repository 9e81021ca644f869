/// Why a journal cannot be opened. `path` is the directory or file concerned.
package enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another process writes this journal.
    case inUse(path: String)
    case cannotOpen(path: String, cause: String)

    package var description: String {
        switch self {
        case .inUse(let path): "the journal \(path) is in use by another process"
        case .cannotOpen(let path, let cause): "cannot open the journal \(path): \(cause)"
        }
    }
}

/// How writing goes.
package enum JournalStatus: Hashable, Sendable {
    case healthy
    /// The disk fails; warnings go on, and `lostRecords` inputs and decisions were not recorded so far.
    case degraded(cause: String, lostRecords: UInt64)
}

/// Something in a journal directory that is not as it was written.
package struct JournalProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file's name within the directory.
    package var file: String
    /// Where in the file, in bytes from its start.
    package var offset: Int
    package var kind: Kind

    /// What is wrong there.
    package enum Kind: Hashable, Sendable {
        /// These bytes are no valid records; what follows them was kept.
        case damaged(byteCount: Int)
        /// The file ends with bytes that are no whole record: writing was cut off there.
        case tornTail(byteCount: Int)
        /// A whole record, or the start of a segment, does not follow the record before it.
        case chainBroken
        /// One or both copies of the segment's header are damaged.
        case segmentHeaderDamaged
        /// The numbers of the segments skip from the one before to this.
        case segmentMissing
        /// A whole record whose content this version cannot read.
        case unreadableRecord
        case checkpointDamaged
        case unreadableFile(cause: String)
    }

    package var description: String { "\(file), byte \(offset): \(words)" }

    private var words: String {
        switch kind {
        case .damaged(let count): "\(count) bytes are damaged"
        case .tornTail(let count): "the last \(count) bytes are no whole record"
        case .chainBroken: "records before this one are missing or were altered"
        case .segmentHeaderDamaged: "the segment's header is damaged"
        case .segmentMissing: "the segment before this one is missing"
        case .unreadableRecord: "a record of an unknown form"
        case .checkpointDamaged: "the checkpoint is damaged"
        case .unreadableFile(let cause): "cannot be read: \(cause)"
        }
    }
}
