internal import Foundation
internal import TocsinDrill

/// The report of a score: one page of HTML without anything to fetch.
package struct BenchmarkReport {
    private let document: BenchmarkDocument

    package init(_ document: BenchmarkDocument) { self.document = document }

    package var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>How good is the warning</title>
        <style>\(Self.style)</style></head><body>
        <h1>How good is the warning</h1>
        \(introduction)
        \(document.sets.map(set).joined())
        </body></html>

        """
    }

    private static let style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #111 }
        table { border-collapse: collapse; font-size: 14px } td, th { padding: 2px 8px; text-align: right }
        td:first-child, th:first-child { text-align: left } tr:nth-child(even) { background: #f2f4f6 }
        svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif } figure { margin: 1em 0 }
        """

    private var introduction: String {
        let country = document.country
        return """
            <p>Raids of known truth over \(Self.escaped(country.name)): \(country.areas) areas with \
            \(String(format: "%.1f", country.people / 1e6)) million people in \(country.regions) regions. A hit is \
            a person near the place where something comes down whose alarm was on in time, without a break, until then. \
            The price is person-hours: everybody in an area that is in alarm, for as long as it is. The measure of \
            both is today's practice, P0: a whole region as soon as anything is within ten minutes of it.</p>
            <p>Every raid and every number is drawn by a generator; its assumptions are listed in the project's \
            documentation. Where many raids were drawn, intervals tell how far the figures move with the draw.</p>
            """
    }

    private func set(_ set: BenchmarkDocument.RaidSet) -> String {
        let seeds = set.seeds.first.map { " Seeds \($0) ... \(set.seeds.last ?? $0)." } ?? ""
        let runs = set.score.runs.map { run in
            let chart = TradeOffChart(run)
            return """
                <h3>\(Self.escaped(run.name))</h3>
                <figure>\(chart.svg)</figure>
                \(table(run))
                """
        }.joined()
        let calibration = set.score.calibration.map { calibration in
            "<h3>Do stated probabilities come true?</h3><figure>\(ReliabilityChart(calibration).svg)</figure>"
                + self.calibration(calibration)
        }
        return "<h2>\(Self.escaped(set.name)): \(set.score.raids) raids</h2><p>\(seeds)</p>\(runs)\(calibration ?? "")"
    }

    private func table(_ run: BenchmarkScore.Run) -> String {
        let exposed = run.exposed
        let late = exposed.exposed > 0 ? exposed.sensedTooLate / exposed.exposed * 100 : 0
        let rows = run.policies.map { policy in
            let interval = policy.hits.byArrivalInterval.map { String(format: "%.3f-%.3f", $0.low, $0.high) } ?? "-"
            let cells = [
                Self.escaped(policy.name), String(format: "%.2f M", policy.personHours / 1e6),
                policy.fraction.map { String(format: "1/%.1f", $0) } ?? "-", Self.share(policy.hits.byArrival),
                interval,
                Self.share(policy.hits.byPeople), Self.share(policy.hits.allByArrival),
                String(format: "%.2f", policy.alarmsPerPerson),
                policy.medianLeadSeconds.map { String(format: "%.0f s", $0) } ?? "-",
                policy.differences.first.map { "\(Self.share($0.difference)) (≥ \(Self.share($0.lowerBound)))" } ?? "-",
            ]
            return "<tr><td>" + cells.joined(separator: "</td><td>") + "</td></tr>"
        }
        let head = [
            "policy", "person-hours per raid", "of P0", "hits by arrival", "90 % interval", "by people",
            "of all arrivals", "alarms per person", "median lead", "hits minus P0's (95 % bound)",
        ]
        return """
            <p>\(exposed.arrivals) arrivals near people; \(String(format: "%.1f", late)) % of the exposed people could \
            not be warned in time by anything that follows tracks, because the object was sensed too late. They are \
            not in the hits by arrival and by people.</p>
            <table><tr><th>\(head.joined(separator: "</th><th>"))</th></tr>\(rows.joined())</table>
            """
    }

    private func calibration(_ calibration: Calibration) -> String {
        let skills = zip(Calibration.horizons, calibration.tables).map { horizon, table in
            "<li>\(Int(horizon)) s ahead: \(table.pairs) pairs of object and area, chosen by distance alone; Brier skill "
                + "against their base rate \(Self.share(table.skill))</li>"
        }
        let earliest = zip(Calibration.spans, calibration.earliest).map { span, earliest in
            "<li>Stated earliest before the true passage, at most \(Int(span)) s ahead: \(Self.share(earliest.share)) of "
                + "\(earliest.count), on average "
                + (earliest.meanGapSeconds.map { String(format: "%.0f", $0) } ?? "-") + " s before it</li>"
        }
        return "<ul>" + (skills + earliest).joined() + "</ul>"
    }

    private static func share(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }

    static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
