import Testing
import TocsinFormats
import TocsinModel

@Suite struct JournalRecordTests {
    private func samples(seed: UInt64) throws -> [JournalRecord] {
        var sampler = JournalSampler(seed: seed)
        return [
            .header([1, 2, 3]), .header([]), .input(sampler.input()), .input(sampler.input()),
            .outputs(sequence: seed, try sampler.outputs()), .gap(first: seed, last: .max),
        ]
    }

    @Test func everyRecordIsReadBackAsItWasWritten() throws {
        for seed in 0..<60 as Range<UInt64> {
            for record in try samples(seed: seed) {
                let payload = record.payload
                let read = try JournalRecord(kind: record.kind, payload: payload)
                #expect(read == record, "seed \(seed)")
                #expect(read.payload == payload, "seed \(seed)")
            }
        }
    }

    @Test func everyPrefixAndEveryTrailingByteIsRefused() throws {
        for record in try samples(seed: 1).dropFirst(2) {
            let payload = record.payload
            for count in payload.indices {
                #expect(throws: RecordError.self) {
                    _ = try JournalRecord(kind: record.kind, payload: Array(payload.prefix(count)))
                }
            }
            #expect(throws: RecordError.trailingBytes(count: 1)) {
                _ = try JournalRecord(kind: record.kind, payload: payload + [0])
            }
        }
    }

    @Test func alteredAndRandomBytesAreReadOrRefusedButNeverCrash() throws {
        var generator = JournalSampler.SplitMix(state: 7)
        for record in try samples(seed: 2) {
            for _ in 0..<500 {
                var bytes = record.payload
                if bytes.isEmpty { continue }
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                        in: .min ... .max, using: &generator)
                }
                guard let read = try? JournalRecord(kind: record.kind, payload: bytes) else { continue }
                #expect(read.payload == bytes)
            }
        }
    }

    @Test func hugeCountsAreRefusedBeforeMemoryIsReserved() {
        let bytes: [UInt8] = [2, 1, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
        #expect(throws: RecordError.truncated(neededBytes: 0xFFFF_FFFF, availableBytes: 0)) {
            _ = try JournalRecord(kind: .outputs, payload: bytes)
        }
    }

    @Test func tickHasTheBytesOfTheFormatPage() {
        let tick = Input(sequence: 258, acceptedAt: Instant(nanosecondsSinceEpoch: -2), payload: .tick)
        #expect(
            JournalRecord.payload(of: tick)
                == [2, 2, 1, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2])
    }
}
