package import Foundation
internal import OrderedCollections
internal import TocsinModel

extension NightReport {
    /// Replays the journal in `directory` and tells what happened.
    ///
    /// - Parameters:
    ///   - truth: the path of a drill's `truth.json`; `nil`: what came is known only as far as it was followed.
    ///   - progress: told the number of every input.
    /// - Throws: ``NightError``, ``ServerError`` or `JournalError`. Damage and an empty night are no errors.
    package init(of directory: URL, truth path: String?, progress: (UInt64) -> Void) throws {
        // A wrong file should be told at once, not after the replay.
        let file = try path.map { path in try TruthFile(path: path) }
        var replay = try Replay(directory: directory)
        var witness = NightWitness()
        let result = replay.play { step in
            witness.take(step)
            if case .stepped(_, let input, _) = step { progress(input.sequence) }
        }
        witness.end()
        let truth = try file.map { file in
            var truth = try NightTruth(file, shifts: witness.shifts, span: witness.span)
            truth.compare(with: witness.threats)
            return truth
        }
        self.init(of: witness, result, truth)
    }

    private init(of witness: NightWitness, _ result: Replay.Result, _ truth: NightTruth?) {
        system = witness.header?.system ?? ""
        span = witness.span
        inputs = result.inputs
        damage = result.problems
        firstDifference = result.firstDifference
        areas = witness.areas.values.sorted { $0.id < $1.id }
        threats = witness.threats
        otherTracks = witness.otherTracks
        withheld = witness.withheld
        self.truth = truth
        nights = areas.flatMap { area in
            [false, true].map { exercise in
                let world = AreaWorld(area: area.id, exercise: exercise)
                // A drill's truth says nothing about what was live.
                let arrivals = exercise ? truth?.arrivals(in: area) : nil
                return AreaNight(
                    area: area, exercise: exercise, spans: witness.spans[world] ?? [],
                    passages: (witness.passages[world] ?? []).sorted { ($0.from, $0.track) < ($1.from, $1.track) },
                    arrivals: arrivals)
            }
        }.filter { !$0.spans.isEmpty || !$0.passages.isEmpty || $0.arrivals?.isEmpty == false }
    }
}
