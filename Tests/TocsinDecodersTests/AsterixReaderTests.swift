import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

@Suite struct AsterixReaderTests {
    private let plot = AsterixBytes.plot()

    @Test func handWrittenPlotIsReadItemByItem() throws {
        let plot = try #require(AsterixBytes.plots(AsterixBytes.block(48, plot)).first)
        #expect(plot.source == AsterixSource(area: 20, code: 129))
        #expect(plot.timeOfDay?.seconds == 28_800.8515625)
        #expect(plot.descriptor?.detection == .rollCall)
        #expect(plot.position?.range.nauticalMiles == 48.65234375)
        #expect(plot.position?.azimuth.degrees == 261.84814453125)
        #expect(plot.modeA?.text == "4004")
        #expect(plot.flightLevel?.flightLevel == 370)
        #expect(plot.address?.description == "4a08eb")
        #expect(plot.identification?.callsign == "ROT415")
        #expect(plot.trackNumber == nil)
    }

    @Test func whatCannotBeABlockIsRefusedByItsReason() {
        let good = AsterixBytes.block(48, plot)
        let cases: [([UInt8], [DecodeError])] = [
            ([48], [.truncated(neededBytes: 3, availableBytes: 1)]),
            ([48, 0, 0], [.badLength(declaredBytes: 0)]),
            ([48, 0, 2], [.badLength(declaredBytes: 2)]),
            ([48, 0, 3], [.badLength(declaredBytes: 3)]),
            ([48, 0, 9, 0], [.truncated(neededBytes: 9, availableBytes: 4)]),
            (good + [48, 0, 2], [.badLength(declaredBytes: 2)]),
            (good + [48, 0, 90, 1], [.truncated(neededBytes: 90, availableBytes: 4)]),
            (good + [0x40, 0x00, 0x22, 1, 2, 3, 4, 5], [.trailingBytes(count: 8)]),
            (good + [0x40, 0x00], [.trailingBytes(count: 2)]),
            (AsterixBytes.block(62, [1, 2, 3]) + good, [.unsupportedCategory(62)]),
        ]
        for (bytes, errors) in cases { #expect(AsterixBytes.errors(bytes) == errors, "\(bytes)") }
    }

    @Test func wrongRecordTakesTheRestOfItsBlockAndNothingElse() {
        let short = Array(plot.dropLast(4))
        let bytes =
            AsterixBytes.block(48, plot + short) + AsterixBytes.block(34, AsterixBytes.northMarker)
            + AsterixBytes.block(48, plot)
        let steps = AsterixBytes.steps(bytes)
        let rejection = AsterixRejection(
            error: .truncated(neededBytes: 6, availableBytes: 2), offset: 3 + plot.count, skippedBytes: short.count)
        #expect(steps.count == 4)
        #expect(steps[1] == .rejected(rejection))
        guard case .service(let service) = steps[2] else {
            Issue.record("the second block is a service message")
            return
        }
        #expect(service.message == 1)
    }

    @Test func presenceBitsThatTheCategoryDoesNotDefineAreRefused() {
        let far = AsterixBytes.block(48, [1, 1, 1, 1, 0x80, 20, 129])
        #expect(AsterixBytes.errors(far) == [.undefinedItem(category: 48, fieldReferenceNumber: 29)])
        let service = AsterixBytes.block(34, [0x81, 1, 0x80, 20, 129])
        #expect(AsterixBytes.errors(service) == [.undefinedItem(category: 34, fieldReferenceNumber: 15)])
        let withoutSource = AsterixBytes.block(48, [0x40, 1, 2, 3])
        #expect(AsterixBytes.errors(withoutSource) == [.missingField("048/010")])
        let configuration = AsterixBytes.block(34, [0x84, 20, 129, 0x40, 0])
        #expect(AsterixBytes.errors(configuration) == [.undefinedItem(category: 34, fieldReferenceNumber: 6)])
        let explicit = AsterixBytes.block(34, [0x81, 0x04, 20, 129, 0])
        #expect(AsterixBytes.errors(explicit) == [.badLength(declaredBytes: 0)])
    }

    @Test(arguments: zip(AsterixEditions.category048, [2, 2, 2, 2, 3, 6]))
    func targetDescriptorHasAsManyOctetsAsItsEdition(edition: AsterixEdition, octets: Int) {
        let editions = AsterixEditions(pins: [AsterixEditionPin(source: nil, category: 48, edition: edition)])
        for count in 1...7 {
            let descriptor = [UInt8](repeating: 0xA1, count: count - 1) + [0xA0]
            let bytes = AsterixBytes.block(48, AsterixBytes.plot(descriptor: descriptor))
            let errors = AsterixBytes.errors(bytes, editions: editions)
            #expect(errors == (count <= octets ? [] : [.unsupportedEdition(category: 48)]))
            guard count <= octets else { continue }
            #expect(AsterixBytes.plots(bytes, editions: editions).first?.descriptor?.octetCount == count)
        }
    }

    @Test func flightLevelIsSignedSinceEdition32() {
        // Items 010 and 090; 14 bits of ones.
        let bytes = AsterixBytes.block(48, [0b1000_0100, 20, 129, 0x3F, 0xFF])
        for edition in AsterixEditions.category048 {
            let pin = AsterixEditionPin(
                source: AsterixSource(area: 20, code: 129), category: 48, edition: edition)
            let level = AsterixBytes.plots(bytes, editions: AsterixEditions(pins: [pin])).first?.flightLevel
            #expect(level?.flightLevel == (edition == AsterixEdition(1, 32) ? -0.25 : 4_095.75))
        }
    }

    @Test func pinOfASourceLeavesOtherSourcesAtTheNewest() throws {
        let pin = try #require(AsterixEditionPin(text: "20/129:048=1.27"))
        let editions = AsterixEditions(pins: [pin])
        let other = [0b1000_0100, 20, 130, 0x3F, 0xFF].map { UInt8($0) }
        #expect(AsterixBytes.plots(AsterixBytes.block(48, other), editions: editions).first?.edition == .init(1, 32))
        #expect(AsterixBytes.plots(AsterixBytes.block(48, plot), editions: editions).first?.edition == .init(1, 27))
        let general = try #require(AsterixEditionPin(text: "48=1.28"))
        #expect(
            AsterixBytes.plots(AsterixBytes.block(48, plot), editions: AsterixEditions(pins: [pin, general]))
                .first?.edition == .init(1, 27))
    }

