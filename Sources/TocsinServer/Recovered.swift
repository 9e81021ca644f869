package import Foundation
internal import TocsinFormats
package import TocsinJournal
package import TocsinModel

/// What a restart begins with.
package struct Recovered {
    package var situation: Situation
    package var header: JournalHeader
    /// What the last input led to, if anything: it may not have been recorded.
    package var lastStep: (sequence: UInt64, outputsPayload: [UInt8])?
    package var lastAcceptedAt: Instant?
    package var inputsReplayed: Int
    package var problems: [JournalProblem]

    /// Brings back the situation of the journal in `directory`.
    /// - Returns: `nil` if there is no journal.
    package static func open(_ directory: URL) throws -> Recovered? {
        guard let journal = try Recovery.open(directory) else { return nil }
        guard let bytes = journal.header else { throw ServerError.journalHasNoHeader(path: directory.path) }
        let header = try JournalHeader(bytes: bytes, path: directory.path)
        var recovered = Recovered(
            situation: Situation(settings: header.settings), header: header, lastStep: nil,
            lastAcceptedAt: journal.lastAcceptedAt, inputsReplayed: 0, problems: journal.problems)
        if let checkpoint = journal.checkpoint {
            guard let situation = checkpoint.situation() else {
                try recovered.replayAll(directory)
                return recovered
            }
            recovered.situation = situation
        }
        for input in journal.inputs { recovered.take(input) }
        return recovered
    }

    /// A checkpoint of another version cannot be read; the inputs always can.
    private mutating func replayAll(_ directory: URL) throws {
        for record in try JournalReader(directory: directory) {
            switch record {
            case .header: situation = Situation(settings: header.settings)
            case .input(let input): take(input)
            case .outputs, .gap: break
            }
        }
    }

    private mutating func take(_ input: Input) {
        let step = situation.step(input)
        lastStep = step.outputsPayload.map { (input.sequence, $0) }
        inputsReplayed += 1
    }
}
