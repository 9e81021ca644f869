package import TocsinModel
package import TocsinPipeline

/// All that the system believes and has said: a value that is stepped by inputs, the same way live, in recovery
/// and in replay, and kept in checkpoints.
package struct Situation: Hashable, Sendable, Codable {
    package private(set) var pipeline: Pipeline
    package private(set) var board = Board()
    /// The number of the last input; 0 before the first.
    package private(set) var sequence: UInt64 = 0

    package init(settings: PipelineSettings) {
        pipeline = Pipeline(settings: settings)
    }

    /// Takes one input.
    /// - Returns: What was decided, and the events that came of it.
    package mutating func step(_ input: Input) -> (outputs: [Output], events: [WarningEvent]) {
        sequence = input.sequence
        let outputs = pipeline.step(input)
        return (outputs, board.take(outputs, at: input.acceptedAt))
    }
}
