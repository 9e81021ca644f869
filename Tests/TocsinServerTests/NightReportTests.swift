import Foundation
import Testing
import TocsinDrill
import TocsinJournal
import TocsinModel
import TocsinPipeline
import TocsinServer
import TocsinWarning

@Suite struct NightReportTests {
    private let drill: RecordedDrill

    init() throws { drill = try RecordedDrill.shared.get() }

    /// Of the beginning of the night only.
    private func early(truth: String?) throws -> NightReport {
        try NightReport(of: RecordedDrill.beginning.get(), truth: truth) { _ in }
    }

    @Test func aDrillsReportTellsTheDrillsOwnWarningsAndScore() throws {
        let report = try RecordedDrill.report.get()
        let totals = NightTotals(report)
        let tocsin = try #require(drill.score.policies.first)
        #expect(report.damage.isEmpty && report.firstDifference == nil)
        #expect(totals.alarms == tocsin.alarms && totals.alarms > 0)
        #expect(abs(totals.personHours - tocsin.personHours) < 0.01)
        let needless = totals.needlessPersonHours + totals.flownOverPersonHours
        #expect(abs(needless - tocsin.needlessPersonHours) < 0.01)
        // The truth's file states whole people.
        #expect(abs((totals.arrivalsInTime ?? -1) - (tocsin.all.byArrival ?? -1)) < 0.005)
        #expect(abs((totals.warnableArrivalsInTime ?? -1) - (tocsin.warnable.byArrival ?? -1)) < 0.005)
        #expect(report.truth?.ends.count == drill.score.ends)
        #expect(report.threats.count + report.otherTracks == drill.score.tracking.confirmedTracks)
    }

    @Test func everyChangeOfStageIsInTheReport() throws {
        let told = try RecordedDrill.report.get().nights.flatMap { night in
            night.spans.map { "\(night.area.id) \($0.stage) \($0.from)" }
        }
        let decided = drill.changes
            .filter { $0.warning.stage != .quiet && $0.previousStage != $0.warning.stage }
            .map { "\($0.warning.area) \($0.warning.stage) \($0.warning.changedAt)" }
        #expect(told.sorted() == decided.sorted())
    }

    @Test func withoutTruthTheReportSaysWhatItCanNotKnow() throws {
        let text = NightReportText(try early(truth: nil)).text
        #expect(text.contains("Not knowable from a journal"))
        #expect(!text.contains("Came unseen"))
        #expect(NightReportText(try early(truth: drill.truth)).text.contains("Came unseen"))
    }

    @Test func whatNoSensorNoticedCameUnseenAndWhere() throws {
        // As if nobody had noticed the first object: what is true is a matter of the file.
        let file = URL(filePath: drill.truth)
        var truth = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        var objects = try #require(truth["objects"] as? [[String: Any]])
        let index = try #require(objects.firstIndex { $0["end"] as? String != "left" })
        objects[index]["firstSensedAt"] = nil
        truth["objects"] = objects
        let copy = drill.folder.appending(path: "unsensed.json")
        try JSONSerialization.data(withJSONObject: truth).write(to: copy)
        let report = try early(truth: copy.path)
        let unseen = try #require(report.truth?.ends.first { $0.sight == .neverSensed })
        #expect(unseen.number == objects[index]["object"] as? Int)
        let place = report.place(of: unseen.end.point)
        #expect(NightReportText(report).text.contains("\(place): no sensor ever noticed it"))
    }

    @Test func thePageAndTheTableTakeNamesAsTextAndTellNoSensor() throws {
        let report = try RecordedDrill.report.get()
        let page = NightPage(report).html
        #expect(page.contains("&lt;b&gt;Dorf&lt;/b&gt;") && !page.contains("<b>Dorf"))
        #expect(page.contains("For operators, not for the public"))
        #expect(!page.contains("microphone") && !page.contains("radar-") && !page.contains("http"))
        let rows = NightReportTable(report).text.split(separator: "\r\n")
        #expect(rows.count == report.nights.count + 1)
        if report.nights.contains(where: { $0.area.id == AreaID("town-0") }) {
            #expect(rows.contains { $0.contains("\"<b>Dorf</b>, \"\"am\"\" See\"") })
        }
        let json = try JSONSerialization.jsonObject(with: Data(NightReportDocument(report).text.utf8)) as? [String: Any]
        #expect((json?["areas"] as? [Any])?.count == report.nights.count)
    }

