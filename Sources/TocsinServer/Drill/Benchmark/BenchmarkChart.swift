internal import Foundation
internal import TocsinDrill

/// A drawing with two axes, in SVG.
struct BenchmarkChart {
    /// An axis from `low` to `high`, even or by powers of ten.
    struct Axis {
        var label: String
        var low: Double
        var high: Double
        var isLogarithmic: Bool
        var ticks: [(value: Double, text: String)]

        func place(_ value: Double) -> Double {
            let clamped = max(low, min(high, value))
            guard isLogarithmic else { return (clamped - low) / (high - low) }
            return log(clamped / low) / log(high / low)
        }
    }

    let across: Axis
    let up: Axis
    private var marks = ""

    private static let width = 640.0
    private static let height = 380.0
    private static let margin = (left: 64.0, right: 16.0, top: 12.0, bottom: 48.0)

    init(across: Axis, up: Axis) {
        self.across = across
        self.up = up
    }

    private func x(_ value: Double) -> Double {
        Self.margin.left + across.place(value) * (Self.width - Self.margin.left - Self.margin.right)
    }

    private func y(_ value: Double) -> Double {
        Self.height - Self.margin.bottom - up.place(value) * (Self.height - Self.margin.top - Self.margin.bottom)
    }

    mutating func line(_ points: [(Double, Double)], color: String, dashes: String = "none") {
        let text = points.map { Self.number(x($0.0)) + "," + Self.number(y($0.1)) }.joined(separator: " ")
        marks +=
            "<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" "
            + "stroke-dasharray=\"\(dashes)\"/>"
    }

    mutating func dot(_ across: Double, _ up: Double, color: String, title: String) {
        marks +=
            "<circle cx=\"\(Self.number(x(across)))\" cy=\"\(Self.number(y(up)))\" r=\"4\" fill=\"\(color)\">"
            + "<title>\(BenchmarkReport.escaped(title))</title></circle>"
    }

    mutating func label(_ across: Double, _ up: Double, _ text: String) {
        marks +=
            "<text x=\"\(Self.number(x(across) + 7))\" y=\"\(Self.number(y(up) + 4))\">\(BenchmarkReport.escaped(text))"
            + "</text>"
    }

    var svg: String {
        let bottom = Self.height - Self.margin.bottom
        let right = Self.width - Self.margin.right
        let acrossTicks = across.ticks.map { tick in
            "<path d=\"M\(Self.number(x(tick.value))) \(Self.margin.top)V\(bottom)\" stroke=\"#ddd\"/>"
                + "<text x=\"\(Self.number(x(tick.value)))\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(tick.text)</text>"
        }
        let upTicks = up.ticks.map { tick in
            "<path d=\"M\(Self.margin.left) \(Self.number(y(tick.value)))H\(right)\" stroke=\"#ddd\"/>"
                + "<text x=\"\(Self.margin.left - 6)\" y=\"\(Self.number(y(tick.value) + 4))\" text-anchor=\"end\">"
                + "\(tick.text)</text>"
        }
        return """
            <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" width="\(Int(Self.width))" role="img" \
            aria-label="\(up.label) against \(across.label)">\(acrossTicks.joined())\(upTicks.joined())\(marks)\
            <text x="\((Self.margin.left + right) / 2)" y="\(Self.height - 8)" text-anchor="middle">\(across.label)</text>\
            <text transform="translate(14 \(bottom / 2)) rotate(-90)" text-anchor="middle">\(up.label)</text></svg>
            """
    }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}

/// Hits against person-hours of every policy in one run.
struct TradeOffChart {
    private let run: BenchmarkScore.Run

    init(_ run: BenchmarkScore.Run) { self.run = run }

