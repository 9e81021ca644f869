import Foundation
import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

/// Files to lines of JSON: what `tocsin decode` prints.
@Suite struct AsterixFileTests {
    private func lines(_ bytes: [UInt8]) -> (text: String, tally: FileTally) {
        var file = AsterixFile(container: CaptureContainer.sniff(bytes.span), editions: .newest)
        var text: [UInt8] = []
        file.append(bytes, isLast: true, to: &text)
        return (String(decoding: text, as: UTF8.self), file.tally)
    }

    @Test func plotIsWrittenWithBothKindsOfUnits() {
        let block = AsterixBytes.block(48, AsterixBytes.plot())
        let expected = """
            {"format":"asterix","category":48,"edition":"1.32","frame":0,"offset":3,"sac":20,"sic":129,\
            "timeOfDaySeconds":28800.8515625,"detection":"mode-s-roll-call","chain":1,\
            "rangeNauticalMiles":48.65234375,"rangeMeters":90104.140625,"azimuthDegrees":261.84814453125,\
            "modeA":"4004","flightLevel":370,"pressureAltitudeMeters":11277.6,"address":"4a08eb",\
            "callsign":"ROT415"}

            """
        #expect(lines(block).text == expected)
    }

    @Test func refusalsAreCountedByReasonWithTheFirstOfEach() {
        let good = AsterixBytes.block(48, AsterixBytes.plot())
        let other = AsterixBytes.block(62, [1, 2, 3])
        let (text, tally) = lines(good + other + AsterixBytes.block(34, AsterixBytes.northMarker) + other)
        #expect(text.split(separator: "\n").count == 2)
        #expect(tally.frames == 4)
        #expect(tally.records == 2)
        #expect(tally.kinds.map(\.name) == ["048", "034"])
        #expect(
            tally.refusals == [
                FileTally.Refusal(reason: "unsupported-category 62", count: 2, offset: good.count, sample: other)
            ])
    }

    @Test(
        .enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)),
        arguments: [("croatia_cat034_048.pcap", 162), ("goasterix_sample.ast", 12)])
    func everyLineOfARealCaptureIsJSONWithItsPlace(name: String, count: Int) throws {
        let bytes = try SharedFolder.bytes("data/asterix/\(name)")
        let lines = lines(bytes).text.split(separator: "\n")
        #expect(lines.count == count)
        for line in lines {
            let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let offset = try #require(object["offset"] as? Int)
            let sac = try #require(object["sac"] as? Int)
            // The source is the first item behind the presence octets, of which the last has no bit 1.
            let source = try #require(bytes[offset...].firstIndex { $0 & 1 == 0 }) + 1
            #expect(Int(bytes[source]) == sac)
            if let meters = object["rangeMeters"] as? Double {
                #expect(abs(meters / 1_852 - (object["rangeNauticalMiles"] as? Double ?? .nan)) < 1e-9)
            }
        }
    }

    @Test func formatIsFoundByTheFirstBytes() {
        let cases: [([UInt8], WireFormat, CaptureContainer)] = [
            (AsterixBytes.block(48, AsterixBytes.plot()), .asterix, .raw),
            ([0x1A, 0x33, 0, 0, 0, 0, 0, 0, 9], .beast, .raw),
            ([0x8D, 0x40, 0x1A, 0x32, 0, 0, 0x1A, 0x33, 0, 0], .beast, .raw),
            (Array("*8D4840D6202CC371C32CE0576098;\n".utf8), .avr, .raw),
            (Array("\n{\"timestamp\":1}".utf8), .modesJSON, .raw),
            ([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0], .asterix, .pcap),
            ([0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 28], .asterix, .pcapng),
            ([], .asterix, .raw),
        ]
        for (bytes, format, container) in cases {
            let sniff = FileSniff(bytes.span)
            #expect(sniff.format == format, "\(bytes)")
            #expect(sniff.container == container, "\(bytes)")
        }
    }
}
