package import Foundation
package import TocsinFormats
internal import TocsinJournal
package import TocsinModel

/// Steps through a journal from its beginning and compares what is decided with what was decided then.
package struct Replay {
    private var records: JournalReader
    private let path: String
    /// What the last input led to; `nil` before the first header.
    package private(set) var situation: Situation?
    /// The first record that was not taken yet, where ``play(until:_:)`` stopped before the end.
    private var next: JournalRecord?
    private var result = Result()
    /// What the last input led to.
    private var last: (sequence: UInt64, payload: [UInt8], isRecorded: Bool)?

    package struct Result: Sendable {
        package var inputs: UInt64 = 0
        /// Steps that decided something.
        package var decisions: UInt64 = 0
        package var digest = OutputDigest()
        /// The first input whose decisions are not those that were recorded; `nil`: all are.
        package var firstDifference: UInt64?
        /// Where the journal is damaged, or why the rest cannot be replayed.
        package var problems: [String] = []
        package var seconds = 0.0
    }

    package enum Progress {
        /// A journal begins, or goes on under other settings.
        case began(JournalHeader)
        case stepped(Situation.Step, of: Input, after: Situation)
    }

    /// - Throws: `JournalError` or ``ServerError`` if there is no journal.
    package init(directory: URL) throws {
        records = try JournalReader(directory: directory)
        path = directory.path
        var first = records
        guard case .header(let bytes) = first.next() else { throw ServerError.journalHasNoHeader(path: path) }
        _ = try JournalHeader(bytes: bytes, path: path)
    }

    /// Goes through the journal.
    ///
    /// - Parameter end: stops before the first input that was accepted later; `nil`: goes on to the journal's end.
    package mutating func play(until end: Instant? = nil, _ report: (Progress) -> Void) -> Result {
        let start = ContinuousClock.now
        while let record = next ?? records.next() {
            next = nil
            if case .input(let input) = record, let end, input.acceptedAt > end {
                next = record
                break
            }
            take(record, report)
        }
        if let last, !last.isRecorded {
            result.problems.append("the decisions of the last input were not recorded: writing was cut off there")
        }
        result.digest = situation?.digest ?? result.digest
        result.problems += records.problems.map(\.description)
        result.seconds = start.duration(to: .now) / .seconds(1)
        return result
    }

    /// Nothing of the journal is left to play.
    package var isAtEnd: Bool { next == nil }

    private mutating func take(_ record: JournalRecord, _ report: (Progress) -> Void) {
        switch record {
        case .header(let bytes):
            settle()
            do {
                let header = try JournalHeader(bytes: bytes, path: path)
                situation = Situation(settings: header.settings)
                report(.began(header))
            } catch {
                result.problems.append(error.description)
            }
        case .input(let input):
            settle()
            step(input, report)
        case .outputs(let sequence, let outputs):
            compare(JournalRecord.payload(of: outputs, sequence: sequence), of: sequence)
        case .gap(let first, let last):
            result.problems.append("inputs \(first) to \(last) may be missing: the disk failed")
        }
    }

    private mutating func step(_ input: Input, _ report: (Progress) -> Void) {
        guard let step = situation?.step(input), let situation else { return }
        result.inputs += 1
        result.decisions += step.outputsPayload == nil ? 0 : 1
        last = step.outputsPayload.map { (input.sequence, $0, false) }
        report(.stepped(step, of: input, after: situation))
    }

    /// A restart records the last decisions once more, as it cannot know whether they were; equal ones are fine.
    private mutating func compare(_ recorded: [UInt8], of sequence: UInt64) {
        guard let last, last.sequence == sequence, last.payload == recorded else { return differ(at: sequence) }
        self.last?.isRecorded = true
    }

    /// Decisions that were not recorded then.
    private mutating func settle() {
        if let last, !last.isRecorded { differ(at: last.sequence) }
        last = nil
    }

    private mutating func differ(at sequence: UInt64) {
        result.firstDifference = min(result.firstDifference ?? sequence, sequence)
    }
}
