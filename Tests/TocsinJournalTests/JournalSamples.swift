import Foundation
import TocsinFormats
import TocsinJournal
import TocsinModel

/// A fresh directory that goes away with the test.
final class TemporaryDirectory {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String) -> URL { url.appending(path: name) }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }
}

let start = Instant(nanosecondsSinceEpoch: 1_795_370_400_000_000_000)

func tick(_ sequence: UInt64) -> Input {
    Input(sequence: sequence, acceptedAt: start.advanced(bySeconds: Double(sequence)), payload: .tick)
}

func frame(_ sequence: UInt64) -> Input {
    let bytes = (0..<Int(20 + sequence % 40)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(sequence)) }
    return Input(
        sequence: sequence, acceptedAt: start.advanced(bySeconds: Double(sequence)),
        payload: .frame(Frame(feed: FeedNumber(3), bytes: bytes)))
}

let decision = [Output.notWarned(area: AreaID("ch-1"), track: TrackNumber(7), reason: .notConfirmed)]

extension JournalSettings {
    static let prompt = JournalSettings(segmentBytes: 16 << 20, syncDelayMilliseconds: 1, retryDelay: .zero)
    static let smallSegments = JournalSettings(segmentBytes: 600, syncDelayMilliseconds: 1, retryDelay: .zero)
}

/// Writes inputs of these sequences, a decision after each third, and closes.
func write(_ sequences: ClosedRange<UInt64>, to directory: URL, settings: JournalSettings = .prompt) throws {
    let writer = try JournalWriter(directory: directory, header: Array("settings".utf8), settings: settings)
    for sequence in sequences {
        writer.append(frame(sequence))
        if sequence.isMultiple(of: 3) { writer.append(decision, of: sequence) }
    }
    writer.close()
}

func expectedRecords(_ sequences: ClosedRange<UInt64>) -> [JournalRecord] {
    [.header(Array("settings".utf8))]
        + sequences.flatMap { sequence -> [JournalRecord] in
            sequence.isMultiple(of: 3)
                ? [.input(frame(sequence)), .outputs(sequence: sequence, decision)] : [.input(frame(sequence))]
        }
}

func read(_ directory: URL) throws -> (records: [JournalRecord], problems: [JournalProblem]) {
    var reader = try JournalReader(directory: directory)
    var records: [JournalRecord] = []
    while let record = reader.next() { records.append(record) }
    return (records, reader.problems)
}

func inputSequences(_ records: [JournalRecord]) -> [UInt64] {
    records.compactMap { record in
        if case .input(let input) = record { input.sequence } else { nil }
    }
}
