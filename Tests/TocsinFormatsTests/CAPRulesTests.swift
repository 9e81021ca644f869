import Testing
import TocsinFormats
import TocsinModel

@Suite struct CAPRulesTests {
    private let good: CAPAlert

    init() throws {
        let life = lifeOfAWarning(exercise: false)
        good = try issuer(languages: ["en", "de"]).alert(for: life[2], in: area(), after: Array(life[..<2]))
    }

    private func violations(_ change: (inout CAPAlert) -> Void) -> [CAPRules.Violation] {
        var alert = good
        change(&alert)
        return CAPRules.violations(of: alert, exercise: false)
    }

    @Test func goodMessageBreaksNoRule() {
        #expect(violations { _ in } == [])
    }

    @Test func headOfTheMessageIsChecked() {
        #expect(violations { $0.identifier = "a b" } == [.badToken(element: "identifier")])
        #expect(violations { $0.identifier = "" } == [.badToken(element: "identifier")])
        #expect(violations { $0.sender = "a,b" }.first == .badToken(element: "sender"))
        #expect(violations { $0.sender = "a&b" }.first == .badToken(element: "sender"))
        #expect(violations { $0.info = [] } == [.noInfo])
        #expect(violations { $0.info[1].language = "en" } == [.languageTwice("en")])
    }

    @Test func timesAreChecked() {
        for bad in ["2026-11-22T18:00:00Z", "2026-11-22T18:00:00.5-00:00", "2026-02-30T18:00:00-00:00", "now"] {
            #expect(violations { $0.sent = bad }.contains(.badTime(element: "sent")), "\(bad)")
            #expect(violations { $0.info[0].onset = bad } == [.badTime(element: "onset")], "\(bad)")
        }
        #expect(violations { $0.info[0].expires = $0.sent } == [.expiresNotAfterSent])
        #expect(violations { $0.info[1].expires = "2026-11-22T19:00:40+01:00" } == [.expiresNotAfterSent])
    }

    @Test func exerciseAndRealityAreNotMixedUp() {
        #expect(
            violations {
                $0.status = .exercise; $0.note = "exercise"
            } == [.wrongStatus])
        #expect(CAPRules.violations(of: good, exercise: true) == [.wrongStatus])
        #expect(violations { $0.status = .exercise } == [.wrongStatus, .exerciseWithoutNote])
    }

    @Test func referencesAreChecked() {
        #expect(violations { $0.references = nil } == [.referencesMissing])
        #expect(
            violations {
                $0.references = nil; $0.msgType = .cancel
            } == [.referencesMissing])
        #expect(violations { $0.msgType = .alert } == [.referencesInFirstMessage])
        for bad in ["", "a,b", "a,b,yesterday", "a,b,2026-11-22T18:00:00Z", ",b,2026-11-22T18:00:00-00:00"] {
            #expect(violations { $0.references = bad } == [.badReference(bad)], "\(bad)")
        }
        let itself = good.reference
        #expect(violations { $0.references = itself } == [.referenceNotEarlier(itself)])
        let later = "a,b,2026-11-22T19:00:00-00:00"
        #expect(violations { $0.references = later } == [.referenceNotEarlier(later)])
    }

    @Test func areasAndTextsAreChecked() {
        #expect(violations { $0.info[0].area = [] } == [.noArea])
        #expect(violations { $0.info[0].headline = "" } == [.badText(element: "headline")])
        #expect(violations { $0.info[0].description = "a\u{0}" } == [.badText(element: "description")])
        #expect(violations { $0.info[0].area[0].areaDesc = "\u{202E}" } == [.badText(element: "areaDesc")])
        let polygons: [(String, CAPRules.Violation)] = [
            ("1,1 2,2 3,1 1,2", .polygonNotClosed), ("1,1 2,2 1,1", .polygonTooFewPoints),
            ("1,1 2,2 91,1 1,1", .polygonNotOnEarth), ("1,1 2,2 nan,1 1,1", .polygonNotOnEarth),
            ("1;1 2;2 3;1 1;1", .polygonNotOnEarth), ("", .polygonNotOnEarth),
        ]
        for (polygon, violation) in polygons {
            #expect(violations { $0.info[0].area[0].polygon = [polygon] } == [violation], "\(polygon)")
        }
    }
}
