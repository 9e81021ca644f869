import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

/// Real captures against what libasterix 0.36.3 reads from them: every item of every record.
@Suite struct AsterixCaptureTests {
    @Test(
        .enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)),
        arguments: [
            ("bcn_cat048_230502_60min.ast", 44_085), ("croatia_cat034_048.pcap", 162),
            ("argentina_cba_010626.pcap", 15_685), ("argentina_260429.pcap", 19_907),
        ])
    func everyItemOfEveryRecordEqualsTheIndependentDecoder(name: String, count: Int) throws {
        let decoded = AsterixOracle.decode(try SharedFolder.bytes("data/asterix/\(name)"))
        let expected = try AsterixOracle.records(name)
        #expect(decoded.steps.count == count)
        #expect(expected.count == count)
        #expect(decoded.captureRejections.isEmpty)
        var differences = 0
        for (index, (ours, theirs)) in zip(decoded.steps, expected).enumerated() {
            let own = AsterixOracleText.bytes(ours)
            guard own != theirs else { continue }
            differences += 1
            if differences < 5 {
                let texts = [own, theirs].map { String(decoding: $0, as: UTF8.self) }
                Issue.record("record \(index): \(texts[0]) is not \(texts[1])")
            }
        }
        #expect(differences == 0)
    }

    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func eightTrailingBytesOfEachDatagramAreReportedAndNotDecoded() throws {
        let decoded = AsterixOracle.decode(try SharedFolder.bytes("data/asterix/argentina_cba_010626.pcap"))
        #expect(decoded.payloads == 15_325)
        #expect(decoded.rejections.count == 15_325)
        #expect(decoded.rejections.allSatisfy { $0.error == .trailingBytes(count: 8) && $0.skippedBytes == 8 })
    }

    /// The recording holds categories 062, 063 and 065, which are not read; its framing is.
    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func finalFormatIsTakenApartAndItsCategoriesAreCounted() throws {
        let decoded = AsterixOracle.decode(try SharedFolder.bytes("data/asterix/jade_cat062_065_30min.ff"))
        #expect(decoded.captureRejections.isEmpty)
        #expect(decoded.payloads == 18_163)
        #expect(decoded.steps.isEmpty)
        var counts: [DecodeError: Int] = [:]
        for rejection in decoded.rejections { counts[rejection.error, default: 0] += 1 }
        let expected: [DecodeError: Int] = [
            .unsupportedCategory(62): 6_334, .unsupportedCategory(63): 5_772, .unsupportedCategory(65): 6_057,
        ]
        #expect(counts == expected)
    }

    @Test(
        .enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)),
        arguments: ["goasterix_sample.ast", "croatia_cat034.raw", "croatia_cat048.raw"])
    func captureReadInPiecesGivesTheSame(name: String) throws {
        let bytes = try SharedFolder.bytes("data/asterix/\(name)")
        let whole = AsterixOracle.decode(bytes)
        for windowBytes in [1, 7, 1_000] {
            let pieces = AsterixOracle.decode(bytes, windowBytes: windowBytes)
            #expect(pieces.steps == whole.steps)
            #expect(pieces.rejections == whole.rejections)
        }
    }
}
