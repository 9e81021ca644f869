package import TocsinModel

/// What became of an input.
package struct Acceptance: Hashable, Sendable {
    package var sequence: UInt64
    package var acceptedAt: Instant
    /// What was decided because of it. A refused part of the input is an ``Output/rejected(_:)`` among these.
    package var outputs: [Output]
}
