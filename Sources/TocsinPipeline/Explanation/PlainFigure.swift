package import TocsinModel

/// Figures as people read them, without a library for formats: the core has none.
package enum PlainFigure {
    /// `41 %`, `0.1 %`, `below 0.01 %`.
    package static func percent(_ probability: Double) -> String {
        let percent = probability * 100
        if percent <= 0 { return "0 %" }
        if percent < 0.01 { return "below 0.01 %" }
        if percent > 99, percent < 100 { return "above 99 %" }
        if percent < 1 { return decimal(percent, digits: 2) + " %" }
        return (percent < 10 ? decimal(percent, digits: 1) : decimal(percent, digits: 0)) + " %"
    }

    /// `17:03:20`, UTC.
    package static func clock(_ instant: Instant) -> String { String(instant.iso8601.dropFirst(11).prefix(8)) }

    /// `850 m`, `8.4 km`, `120 km`.
    package static func distance(_ distance: Distance) -> String {
        let kilometers = distance.meters / 1_000
        if kilometers < 1 { return "\(Int((distance.meters / 50).rounded()) * 50) m" }
        return decimal(kilometers, digits: kilometers < 10 ? 1 : 0) + " km"
    }

    /// `45 s`, `2 min 05 s`, `1 h 10 min`.
    package static func duration(seconds: Double) -> String {
        let whole = Int(max(0, seconds).rounded())
        let (minutes, rest) = (whole / 60, whole % 60)
        if minutes == 0 { return "\(rest) s" }
        if minutes >= 60 { return "\(minutes / 60) h \(minutes % 60) min" }
        return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest < 10 ? "0" : "")\(rest) s"
    }

    /// `takeShelter` as `take shelter`.
    package static func words(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }

    /// Rounded, without zeros at the end.
    private static func decimal(_ value: Double, digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let text = ((value * scale).rounded() / scale).description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
