internal import TocsinModel

/// A night's table per area as comma-separated values (RFC 4180), one row per area and world in which anything was.
package struct NightReportTable {
    private let report: NightReport

    package init(_ report: NightReport) { self.report = report }

    private static let columns = [
        "area", "name", "exercise", "population", "secondsToShelter", "firstWatchAt", "firstShelterAt", "alarms",
        "alarmSeconds", "personHours", "cameCount", "firstCameAt", "warnedSeconds", "inTimeCount", "unwarnedCount",
        "result",
    ]

    package var text: String {
        ([Self.columns] + report.nights.map(row)).map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private func row(_ night: AreaNight) -> [String] {
        let comings = night.comings
        let first = night.firstComing
        let alarms = night.alarms
        return [
            night.area.id.rawValue, night.area.name, night.exercise ? "true" : "false", "\(night.area.population)",
            Self.number(night.area.secondsToShelter),
            night.spans.first { $0.stage == .watch }?.from.iso8601 ?? "", alarms.first?.from.iso8601 ?? "",
            "\(alarms.count)", Self.number(alarms.reduce(0) { $0 + $1.seconds }), Self.number(night.personHours),
            "\(comings.count)", first?.at.iso8601 ?? "", first?.warnedSeconds.map(Self.number) ?? "",
            "\(comings.count(where: \.isInTime))", "\(comings.count { $0.warnedSeconds == nil })",
            night.verdict?.rawValue ?? "",
        ]
    }

    /// To a tenth.
    private static func number(_ value: Double) -> String { ((value * 10).rounded() / 10).description }

    /// Quoted where a comma, a quote or a line break asks for it. A name from outside that a spreadsheet would take
    /// for a formula gets a blank before it.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+@".contains($0) } ?? false
        let text = isFormula ? " " + text : text
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