    @Test func pinToAnUnknownEditionIsFoundAndNeverReadAsAnother() throws {
        let pin = try #require(AsterixEditionPin(text: "20/129:048=1.21"))
        #expect(AsterixEditions.problem(of: pin) == .unsupportedEdition(category: 48))
        let errors = AsterixBytes.errors(AsterixBytes.block(48, plot), editions: AsterixEditions(pins: [pin]))
        #expect(errors == [.unsupportedEdition(category: 48)])
        for text in ["", "048", "20:048=1.27", "20/129:48=1", "300/1:48=1.27", "20/129:048=1.27=", "a/b:48=1.27"] {
            #expect(AsterixEditionPin(text: text) == nil)
        }
    }

    /// Every prefix and every flipped bit gives records or rejections that cover the bytes, and never a crash.
    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func everyPrefixAndEveryFlippedBitIsSurvived() throws {
        let capture = try SharedFolder.bytes("data/asterix/goasterix_sample.ast")
        let all = [
            capture, AsterixBytes.block(48, plot), AsterixBytes.block(34, AsterixBytes.northMarker),
            AsterixBytes.block(48, everyItem),
        ]
        for bytes in all {
            for end in 0..<bytes.count { _ = AsterixBytes.steps(Array(bytes[..<end])) }
            for index in bytes.indices {
                for bit in 0..<8 {
                    var flipped = bytes
                    flipped[index] ^= 1 << UInt8(bit)
                    for step in AsterixBytes.steps(flipped) {
                        guard case .rejected(let rejection) = step else { continue }
                        #expect(rejection.offset >= 0)
                        #expect(rejection.offset + rejection.skippedBytes <= flipped.count)
                    }
                }
            }
        }
    }

    /// A record with all 28 items.
    private var everyItem: [UInt8] {
        let head: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFE, 20, 129]
        let target: [UInt8] = [0x38, 0x40, 0x2D, 0xA1, 0x04, 0x30, 0xA7, 0xBA, 0x34, 0x08, 0x04, 0x05, 0xC8]
        let plotted: [UInt8] = [0xFE, 1, 2, 0xF0, 3, 0xE0, 0xFF, 0x80]
        let identity: [UInt8] = [0x4A, 0x08, 0xEB, 0x48, 0xF5, 0x34, 0xC7, 0x58, 0x20]
        let registers: [UInt8] = [2, 1, 2, 3, 4, 5, 6, 7, 0x40, 7, 6, 5, 4, 3, 2, 1, 0x50]
        let track: [UInt8] = [0x07, 0x83, 0x00, 0x80, 0xFF, 0x80, 0x07, 0x42, 0xB9, 0x61, 0x43, 0x70]
        let quality: [UInt8] = [1, 2, 3, 4, 0x03, 0x22, 0x0F, 0xFF, 0x00, 0x01, 0x0A, 0xAA, 0x3F, 0xFF]
        let doppler: [UInt8] = [0xC0, 0x83, 0xFF, 1, 0, 1, 0, 2, 0, 3]
        let rest: [UInt8] = [0x20, 0xF5, 1, 2, 3, 4, 5, 6, 7, 0xFF, 0x2F, 0xFF, 0x1F, 0x0A, 0xAA]
        let conditions: [UInt8] = [3, 9, 9, 2, 8]
        return head + target + plotted + identity + registers + track + quality + doppler + rest + conditions
    }

    @Test func recordWithEveryItemIsReadToItsEnd() throws {
        let steps = AsterixBytes.steps(AsterixBytes.block(48, everyItem + plot))
        #expect(steps.count == 2)
        guard case .plot(let record) = steps[0] else {
            Issue.record("the record is refused: \(steps[0])")
            return
        }
        #expect(record.descriptor?.octetCount == 2)
        #expect(record.characteristics?.rangeDifference?.nauticalMiles == -1.0 / 256)
        #expect(record.characteristics?.azimuthDifferenceDegrees == -128 * 360.0 / 16_384)
        #expect(record.registers?.map(\.number) == [0x40, 0x50])
        #expect(record.calculatedPosition?.east.nauticalMiles == 1)
        #expect(record.calculatedPosition?.north.nauticalMiles == -1)
        #expect(record.trackStatus?.isGhost == true)
        #expect(record.conditions == [1, 17])
        #expect(record.modeC?.lowQuality == 0x0AAA)
        #expect(record.measuredHeight?.feet == -25)
        #expect(record.doppler?.calculated?.metersPerSecond == -1)
        #expect(record.doppler?.isDoubtful == true)
        #expect(record.doppler?.raw?.first?.transmitterMegahertz == 3)
        #expect(record.resolutionAdvisory == 0x01_0203_0405_0607)
        #expect(record.mode1?.text == "73")
        #expect(record.mode2?.text == "7777")
        #expect(record.specialPurpose == [9, 9])
        #expect(record.reservedExpansion == [8])
    }
}
