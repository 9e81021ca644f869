package import TocsinDrill

/// What a scored drill tells: the score, and why what was missed worst was missed.
package struct DrillResult: Encodable, Sendable {
    package let score: Score
    /// Worst first; `nil`: nobody asked.
    package let explanations: [MissExplanation]?

    /// - Parameters:
    ///   - perfect: a run of the same exercise on a perfect feed.
    ///   - explained: whether `run` explained the moments of `MissExplanation.moments(of:)`.
    package init(
        of run: DrillRun, perfectlyFed perfect: DrillRun, in exercise: DrillExercise, explained: Bool
    ) {
        score = Score(
            of: run.changes, perfectChanges: perfect.changes, sightings: run.sightings, raid: exercise.raid,
            outcome: exercise.outcome, regionNames: exercise.areas.regionNames, sensedAt: exercise.sensedAt)
        explanations = explained ? MissExplanation.worst(of: run, in: exercise) : nil
    }

    private enum CodingKeys: CodingKey { case explanations }

    /// The score's own fields, and beside them `explanations` where they were asked for.
    package func encode(to encoder: any Encoder) throws {
        try score.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(explanations?.map(\.document), forKey: .explanations)
    }

    /// The score as a table, and a paragraph for each explanation.
    package var text: String {
        let table = ScoreTable(score).text
        guard let explanations else { return table }
        if explanations.isEmpty { return table + "\nEvery arrival was warned of in time: nothing to explain.\n" }
        return table
            + explanations.enumerated().map { number, explanation in "\n\(number + 1). \(explanation.words)\n" }
            .joined()
    }
}