    var svg: String {
        let fractions = [1.0, 3, 10, 30, 100, 300, 1_000]
        var chart = BenchmarkChart(
            across: BenchmarkChart.Axis(
                label: "person-hours in alarm, against whole regions", low: 1.0 / 1_000, high: 1.5, isLogarithmic: true,
                ticks: fractions.map { (1 / $0, $0 == 1 ? "1" : "1/\(Int($0))") }),
            up: BenchmarkChart.Axis(
                label: "warned in time, of those who could be", low: 0.4, high: 1, isLogarithmic: false,
                ticks: [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map { ($0, String(format: "%.1f", $0)) }))
        for (color, policies) in families {
            let points = policies.compactMap { policy -> Point? in
                guard let fraction = policy.fraction, let hits = policy.hits.byArrival else { return nil }
                return Point(share: 1 / fraction, hits: hits, name: policy.name)
            }
            chart.line(points.sorted { $0.share < $1.share }.map { ($0.share, $0.hits) }, color: color)
            for point in points { chart.dot(point.share, point.hits, color: color, title: point.title) }
            if let last = points.last { chart.label(last.share, last.hits, String(last.name.prefix(2))) }
        }
        return chart.svg
    }

    private struct Point {
        var share: Double
        var hits: Double
        var name: String

        var title: String { name + String(format: ": 1/%.1f, %.3f", 1 / share, hits) }
    }

    /// What is drawn as one line: ways to warn that differ in one number.
    private var families: [(color: String, policies: [BenchmarkScore.PolicyRow])] {
        var regions: [BenchmarkScore.PolicyRow] = []
        var angles: [BenchmarkScore.PolicyRow] = []
        var allRound: [BenchmarkScore.PolicyRow] = []
        var known: [BenchmarkScore.PolicyRow] = []
        var forecasts: [Double: [BenchmarkScore.PolicyRow]] = [:]
        for row in run.policies {
            switch row.policy {
            case .regions, .squares: regions.append(row)
            case .reach(let angle, _) where angle < 180: angles.append(row)
            case .reach: allRound.append(row)
            case .forecast(_, let margin, _, let weight) where weight == 1: forecasts[margin, default: []].append(row)
            case .routesKnown: known.append(row)
            case .forecast, .always, .never: break
            }
        }
        let curves = forecasts.sorted { $0.key < $1.key }.map { (color: "#c30", policies: $0.value) }
        return [("#777", regions), ("#7a0", angles), ("#0a7", allRound), ("#06c", known)] + curves
    }
}

/// Stated probabilities against what came.
struct ReliabilityChart {
    private let calibration: Calibration

    init(_ calibration: Calibration) { self.calibration = calibration }

    var svg: String {
        let ticks = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1].map { ($0, Self.percent($0)) }
        var chart = BenchmarkChart(
            across: BenchmarkChart.Axis(
                label: "stated probability", low: 1e-5, high: 1, isLogarithmic: true, ticks: ticks),
            up: BenchmarkChart.Axis(
                label: "share that came", low: 1e-5, high: 1, isLogarithmic: true, ticks: ticks))
        chart.line([(1e-5, 1e-5), (1, 1)], color: "#999", dashes: "4 3")
        for (horizon, color, table) in zip3(Calibration.horizons, ["#c30", "#06c"], calibration.tables) {
            let points = table.bins.filter { $0.pairs > 0 && $0.stated > 0 }.map { bin in
                (Double(bin.stated) / Double(bin.pairs), Double(bin.came) / Double(bin.pairs), bin.pairs)
            }
            chart.line(points.map { ($0.0, $0.1) }, color: color)
            for point in points {
                chart.dot(point.0, point.1, color: color, title: "\(Int(horizon)) s ahead: \(point.2) pairs")
            }
            if let first = points.first { chart.label(first.0, first.1, "\(Int(horizon)) s") }
        }
        return chart.svg
    }

    private func zip3(
        _ first: [Double], _ second: [String], _ third: [Calibration.Table]
    ) -> [(Double, String, Calibration.Table)] {
        zip(zip(first, second), third).map { ($0.0, $0.1, $1) }
    }

    private static func percent(_ share: Double) -> String {
        share >= 0.01 ? "\(Int(share * 100)) %" : "\((share * 1e5).rounded() / 1e3) %"
    }
}
