/// How the journal treats its disk. Docs/adr/0002-journal-format-and-sync-policy.md gives the reasons.
package struct JournalSettings: Hashable, Sendable {
    /// A segment that has reached this size is followed by a new one. Bytes.
    package var segmentBytes: Int
    /// What power loss can take: written records are forced to the disk together, this long after the first.
    package var syncDelayMilliseconds: Int
    /// How long a failed disk is left alone before the next attempt.
    package var retryDelay: Duration

    /// All of them matter for what a failure can take, so none has a default.
    package init(segmentBytes: Int, syncDelayMilliseconds: Int, retryDelay: Duration) {
        self.segmentBytes = segmentBytes
        self.syncDelayMilliseconds = syncDelayMilliseconds
        self.retryDelay = retryDelay
    }

    /// 16 MiB, 50 ms, 1 s.
    package static let standard = JournalSettings(
        segmentBytes: 16 << 20, syncDelayMilliseconds: 50, retryDelay: .seconds(1))
}

/// Bounds on what is read back from a journal directory.
enum JournalLimits {
    /// A request body of 1 MiB and what is decided because of it stay far below.
    static let bytesPerRecord = 32 << 20
    /// The most that is read of one segment file: one segment and one record more.
    static let bytesPerSegmentFile = 128 << 20
    /// A checkpoint of 20,000 tracks and their warnings is some tens of megabytes.
    static let bytesPerCheckpoint = 512 << 20
    /// Problems kept with their place; further ones are counted.
    static let problems = 1_000
    /// Checkpoints kept beside the segments: the newest, and one to fall back to.
    static let checkpoints = 2
}
