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
        let families: [(color: String, includes: (BenchmarkPolicy) -> Bool, isLine: Bool)] = [
            ("#777", { Self.family($0) == .regions }, false), ("#0a7", { Self.family($0) == .reach }, false),
            ("#c30", { Self.family($0) == .forecast }, true), ("#06c", { Self.family($0) == .known }, false),
        ]
        for family in families {
            let points = run.policies.filter { family.includes($0.policy) }.compactMap { policy in
                policy.fraction.flatMap { fraction in
                    policy.hits.byArrival.map { (1 / fraction, $0, policy.name) }
                }
            }
            if family.isLine { chart.line(points.sorted { $0.0 < $1.0 }.map { ($0.0, $0.1) }, color: family.color) }
            for point in points {
                chart.dot(
                    point.0, point.1, color: family.color,
                    title: "\(point.2): 1/\(String(format: "%.1f", 1 / point.0)), \(String(format: "%.3f", point.1))")
            }
            if !family.isLine {
                for point in points.prefix(3) { chart.label(point.0, point.1, String(point.2.prefix(2))) }
            }
        }
        return chart.svg
    }

    private enum Family { case regions, reach, forecast, known, limits }

    private static func family(_ policy: BenchmarkPolicy) -> Family {
        switch policy {
        case .regions, .squares: .regions
        case .reach: .reach
        case .forecast: .forecast
        case .routesKnown: .known
        case .always, .never: .limits
        }
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
            if let last = points.last { chart.label(last.0 * 0.5, last.1 * 0.6, "\(Int(horizon)) s") }
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
