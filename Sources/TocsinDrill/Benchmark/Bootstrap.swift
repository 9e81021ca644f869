/// Draws raids again with replacement, the same draws for everything that is compared (Efron and Tibshirani, "An
/// Introduction to the Bootstrap", 1993, chapter 13: percentiles).
struct Bootstrap: Sendable {
    private let draws: [[Int]]

    /// 5 % of 2,000 draws are 100 of them.
    private static let count = 2_000
    private static let seed: UInt64 = 1993

    init(raids: Int) {
        var generator = SeededGenerator(seed: Self.seed)
        draws = (0..<Self.count).map { _ in (0..<raids).map { _ in generator.index(below: raids) } }
    }

    /// The 5 % and 95 % points of a statistic; `nil` if no draw has one.
    func interval(of statistic: ([Int]) -> Double?) -> BenchmarkScore.Interval? {
        let values = draws.compactMap(statistic).sorted()
        guard !values.isEmpty else { return nil }
        return BenchmarkScore.Interval(low: values[values.count / 20], high: values[values.count * 19 / 20])
    }

    static func share(_ shares: [Share], _ draw: [Int]) -> Double? {
        var part = 0.0
        var whole = 0.0
        for raid in draw {
            part += shares[raid].part
            whole += shares[raid].whole
        }
        return whole > 0 ? part / whole : nil
    }

    static func difference(_ shares: [Share], _ base: [Share], _ draw: [Int]) -> Double? {
        guard let first = share(shares, draw), let second = share(base, draw) else { return nil }
        return first - second
    }
}
