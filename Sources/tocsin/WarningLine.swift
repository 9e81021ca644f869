import Foundation
import TocsinModel
import TocsinServer

/// One change of a warning as a line, for people or as JSON.
struct WarningLine {
    let areas: [AreaID: Area]
    let json: Bool
    let colored: Bool

    init(areas: [Area], json: Bool, colored: Bool) {
        self.areas = Dictionary(areas.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.json = json
        self.colored = colored
    }

    func text(_ event: WarningEvent) -> String { json ? object(event) : row(event) }

    private func name(_ area: AreaID) -> String { areas[area]?.name ?? area.rawValue }

    // MARK: For people

    /// `17:03:20  raised   Genève                take shelter  in  3:20 /  4:05 /  6:10 …`
    private func row(_ event: WarningEvent) -> String {
        let warning = event.change.warning
        let columns = [
            Self.clock(event.at), event.change.kind.rawValue.padded(to: 8), name(warning.area).padded(to: 24),
            colorless(warning.stage).padded(to: 13), arrival(warning.arrival, at: event.at).padded(to: 54),
            Self.words(warning.reason.rawValue), warning.exercise ? "EXERCISE" : "",
        ]
        let line = columns.joined(separator: " ")
        let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex
        return colored ? Self.color(warning.stage) + line[..<end] + "\u{1B}[0m" : String(line[..<end])
    }

    private func colorless(_ stage: WarningStage) -> String { Self.words(stage.rawValue) }

    private func arrival(_ arrival: ArrivalTimes?, at now: Instant) -> String {
        guard let arrival else { return "-" }
        let times = [arrival.earliest, arrival.likely, arrival.latest]
        let left = times.map { Self.left($0.seconds(since: now)) }.joined(separator: " / ")
        return "in \(left)  (\(times.map(Self.clock).joined(separator: " / ")))"
    }

    /// Minutes and seconds.
    private static func left(_ seconds: Double) -> String {
        let whole = Int(max(0, seconds).rounded(.down))
        let rest = whole % 60
        return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)".leftPadded(to: 5)
    }

    /// `17:03:20`, UTC.
    private static func clock(_ instant: Instant) -> String { String(instant.iso8601.dropFirst(11).prefix(8)) }

    /// `takeShelter` as `take shelter`.
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }

    private static func color(_ stage: WarningStage) -> String {
        switch stage {
        case .takeShelter: "\u{1B}[1;31m"
        case .watch: "\u{1B}[33m"
        case .clearing: "\u{1B}[36m"
        case .quiet: "\u{1B}[32m"
        }
    }

    // MARK: For programs

    private struct Row: Encodable {
        struct Arrival: Encodable {
            var earliest: String
            var likely: String
            var latest: String
        }
        var event: UInt64
        var at: String
        var id: String
        var revision: UInt32
        var kind: String
        var area: String
        var areaName: String
        var exercise: Bool
        var stage: String
        var previousStage: String
        var reason: String
        var arrival: Arrival?
        var probability: Double
    }

    private func object(_ event: WarningEvent) -> String {
        let warning = event.change.warning
        let row = Row(
            event: event.number, at: event.at.iso8601, id: "w\(warning.number.rawValue)", revision: warning.revision,
            kind: event.change.kind.rawValue, area: warning.area.rawValue, areaName: name(warning.area),
            exercise: warning.exercise, stage: warning.stage.rawValue,
            previousStage: event.change.previousStage.rawValue, reason: warning.reason.rawValue,
            arrival: warning.arrival.map {
                Row.Arrival(earliest: $0.earliest.iso8601, likely: $0.likely.iso8601, latest: $0.latest.iso8601)
            }, probability: warning.probability)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(row)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension String {
    /// At least `count` characters wide.
    fileprivate func padded(to count: Int) -> String {
        self + String(repeating: " ", count: max(0, count - self.count))
    }
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: " ", count: max(0, count - self.count)) + self
    }
}
