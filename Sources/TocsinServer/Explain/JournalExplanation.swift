package import Foundation
package import TocsinModel
package import TocsinPipeline

/// Why an area stood as it did at a moment of a recorded night: the journal is replayed up to that moment.
package struct JournalExplanation: Sendable {
    package let explanation: AreaExplanation
    /// What is damaged in the part that was read.
    package let problems: [String]
    /// The first input that this version decides otherwise than was recorded then; `nil`: none up to the moment.
    package let firstDifference: UInt64?

    /// Nothing changes between two ticks: so long after an input its state still holds. Seconds.
    private static let secondsBetweenTicks = 1.0

    /// - Parameters:
    ///   - area: its id.
    ///   - moment: everything that was accepted until then counts.
    /// - Throws: ``NightError``, ``ServerError`` or `JournalError`.
    package init(of area: AreaID, at moment: Instant, in directory: URL) throws {
        var replay = try Replay(directory: directory)
        var areas: [Area] = []
        let result = replay.play(until: moment) { progress in
            if case .began(let header) = progress { areas = header.settings.areas }
        }
        guard let found = areas.first(where: { $0.id == area }) else {
            let nearest = Spelling.nearest(to: area.rawValue, of: areas.map(\.id.rawValue))
            throw NightError.unknownArea(area, nearest: nearest)
        }
        guard let situation = replay.situation, let last = situation.acceptedAt,
            !replay.isAtEnd || moment.seconds(since: last) <= Self.secondsBetweenTicks
        else { throw try Self.error(moment, directory) }
        let now = moment.seconds(since: last) > Self.secondsBetweenTicks ? moment : last
        explanation = situation.pipeline.explanation(of: found, at: now)
        problems = result.problems
        firstDifference = result.firstDifference
    }

    /// What to say of a moment that the journal does not reach.
    private static func error(_ moment: Instant, _ directory: URL) throws -> NightError {
        var replay = try Replay(directory: directory)
        var span: (from: Instant, to: Instant)?
        let result = replay.play { progress in
            guard case .stepped(_, let input, _) = progress else { return }
            span = (span?.from ?? input.acceptedAt, input.acceptedAt)
        }
        guard let span else { return .nothingRecorded(path: directory.path) }
        return .momentOutside(moment, from: span.from, to: span.to, damage: result.problems.first)
    }
}
