import Foundation
import Testing
import TocsinFormats
import TocsinModel

@Suite struct AtomFeedTests {
    private func feed(_ alerts: [CAPAlert]) throws -> String {
        let issuer = try issuer()
        let feed = AtomFeed(
            title: "Warnings <live>", url: issuer.baseURL.appending(path: "cap/feed.atom"), issuer: issuer,
            alerts: alerts, updated: evening)
        return String(decoding: try feed.xml(), as: UTF8.self)
    }

    private func alerts(_ count: Int) throws -> [CAPAlert] {
        var change = try #require(lifeOfAWarning(exercise: false).first)
        return try (1...count).map { number in
            change.warning.number = WarningNumber(UInt64(number))
            change.warning.changedAt = evening.advanced(bySeconds: Double(number))
            return try issuer().alert(for: change, in: area(named: hostileTexts[number % 9]), after: [])
        }
    }

    @Test func newestMessageComesFirstAndNamesItsDocument() throws {
        let text = try feed(alerts(3))
        #expect(text.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\">"))
        #expect(text.contains("<title>Warnings &lt;live&gt;</title>"))
        let order = ["w3.1", "w2.1", "w1.1"].map {
            text.range(of: "<id>https://warn.example.org/cap/tocsin.\($0).xml</id>")
        }
        let starts = order.compactMap { $0?.lowerBound }
        #expect(starts.count == 3 && starts == starts.sorted())
        #expect(
            text.contains(
                "<link rel=\"alternate\" type=\"application/cap+xml\" href=\"https://warn.example.org/cap/tocsin.w3.1.xml\""
            ))
        #expect(text.contains("<updated>2026-11-22T18:00:03Z</updated>"))
    }

    @Test func feedIsBounded() throws {
        let text = try feed(alerts(AtomFeed.entriesMaximum + 50))
        #expect(text.components(separatedBy: "<entry>").count == AtomFeed.entriesMaximum + 1)
        #expect(!text.contains("tocsin.w50.1.xml"))
    }

    @Test func emptyFeedHasATime() throws {
        #expect(try feed([]).contains("<updated>2026-11-22T18:00:00Z</updated>"))
    }

    @Test(.enabled(if: SchemaCheck.isPossible, Comment(rawValue: SchemaCheck.absence)))
    func feedIsWellFormed() throws {
        #expect(try SchemaCheck.wellFormednessComplaints(Array(feed(alerts(30)).utf8)) == "")
    }
}
