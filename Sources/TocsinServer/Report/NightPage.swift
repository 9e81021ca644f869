internal import Foundation
internal import TocsinDrill
internal import TocsinModel
internal import TocsinPipeline

/// A night's report as one page of HTML without anything to fetch. For operators.
package struct NightPage {
    private let report: NightReport

    package init(_ report: NightReport) { self.report = report }

    package var html: String {
        let title = "After the night: \(report.system)".escapedForHTML
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>\(Self.style)</style></head><body>
            <h1>\(title)</h1>
            <p class="private">For operators, not for the public: this page tells where threats were followed, and so \
            how well they are seen. Sensors are not on it; tracks are drawn a point a minute, to about a kilometer.</p>
            \(warnings)\(summary)\(maps)\(timeline)\(areaTable)\(threatTable)\(endTable)\(refusals)
            </body></html>

            """
    }

    private static let style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #111 }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums }
        td, th { padding: 2px 8px; text-align: right; white-space: nowrap } tr:nth-child(even) { background: #f2f4f6 }
        td:first-child, th:first-child, td:last-child, th:last-child { text-align: left }
        svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif } figure { margin: 1em 0 }
        .private { background: #fff3cd; padding: .4em .8em } .alarm { background: #b3161a; color: #fff; padding: .4em .8em }
        .scroll { overflow: auto; max-height: 80vh; border: 1px solid #ddd }
        .key { display: inline-block; width: .9em; height: .9em; margin: 0 .3em 0 .9em; vertical-align: -.1em }
        """

    private var warnings: String {
        report.firstDifference == nil && report.damage.isEmpty
            ? "" : "<p class=\"alarm\">This report is not the whole truth; the first lines say why.</p>"
    }

    private var summary: String {
        let lines = NightReportText(report).sentences.map { "<li>\($0.escapedForHTML)</li>" }
        return "<ul>\(lines.joined())</ul>"
    }

    // MARK: Drawings

    private var maps: String {
        guard let map = NightMap(report) else { return "" }
        return """
            <h2>What flew</h2><p>\(NightMap.classKey). A cross: it came down there, by the truth; a ring: unseen.</p>
            <figure>\(map.flights)</figure>
            <h2>Who was warned</h2><p>\(NightMap.verdictKey)</p>
            <figure>\(map.verdicts)</figure>
            """
    }

    private var timeline: String {
        guard let timeline = NightTimeline(report) else { return "" }
        return """
            <h2>When</h2><p>\(NightTimeline.key). A black mark: something came. UTC.</p>
            <figure class="scroll">\(timeline.svg)</figure>
            """
    }

    // MARK: Tables

    private var areaTable: String {
        guard !report.nights.isEmpty else { return "" }
        let head = [
            "area", "people", "watch", "take shelter", "alarms", "in alarm", "person-hours", "came", "told before",
            "needed", "result",
        ]
        let rows = report.nights.map { night -> [String] in
            let first = night.firstComing
            let alarms = night.alarms
            return [
                night.area.name + (night.exercise ? "" : " (live)"), "\(night.area.population)",
                Self.clock(night.spans.first { $0.stage == .watch }?.from), Self.clock(alarms.first?.from),
                "\(alarms.count)",
                alarms.isEmpty ? "-" : PlainFigure.duration(seconds: alarms.reduce(0) { $0 + $1.seconds }),
                "\(Int(night.personHours.rounded()))", Self.clock(first?.at),
                first?.warnedSeconds.map { "\(Int($0.rounded())) s" } ?? "-", "\(Int(night.secondsNeeded)) s",
                night.verdict?.words ?? "-",
            ]
        }
        return "<h2>Area by area</h2><div class=\"scroll\">\(Self.table(head, rows))</div>"
    }

    private var threatTable: String {
        guard !report.threats.isEmpty else { return "" }
        let rows = report.threats.map { threat in
            [
                "#\(threat.number.rawValue)", PlainFigure.words(threat.objectClass.rawValue),
                Self.clock(threat.startedAt), Self.clock(threat.lastSeenAt),
                threat.coarsePath.last.map(report.place) ?? "-",
                threat.end?.operatorWords ?? "still followed at the end",
            ]
        }
        return "<h2>Threats as they were followed</h2><div class=\"scroll\">"
            + Self.table(["track", "taken for", "from", "last seen", "where", "end"], rows) + "</div>"
    }

    private var endTable: String {
        guard let truth = report.truth else { return "" }
        let rows = truth.ends.map { object in
            [
                "\(object.number)", PlainFigure.words(object.objectClass.rawValue), Self.clock(object.end.at),
                Self.clock(object.firstSensedAt), "\(Int(object.exposures.reduce(0) { $0 + $1.people }.rounded()))",
                report.place(of: object.end.point), object.sight.words,
            ]
        }
        return "<h2>What came down, by the truth</h2><div class=\"scroll\">"
            + Self.table(["object", "class", "at", "first sensed", "people near", "where", "seen"], rows) + "</div>"
    }

    private var refusals: String {
        let lines = NightReportText(report).refusals.map { "<li>\($0.escapedForHTML)</li>" }
        return lines.isEmpty ? "" : "<h2>Decisions not to warn</h2><ul>\(lines.joined())</ul>"
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        let top = head.map { "<th>\($0.escapedForHTML)</th>" }.joined()
        let body = rows.map { row in "<tr>" + row.map { "<td>\($0.escapedForHTML)</td>" }.joined() + "</tr>" }
        return "<table><thead><tr>\(top)</tr></thead><tbody>\(body.joined())</tbody></table>"
    }

    private static func clock(_ instant: Instant?) -> String { instant.map(PlainFigure.clock) ?? "-" }
}

extension String {
    /// As text of a page or of an attribute: names come from outside.
    var escapedForHTML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
