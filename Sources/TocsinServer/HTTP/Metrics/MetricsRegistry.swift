package import Metrics
internal import Synchronization

/// The metrics of this process, as Prometheus reads them.
///
/// Our own backend for swift-metrics: no Prometheus or OpenTelemetry backend is in reach of the machines that
/// build this. Counters, gauges and histograms only. Labels come from code and configuration, never from
/// requests, so their number is bounded; what would be more than ``seriesMaximum`` series is not kept.
package final class MetricsRegistry: MetricsFactory, Sendable {
    /// More series than this is a label that takes its values from outside.
    static let seriesMaximum = 10_000

    private struct State {
        var series: [MetricKey: MetricSeries] = [:]
        var help: [String: String] = [:]
    }
    private let state = Mutex(State())

    package init() {}

    /// Says in one line what the metric of this name counts.
    package func describe(_ name: String, _ help: String) {
        state.withLock { $0.help[name] = help }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, dimensions)
    }
    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, label, dimensions)
    }
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions)
    }
    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        series(aggregate ? .histogram : .gauge, label, dimensions)
    }
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, dimensions)
    }
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Shows a counter that is kept elsewhere.
    func set(total name: String, labels: [(String, String)], to value: Double) {
        series(.counter, name, labels).set(value)
    }

    /// All series in the Prometheus text format, version 0.0.4, sorted by name and labels.
    package func exposition() -> String {
        let (series, help) = state.withLock { (Array($0.series), $0.help) }
        let sorted = series.sorted { $0.key < $1.key }
        var text = ""
        var lastName = ""
        for (key, one) in sorted {
            if key.name != lastName {
                lastName = key.name
                if let line = help[key.name] { text += "# HELP \(key.name) \(line)\n" }
                text += "# TYPE \(key.name) \(one.kind.rawValue)\n"
            }
            one.write(key, to: &text)
        }
        return text
    }

    private func series(_ kind: MetricSeries.Kind, _ name: String, _ labels: [(String, String)]) -> MetricSeries {
        let key = MetricKey(name: name, labels: labels)
        return state.withLock { state in
            if let known = state.series[key], known.kind == kind { return known }
            let new = MetricSeries(kind: kind)
            if state.series.count < Self.seriesMaximum, state.series[key] == nil { state.series[key] = new }
            return new
        }
    }
}

/// A metric's name and its labels in the order of their names.
struct MetricKey: Hashable, Comparable, Sendable {
    let name: String
    /// As they are printed, `route="/v1/areas",status="200"`; empty without labels.
    let labels: String

    init(name: String, labels: [(String, String)]) {
        self.name = name
        self.labels = labels.sorted { $0.0 < $1.0 }.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
            .joined(separator: ",")
    }

    static func < (left: MetricKey, right: MetricKey) -> Bool {
        (left.name, left.labels) < (right.name, right.labels)
    }

    /// The three escapes of the text format; other control characters become blanks, so that no line is forged.
    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            case _ where scalar.properties.generalCategory == .control: text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
