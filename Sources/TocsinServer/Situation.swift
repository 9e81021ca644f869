internal import OrderedCollections
package import TocsinFormats
package import TocsinModel
package import TocsinPipeline

/// All that the system believes and has said: a value that is stepped by inputs, the same way live, in recovery
/// and in replay, and kept in checkpoints.
package struct Situation: Hashable, Sendable, Codable {
    package private(set) var pipeline: Pipeline
    package private(set) var board = Board()
    /// Of all decisions so far.
    package private(set) var digest = OutputDigest()
    /// The number of the last input; 0 before the first.
    package private(set) var sequence: UInt64 = 0
    /// When the last input was accepted.
    package private(set) var acceptedAt: Instant?
    private var framesByFeed: OrderedDictionary<FeedNumber, UInt64> = [:]

    package init(settings: PipelineSettings) {
        pipeline = Pipeline(settings: settings)
    }

    /// What one input led to.
    package struct Step: Sendable {
        package var outputs: [Output]
        /// The canonical bytes of `outputs`; `nil`: nothing was decided.
        package var outputsPayload: [UInt8]?
        package var events: [WarningEvent]
    }

    /// Takes one input.
    package mutating func step(_ input: Input) -> Step {
        sequence = input.sequence
        acceptedAt = input.acceptedAt
        if case .frame(let frame) = input.payload { framesByFeed[frame.feed, default: 0] += 1 }
        let outputs = pipeline.step(input)
        guard !outputs.isEmpty else { return Step(outputs: [], outputsPayload: nil, events: []) }
        let payload = JournalRecord.payload(of: outputs, sequence: input.sequence)
        digest.append(outputsPayload: payload)
        return Step(outputs: outputs, outputsPayload: payload, events: board.take(outputs, at: input.acceptedAt))
    }

    /// How many frames of a feed were accepted.
    package func frameCount(of feed: FeedNumber) -> UInt64 { framesByFeed[feed] ?? 0 }
}