    @Test func anEmptyNightIsReportedAsEmpty() throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        try JournalWriter(directory: night.directory, header: night.header.bytes()).close()
        let report = try NightReport(of: night.directory, truth: nil) { _ in }
        #expect(report.inputs == 0 && report.nights.isEmpty && report.threats.isEmpty)
        let text = NightReportText(report).text
        #expect(text.contains("nothing was recorded") && text.contains("Warned: nobody"))
        #expect(NightPage(report).html.contains("nothing was recorded"))
        #expect(throws: NightError.nothingRecorded(path: night.directory.path)) {
            try JournalExplanation(of: AreaID("ch-1"), at: MadeUpNight.epoch, in: night.directory)
        }
    }

    @Test func aReportThatIsNotWhatPeopleWereToldSaysSoFirst() throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        let journal = try JournalWriter(directory: night.directory, header: night.header.bytes())
        journal.append(Input(sequence: 1, acceptedAt: MadeUpNight.epoch, payload: .tick))
        // No version decides this at a first tick.
        journal.append([.notWarned(area: AreaID("ch-1"), track: TrackNumber(1), reason: .crowdOnly)], of: 1)
        journal.close()
        let report = try NightReport(of: night.directory, truth: nil) { _ in }
        #expect(report.firstDifference == 1 && report.withheld.isEmpty)
        let lines = NightReportText(report).text.split(separator: "\n")
        #expect(lines.count > 1 && lines[1].hasPrefix("NOT WHAT PEOPLE WERE TOLD: from input 1 on"))
        #expect(NightPage(report).html.contains("not the whole truth"))
    }

    @Test func theTruthOfAnotherNightIsRefused() throws {
        let text = try String(contentsOfFile: drill.truth, encoding: .utf8).replacing(
            "2026-01-01T", with: "2025-01-01T")
        let other = drill.folder.appending(path: "other-truth.json")
        try text.write(to: other, atomically: true, encoding: .utf8)
        let from = try #require(Instant(iso8601: "2025-01-01T00:00:00Z"))
        #expect(
            throws: NightError.truthOfAnotherNight(
                path: other.path, truthFrom: from, journalFrom: DrillExercise.startsAt)
        ) { try early(truth: other.path) }
        let areas = drill.folder.appending(path: "areas.geojson").path
        #expect(throws: NightError.truthUnreadable(path: areas, cause: "the file has no startsAt")) {
            try early(truth: areas)
        }
    }

    @Test func aTruncatedJournalIsReportedAsFarAsItGoesAndExplainedNoFurther() throws {
        let report = try early(truth: nil)
        #expect(!report.damage.isEmpty && report.inputs > 0)
        #expect(NightPage(report).html.contains("not the whole truth"))
        let late = DrillExercise.startsAt.advanced(bySeconds: 2_000)
        let span = try #require(report.span)
        #expect(
            throws: NightError.momentOutside(late, from: span.from, to: span.to, damage: report.damage.first)
        ) { try JournalExplanation(of: AreaID("town-1"), at: late, in: RecordedDrill.beginning.get()) }
        let cut = try drill.truncated(toShare: 0.00002)
        #expect(throws: ServerError.journalHasNoHeader(path: cut.path)) {
            try NightReport(of: cut, truth: nil) { _ in }
        }
    }
}

@Suite struct JournalExplanationTests {
    private let drill: RecordedDrill

    init() throws { drill = try RecordedDrill.shared.get() }

    @Test func aWarningIsExplainedAtItsMomentAndNotBefore() throws {
        let change = try #require(drill.changes.first { $0.warning.stage == .takeShelter })
        let warning = change.warning
        let answer = try JournalExplanation(of: warning.area, at: warning.changedAt, in: drill.journal)
        #expect(answer.problems.isEmpty && answer.firstDifference == nil)
        let world = try #require(answer.explanation.worlds.first { $0.stage.exercise })
        #expect(world.stage.warning == warning)
        #expect(world.stage.verdict == .threatWithinLead)
        #expect(world.stage.withinLead.probability >= world.stage.withinLead.threshold)
        let counted = world.stage.tracks.map(\.track)
        #expect(warning.tracks.allSatisfy(counted.contains))
        #expect(
            answer.explanation.words.contains {
                $0.hasPrefix("EXERCISE: take shelter, warning w\(warning.number.rawValue)")
            })

        let issued = try #require(drill.changes.first { $0.warning.area == warning.area && $0.kind == .raised })
        let before = try JournalExplanation(
            of: warning.area, at: issued.warning.issuedAt.advanced(bySeconds: -1e-9), in: drill.journal)
        #expect(before.explanation.worlds.allSatisfy { $0.stage.warning == nil })
        #expect(before.explanation.words.contains { $0.hasSuffix("not warned.") })
    }

    @Test func unknownAreasAndMomentsAreRefused() throws {
        #expect(throws: NightError.unknownArea(AreaID("twn-1"), nearest: "town-1")) {
            try JournalExplanation(of: AreaID("twn-1"), at: DrillExercise.startsAt, in: drill.journal)
        }
        let early = DrillExercise.startsAt.advanced(bySeconds: -60)
        #expect(throws: NightError.self) {
            try JournalExplanation(of: AreaID("town-1"), at: early, in: RecordedDrill.beginning.get())
        }
    }
}
