import Foundation
import Testing
import TocsinFormats
import TocsinModel

@Suite struct CAPIssuerTests {
    private func messages(exercise: Bool = false, area: Area = area(), issuer: CAPIssuer) -> [CAPAlert] {
        let life = lifeOfAWarning(exercise: exercise, area: area.id)
        return life.indices.map { issuer.alert(for: life[$0], in: area, after: Array(life[..<$0])) }
    }

    @Test(arguments: [false, true]) func everyMessageOfALifeKeepsTheRules(exercise: Bool) throws {
        for text in hostileTexts {
            let area = area(named: text, id: text.isEmpty ? "x" : text)
            let issuer = try CAPIssuer(
                system: text, sender: text, senderName: text, languages: [text, "de-", "fr", "fr", "en-GB"],
                baseURL: issuer().baseURL, timeZone: .gmt)
            for alert in messages(exercise: exercise, area: area, issuer: issuer) {
                #expect(CAPRules.violations(of: alert, exercise: exercise).isEmpty, "\(text.debugDescription)")
            }
        }
    }

    @Test func lifeIsAnAlertThenUpdatesThenACancelThatReferBack() throws {
        let messages = messages(issuer: try issuer())
        #expect(messages.map(\.msgType) == [.alert] + Array(repeating: .update, count: 6) + [.cancel])
        #expect(messages.first?.identifier == "tocsin.w12.1")
        #expect(messages.first?.references == nil)
        // The first message has expired when the third is sent.
        #expect(
            messages[2].references == "warnings@example.org,tocsin.w12.2,2026-11-22T18:00:20-00:00")
        #expect(messages[7].references?.split(separator: " ").count == 6)
        #expect(messages.allSatisfy { $0.status == .actual && $0.note == nil })
    }

    @Test func forgottenHistoryStillRefersToTheFirstMessage() throws {
        let change = lifeOfAWarning(exercise: false)[5]
        let alert = try issuer().alert(for: change, in: area(), after: [])
        #expect(alert.references == "warnings@example.org,tocsin.w12.1,2026-11-22T18:00:00-00:00")
    }

    @Test func messageSaysWhatToDoAndWhenInEachLanguage() throws {
        let shelter = messages(issuer: try issuer())[2]
        #expect(shelter.info.map(\.language) == ["fr", "de-CH", "it", "en"])
        let german = shelter.info[1]
        #expect(german.headline == "Gefahr aus der Luft: sofort Schutz suchen – Genf")
        #expect(
            german.description.hasSuffix(
                "Frühestens 19:01, am ehesten 19:04, spätestens 19:10 (Ortszeit, UTC+01:00). Es bleiben mindestens 0 min."
            ))
        #expect(shelter.info[0].area.first?.areaDesc == "Genève")
        #expect(german.responseType == [.shelter] && german.urgency == .immediate && german.severity == .extreme)
        #expect(german.onset == "2026-11-22T18:01:30-00:00")
        #expect(german.expires == "2026-11-22T18:10:41-00:00")
        #expect(
            german.area.first?.polygon
                == ["46.20000,6.10000 46.20000,6.20000 46.25000,0.00000 46.20000,6.10000"])
    }

    @Test func exerciseIsMarkedInEveryLanguage() throws {
        for alert in messages(exercise: true, issuer: try issuer()) {
            #expect(alert.status == .exercise && alert.note != nil)
            #expect(
                zip(alert.info, ["EXERCICE: ", "ÜBUNG: ", "ESERCITAZIONE: ", "EXERCISE: "])
                    .allSatisfy { $0.headline.hasPrefix($1) })
        }
    }

    @Test func endByExpiryIsNoAllClear() throws {
        var change = try #require(lifeOfAWarning(exercise: false).last)
        change.warning.reason = .expired
        let info = try #require(try issuer().alert(for: change, in: area(), after: []).info.first)
        #expect(info.responseType == [.monitor] && info.certainty == .unknown)
    }

    @Test(.enabled(if: SchemaCheck.isPossible, Comment(rawValue: SchemaCheck.absence)))
    func everyMessageIsValidAgainstTheSchema() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-cap-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for (index, text) in hostileTexts.enumerated() {
            for (number, alert) in messages(
                exercise: index.isMultiple(of: 2), area: area(named: text, id: text), issuer: try issuer(system: text)
            ).enumerated() {
                let file = folder.appending(path: "\(index)-\(number).xml")
                try Data(alert.xml()).write(to: file)
                files.append(file.path)
            }
        }
        #expect(files.count == hostileTexts.count * 8)
        #expect(try SchemaCheck.complaints(about: files) == [])
    }
}
