internal import TocsinModel
internal import TocsinPipeline

/// The night area by area along time, in SVG: one line an area, in the order in which they were first spoken to.
struct NightTimeline {
    private let nights: [AreaNight]
    private let from: Instant
    private let to: Instant

    private static let width = 1_060.0
    private static let left = 190.0
    private static let right = 16.0
    private static let top = 22.0
    private static let row = 15.0

    /// - Returns: `nil` if nothing happened.
    init?(_ report: NightReport) {
        let timed = report.nights.compactMap { night -> (at: Instant, night: AreaNight)? in
            let first = (night.spans.map(\.from) + night.comings.map(\.at)).min()
            return first.map { ($0, night) }
        }.sorted { ($0.at, $0.night.area.id) < ($1.at, $1.night.area.id) }
        guard let first = timed.first else { return nil }
        nights = timed.map(\.night)
        from = first.at
        let last = nights.flatMap { $0.spans.map(\.to) + $0.comings.map(\.at) }.max() ?? first.at
        to = max(last, from.advanced(bySeconds: 60))
    }

    static let key = [WarningStage.watch, .takeShelter, .clearing]
        .map { "<span class=\"key\" style=\"background:\(color($0))\"></span>\(PlainFigure.words($0.rawValue))" }
        .joined()

    private static func color(_ stage: WarningStage) -> String {
        switch stage {
        case .quiet: "#ffffff"
        case .watch: "#f0c93a"
        case .takeShelter: "#d92d20"
        case .clearing: "#a993e6"
        }
    }

    var svg: String {
        let height = Self.top + Double(nights.count) * Self.row + 6
        let lines = nights.enumerated().map { index, night in line(night, y: Self.top + Double(index) * Self.row) }
        return "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\" width=\"\(Int(Self.width))\" role=\"img\" "
            + "aria-label=\"Warnings per area along time\">\(axis(height))\(lines.joined())</svg>"
    }

    private func line(_ night: AreaNight, y: Double) -> String {
        let name = night.area.name.count > 26 ? String(night.area.name.prefix(25)) + "…" : night.area.name
        let label = "<text x=\"\(Self.left - 8)\" y=\"\(y + 11)\" text-anchor=\"end\">\(name.escapedForHTML)</text>"
        let bars = night.spans.map { span in
            let title =
                "\(PlainFigure.words(span.stage.rawValue)) \(PlainFigure.clock(span.from)) to "
                + "\(PlainFigure.clock(span.to)): \(span.reason.operatorWords)"
            return "<rect x=\"\(x(span.from))\" y=\"\(y + 2)\" width=\"\(max(1, x(span.to) - x(span.from)))\" "
                + "height=\"11\" fill=\"\(Self.color(span.stage))\"><title>\(title)</title></rect>"
        }
        let marks = night.comings.map { coming in
            let title = "came at \(PlainFigure.clock(coming.at))"
            return
                "<path d=\"M\(x(coming.at)) \(y)v15\" stroke=\"#111\" stroke-width=\"2\"><title>\(title)</title></path>"
        }
        return label + bars.joined() + marks.joined()
    }

    private func axis(_ height: Double) -> String {
        let length = to.seconds(since: from)
        // At most twelve marks.
        let step = [60.0, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400].first { length / $0 <= 12 } ?? 28_800
        let start = (from.secondsSinceEpoch / step).rounded(.up) * step
        let marks = stride(from: start, through: to.secondsSinceEpoch, by: step).compactMap { seconds -> String? in
            guard let instant = Instant(secondsSinceEpoch: seconds) else { return nil }
            return "<path d=\"M\(x(instant)) \(Self.top - 4)V\(height)\" stroke=\"#ddd\"/><text x=\"\(x(instant))\" "
                + "y=\"13\" text-anchor=\"middle\">\(PlainFigure.clock(instant).prefix(5))</text>"
        }
        return marks.joined()
    }

    /// To a tenth of a pixel.
    private func x(_ instant: Instant) -> Double {
        let share = instant.seconds(since: from) / to.seconds(since: from)
        return ((Self.left + share * (Self.width - Self.left - Self.right)) * 10).rounded() / 10
    }
}
