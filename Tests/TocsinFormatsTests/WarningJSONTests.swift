import Foundation
import Testing
import TocsinFormats
import TocsinModel

@Suite struct WarningJSONTests {
    @Test func warningHasTheFieldsOfTheInterface() throws {
        let change = lifeOfAWarning(exercise: true)[2]
        let json = WarningJSON(change, areaName: "Genève", capIdentifier: "tocsin.w12.3")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(
            String(decoding: try encoder.encode(json), as: UTF8.self)
                == #"{"action":"takeShelterNow","area":"ch-2660646","areaName":"Genève","#
                + #""arrival":{"earliest":"2026-11-22T18:01:30.250Z","latest":"2026-11-22T18:10:00.250Z","#
                + #""likely":"2026-11-22T18:04:00.250Z"},"cap":"/cap/tocsin.w12.3.xml","#
                + #""changedAt":"2026-11-22T18:00:40.250Z","course":"coming","exercise":true,"expiresAt":"2026-11-22T18:10:40.250Z","#
                + #""id":"w12","issuedAt":"2026-11-22T18:00:00.250Z","kind":"changed","previousStage":"watch","#
                + #""probability":0.4,"reason":"threatWithinLead","#
                + #""reasonText":"A threat may arrive within the time needed to reach shelter.","revision":3,"#
                + #""stage":"takeShelter"}"#)
    }

    @Test func nothingForecastIsNull() throws {
        let ended = try #require(lifeOfAWarning(exercise: true).last)
        let text = String(
            decoding: try JSONEncoder().encode(WarningJSON(ended, areaName: "x", capIdentifier: "y")), as: UTF8.self)
        #expect(text.contains("\"arrival\":null") && text.contains("\"course\":null"))
        #expect(text.contains("\"action\":\"allClear\""))
    }
}
