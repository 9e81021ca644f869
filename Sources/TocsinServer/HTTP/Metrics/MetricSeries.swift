internal import Metrics
internal import Synchronization

/// One metric with one set of labels.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler,
    Sendable
{
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// Upper edges in seconds, from a tenth of a millisecond to ten seconds: a step takes well under a
    /// millisecond, a warning must be out within one second.
    static let edges: [Double] = [
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private struct State {
        var value = 0.0
        var count: UInt64 = 0
        /// How many were at or below each edge and above the edge before.
        var buckets: [UInt64] = []
    }

    let kind: Kind
    private let state: Mutex<State>

    init(kind: Kind) {
        self.kind = kind
        let buckets = kind == .histogram ? [UInt64](repeating: 0, count: Self.edges.count) : []
        state = Mutex(State(buckets: buckets))
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { state.withLock { $0.value += amount } }
    func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
    func reset() { state.withLock { $0.value = 0 } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        state.withLock { state in
            guard kind == .histogram else { return state.value = value }
            state.value += value
            state.count += 1
            if let bucket = Self.edges.firstIndex(where: { value <= $0 }) { state.buckets[bucket] += 1 }
        }
    }

    func write(_ key: MetricKey, to text: inout String) {
        let now = state.withLock { $0 }
        let braces = key.labels.isEmpty ? "" : "{\(key.labels)}"
        guard kind == .histogram else {
            text += "\(key.name)\(braces) \(now.value.formattedForPrometheus)\n"
            return
        }
        let comma = key.labels.isEmpty ? "" : ","
        var below: UInt64 = 0
        for (edge, count) in zip(Self.edges, now.buckets) {
            below += count
            text += "\(key.name)_bucket{\(key.labels)\(comma)le=\"\(edge.formattedForPrometheus)\"} \(below)\n"
        }
        text += "\(key.name)_bucket{\(key.labels)\(comma)le=\"+Inf\"} \(now.count)\n"
        text += "\(key.name)_sum\(braces) \(now.value.formattedForPrometheus)\n"
        text += "\(key.name)_count\(braces) \(now.count)\n"
    }
}

extension Double {
    /// Whole numbers without a fraction, others in the shortest form that reads back the same.
    fileprivate var formattedForPrometheus: String {
        Int64(exactly: self).map(String.init) ?? description
    }
}
