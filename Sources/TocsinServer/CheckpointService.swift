internal import Foundation
internal import ServiceLifecycle
internal import TocsinFormats
package import TocsinJournal

/// Keeps the situation from time to time, so that a restart reads little. Encodes beside the conductor, one at a
/// time, and spends at most a tenth of one core on it.
struct CheckpointService: Service {
    let conductor: Conductor

    /// Replaying so many takes far less than the second in which a restart must be back.
    static let inputsMaximum: UInt64 = 250
    static let timeMaximum = Duration.seconds(1)
    private static let lookInterval = Duration.milliseconds(100)

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await keepCheckpoints() }
        } catch is CancellationError {
            // The server stops.
        }
    }

    private func keepCheckpoints() async throws {
        var last = ContinuousClock.now
        while true {
            try await Task.sleep(for: Self.lookInterval)
            let isTime = last.duration(to: .now) >= Self.timeMaximum
            guard let situation = await conductor.situation(after: isTime ? 1 : Self.inputsMaximum) else { continue }
            let start = ContinuousClock.now
            await conductor.keep(try Checkpoint(situation))
            last = .now
            try await Task.sleep(for: start.duration(to: last) * 9)
        }
    }
}

extension Checkpoint {
    /// - Throws: Only for numbers that are not finite, which no state holds.
    package init(_ situation: Situation) throws {
        self.init(
            sequence: situation.sequence, digest: situation.digest,
            state: Array(try SituationCoding.encode(situation)))
    }

    /// - Returns: `nil` if the state is of another version of the program.
    package func situation() -> Situation? {
        guard let situation = try? SituationCoding.decode(Data(state)),
            situation.sequence == sequence, situation.digest == digest
        else { return nil }
        return situation
    }
}

/// The form of a checkpoint's state.
enum SituationCoding {
    static func encode(_ situation: Situation) throws -> Data {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return try encoder.encode(situation)
    }

    static func decode(_ bytes: Data) throws -> Situation {
        try PropertyListDecoder().decode(Situation.self, from: bytes)
    }
}
