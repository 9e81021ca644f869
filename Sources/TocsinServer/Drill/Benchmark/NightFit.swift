internal import Foundation
package import TocsinForecast
internal import TocsinModel

/// How the threat classes moved in recorded nights, live ones or drills.
///
/// Turns, circles and heading noise are fitted. A journal does not tell what became of a track that fell silent: nobody
/// reports where it ended, and who counts only those that were heard again finds that all fly on. So ends, silences and
/// returns stay those of the standard model.
package struct NightFit: Sendable {
    package private(set) var motion = MotionParameters.standard
    /// What of the journals could not be read.
    package private(set) var damage: [String] = []
    /// Which classes were seen too little to be fitted and keep the standard model, in words.
    package private(set) var kept: [String] = []

    /// A class that was seen less keeps the standard model: of 30 turns the rate is known to about a fifth (1 sigma).
    package static let leastTurns = 30
    package static let leastHours = 1.0

    /// Replays the journals in the directories `paths`.
    ///
    /// - Parameter progress: told the number of the journal, from 1, and that of every input.
    /// - Throws: ``DrillError`` if one of the paths holds no journal, or nothing in them was followed for two minutes.
    package init(of paths: [String], progress: (Int, UInt64) -> Void) throws(DrillError) {
        // A wrong path should be told at once, not after the replays.
        var replays: [Replay] = []
        for path in paths { replays.append(try Self.replay(path)) }
        var flights = JournalFlights()
        for index in replays.indices {
            let result = replays[index].play { step in
                flights.take(step)
                if case .stepped(_, let input, _) = step { progress(index + 1, input.sequence) }
            }
            damage += result.problems.map { "\(paths[index]) is damaged: \($0)" }
        }
        try fit(to: flights.all, journals: paths.count)
    }

    private static func replay(_ path: String) throws(DrillError) -> Replay {
        do {
            return try Replay(directory: URL(filePath: path))
        } catch {
            throw .noJournal(problem: "\(error)")
        }
    }

    private mutating func fit(to flights: [JournalFlights.Flight], journals: Int) throws(DrillError) {
        var drones = ClassFlights()
        var missiles = ClassFlights()
        var days: Set<String> = []
        for flight in flights {
            let isUsable =
                switch flight.objectClass {
                case .attackDrone: drones.add(flight)
                case .cruiseMissile: missiles.add(flight)
                case .ballisticMissile, .aircraft, .helicopter, .bird, .smallDrone: false
                }
            if isUsable { days.insert(String(flight.startedAt.iso8601.prefix(10))) }
        }
        guard !days.isEmpty else { throw .nothingFollowed(journals: journals) }
        let told = [
            take(drones, of: .attackDrone, into: \.attackDrone),
            take(missiles, of: .cruiseMissile, into: \.cruiseMissile),
        ]
        motion.provenance =
            "\(journals) \(journals == 1 ? "journal" : "journals"), \(days.sorted().joined(separator: ", ")); "
            + told.joined(separator: "; ") + "; ends, silences and returns as in Tocsin's own"
    }

    /// - Returns: What was done, for the provenance.
    private mutating func take(
        _ seen: ClassFlights, of objectClass: ObjectClass, into path: WritableKeyPath<MotionParameters, ThreatMotion>
    ) -> String {
        let amount = "\(objectClass.rawValue): \(seen.amount)"
        guard seen.fit.turns >= Self.leastTurns, seen.fit.hours >= Self.leastHours else {
            let reason = "\(amount), too little to fit (\(Self.leastTurns) turns and \(Int(Self.leastHours)) h)"
            kept.append("\(reason): it keeps Tocsin's own model; give more nights")
            return "\(reason), as in Tocsin's own"
        }
        let standard = motion[keyPath: path].turns
        var turns = seen.fit.model(returningAs: standard)
        turns.endRate = standard.endRate
        turns.survival = standard.survival
        motion[keyPath: path].turns = turns
        return amount
    }
}

/// What was seen of one class.
private struct ClassFlights {
    private(set) var fit = TurnFit()
    private var flights = 0
    /// Of the flights.
    private var exercises = 0

    /// - Returns: Whether some of it was followed for long enough.
    mutating func add(_ flight: JournalFlights.Flight) -> Bool {
        let before = fit.hours
        for piece in flight.pieces { fit.add(flight: piece, begunAt: .zero) }
        guard fit.hours > before else { return false }
        flights += 1
        if flight.exercise { exercises += 1 }
        return true
    }

    var amount: String {
        let turns = String(format: "%.1f h, %d turns", fit.hours, fit.turns)
        return "\(flights) flights (\(exercises) of them exercise), \(turns)"
    }
}
