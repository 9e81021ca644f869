import Foundation
import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

@Suite struct ModeSGoldenTests {
    /// 600 real messages from many aircraft with the values that pyModeS 2 gives them.
    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func valuesAreThoseOfAnEarlierDecoder() throws {
        let data = Data(try SharedFolder.bytes("data/modes-beast/pymodes_golden_v2.json"))
        let golden = try #require(JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
        #expect(golden.count == 600)
        for (message, values) in golden {
            var decoder = ModeSFileDecoder(format: .avr, reference: nil)
            var lines: [DecodedLine] = []
            decoder.take(Array("*\(message);\n".utf8)) { lines.append(DecodedLine($0)) }
            let line = try #require(lines.first, "\(message)")
            #expect(line.text("frame") == message)
            #expect(line.integer("df") == values["df"] as? Int)
            #expect(line.text("address") == (values["icao"] as? String)?.lowercased())
            #expect(line.integer("typeCode") == values["typecode"] as? Int, "\(message)")
            #expect(line.integer("altitudeFeet") == values["altitude"] as? Int, "\(message)")
            #expect(line.text("squawk") == values["squawk"] as? String, "\(message)")
            if let callsign = values["callsign"] as? String {
                #expect(line.text("callsign") == callsign.replacing("_", with: ""), "\(message)")
            }
            if values["typecode"] as? Int == 19 {
                #expect(line.integer("groundSpeedKnots") == values["groundspeed"] as? Int, "\(message)")
                #expect(line.integer("verticalRateFeetPerMinute") == values["vertical_rate"] as? Int, "\(message)")
            }
        }
    }
}
