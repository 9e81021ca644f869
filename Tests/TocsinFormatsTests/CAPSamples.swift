import Foundation
import Testing
import TocsinFormats
import TocsinModel

let evening = Instant(nanosecondsSinceEpoch: 1_795_370_400_250_000_000)  // 2026-11-22T18:00:00.250Z

/// Text that tries to break out of wherever it is put.
let hostileTexts = [
    "Genève", "<script>alert(1)</script>", "]]>&amp;\"'<!--", "a\u{0}b\u{8}c\r\nd\u{1B}[31m", "{latest}{area}",
    "\u{202E}txt.exe", "名前 🚨 שלום", String(repeating: "é", count: 5_000), "", " ", "\u{FFFE}\u{FFFF}",
    "<!DOCTYPE x [<!ENTITY e \"e\">]>&e;", "data: x\n\nevent: y", "\u{2028}", "a,b c",
]

func area(named name: String = "Genève", id: String = "ch-2660646") -> Area {
    Area(
        id: AreaID(id),
        names: [LocalizedName(language: "fr", text: name), LocalizedName(language: "de", text: "Genf")],
        population: 183_981,
        polygon: GeoPolygon(vertices: [
            GeoPoint(latitudeDegrees: 46.2, longitudeDegrees: 6.1),
            GeoPoint(latitudeDegrees: 46.2, longitudeDegrees: 6.2),
            GeoPoint(latitudeDegrees: 46.25, longitudeDegrees: -0.000_001),
        ]), secondsToShelter: 90, protects: [.homes, .hospital])
}

func issuer(system: String = "tocsin", languages: [String] = ["fr", "de-CH", "it", "en"]) throws -> CAPIssuer {
    let url = try #require(URL(string: "https://warn.example.org/"))
    return CAPIssuer(
        system: system, sender: "warnings@example.org", senderName: "Civil protection", languages: languages,
        baseURL: url, timeZone: TimeZone(secondsFromGMT: 3_600) ?? .gmt)
}

/// A warning from its first issue to its end, a change of each stage and reason, one every 20 s.
func lifeOfAWarning(exercise: Bool, area: AreaID = AreaID("ch-2660646")) -> [WarningChange] {
    let steps: [(WarningChange.Kind, WarningStage, WarningReason)] = [
        (.raised, .watch, .threatApproaching), (.changed, .watch, .timesChanged),
        (.changed, .takeShelter, .threatWithinLead), (.changed, .takeShelter, .threatSilent),
        (.changed, .clearing, .threatPassed), (.changed, .takeShelter, .threatWithinLead),
        (.changed, .clearing, .threatEnded), (.ended, .quiet, .holdElapsed),
    ]
    var previous = WarningStage.quiet
    return steps.enumerated().map { index, step in
        defer { previous = step.1 }
        let now = evening.advanced(bySeconds: 20 * Double(index))
        let arrival = ArrivalTimes(
            earliest: evening.advanced(bySeconds: 90), likely: evening.advanced(bySeconds: 240),
            latest: evening.advanced(bySeconds: 600))
        return WarningChange(
            kind: step.0, previousStage: previous,
            warning: Warning(
                number: WarningNumber(12), revision: UInt32(index + 1), area: area, exercise: exercise,
                stage: step.1, reason: step.2, issuedAt: evening, changedAt: now,
                expiresAt: step.1 == .quiet ? now : now.advanced(bySeconds: index == 0 ? 0.1 : 600),
                arrival: step.1 == .quiet || index == 3 ? nil : arrival,
                course: step.1 == .quiet || index == 3 ? nil : (index == 1 ? .passing : .coming),
                probability: 0.2 * Double(index % 5), tracks: [TrackNumber(3)]))
    }
}
