internal import RealModule
package import TocsinModel

/// What many sources agree on about one slowly changing number, when some of them lie.
///
/// Each source (an aircraft) has its own scalar Kalman filter with a random walk; the consensus is the
/// biweight mean over the sources (Mosteller and Tukey 1977) started at their weighted median, so that a
/// source counts once however often it speaks, and up to half of the weight may be wrong. Its variance is
/// that of the weights, widened when the sources differ by more than they say.
///
/// Bare numbers: the unit is the caller's.
package struct SourceConsensus: Hashable, Sendable, Codable {
    /// What the sources agree on.
    package struct Estimate: Hashable, Sendable, Codable {
        package var value: Double
        package var variance: Double
        /// How many sources were believed.
        package var sources: Int
        /// How far three quarters of the sources lie from it at most, in standard deviations as stated, over what
        /// that is of normal numbers (1.15): about 1 if they agree, much more if something else moves them.
        package var spread: Double
    }

    struct Source: Hashable, Sendable, Codable {
        var key: UInt64
        var mean: Double
        var variance: Double
        var lastAt: Instant
        /// Running mean of the innovations in standard deviations, each at most 4: far from 0 when the number has
        /// changed.
        var drift = 0.0
    }

    /// By ascending key.
    private(set) var sources: [Source] = []
    /// How much the number wanders: variance per second.
    let wander: Double
    /// Variance of what is wrong with one source for good (its own latency, its own antenna).
    let sourceVariance: Double
    /// A source not heard for so long is forgotten, seconds.
    let lifetime: Double

    /// As many as a radar sees at once over a busy country; one more replaces the one heard least recently.
    static let sourceLimit = 64
    /// Standard deviations beyond which a sample is an outlier and not used: 1 in 16,000 of normal ones.
    private static let outlier = 4.0
    /// The share of the newest innovation in the drift, and the drift at which the source begins anew: 4.5
    /// standard deviations of such a mean, or three outliers in a row (Roberts 1959, control charts by
    /// geometric moving averages).
    private static let driftShare = 0.2
    private static let driftLimit = 1.5
    /// Sources farther than so many standard deviations from the consensus have no weight (the usual constant of
    /// the biweight for 95 % efficiency, 4.685).
    private static let biweight = 4.685

    package init(wander: Double, sourceVariance: Double, lifetime: Double) {
        self.wander = wander
        self.sourceVariance = sourceVariance
        self.lifetime = lifetime
    }

    /// Takes one sample of the number with its variance, which is positive.
    package mutating func observe(_ value: Double, variance: Double, from key: UInt64, at instant: Instant) {
        guard value.isFinite, variance.isFinite, variance > 0 else { return }
        let slot = sources.firstIndex { $0.key >= key } ?? sources.count
        guard slot < sources.count, sources[slot].key == key else {
            return admit(Source(key: key, mean: value, variance: variance, lastAt: instant))
        }
        let seconds = max(0, instant.seconds(since: sources[slot].lastAt))
        let predicted = sources[slot].variance + wander * seconds
        let innovation = value - sources[slot].mean
        let total = predicted + variance
        let miss = innovation / total.squareRoot()
        let clipped = min(max(miss, -Self.outlier), Self.outlier)
        sources[slot].drift += Self.driftShare * (clipped - sources[slot].drift)
        if abs(sources[slot].drift) > Self.driftLimit {
            sources[slot] = Source(key: key, mean: value, variance: variance, lastAt: instant)
            return
        }
        guard abs(miss) <= Self.outlier else { return }
        sources[slot].mean += predicted / total * innovation
        sources[slot].variance = predicted * variance / total
        sources[slot].lastAt = max(sources[slot].lastAt, instant)
    }

    private mutating func admit(_ source: Source) {
        sources.removeAll { source.lastAt.seconds(since: $0.lastAt) > lifetime }
        if sources.count >= Self.sourceLimit, let oldest = sources.min(by: { $0.lastAt < $1.lastAt }) {
            sources.removeAll { $0.key == oldest.key }
        }
        let slot = sources.firstIndex { $0.key > source.key } ?? sources.count
        sources.insert(source, at: slot)
    }

    package mutating func forget() { sources.removeAll() }

    /// The consensus at `instant`; `nil` if no source has spoken lately.
    /// - Complexity: O(*n* log *n*), *n* being the number of sources, at most 64.
    package func estimate(at instant: Instant) -> Estimate? {
        let fresh = sources.filter { instant.seconds(since: $0.lastAt) <= lifetime }
        let values = fresh.map(\.mean)
        var variances = fresh.map { source in
            source.variance + wander * max(0, instant.seconds(since: source.lastAt)) + sourceVariance
        }
        guard var value = Self.median(values, weights: variances.map { 1 / $0 }) else { return nil }
        let misses = zip(values, variances).map { abs($0 - value) / $1.squareRoot() }
        // 0.6745: the median of the absolute value of a standard normal number.
        let spread = (Self.median(misses, weights: misses.map { _ in 1 }) ?? 0) / 0.674_5
        let widening = max(1, spread * spread)
        for index in variances.indices { variances[index] *= widening }
        var weights: [Double] = []
        for _ in 0..<4 {
            weights = zip(values, variances).map { Self.weight(of: $0, around: value, variance: $1) }
            let sum = weights.reduce(0, +)
            guard sum > 0 else { break }
            value = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum
        }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return nil }
        let variance = zip(weights, variances).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } / (sum * sum)
        return Estimate(
            value: value, variance: variance, sources: weights.count { $0 > 0 },
            spread: Self.spread(values, variances, around: value) * widening.squareRoot())
    }

    /// Of three quarters of the values, in units of their standard deviations.
    private static func spread(_ values: [Double], _ variances: [Double], around center: Double) -> Double {
        let misses = zip(values, variances).map { abs($0 - center) / $1.squareRoot() }.sorted()
        return misses[min(misses.count * 3 / 4, misses.count - 1)] / 1.15
    }

    private static func weight(of value: Double, around center: Double, variance: Double) -> Double {
        let distance = (value - center) / (biweight * variance.squareRoot())
        guard abs(distance) < 1 else { return 0 }
        let share = 1 - distance * distance
        return share * share / variance
    }

    /// The value at which half of the weight is reached.
    private static func median(_ values: [Double], weights: [Double]) -> Double? {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        let half = weights.reduce(0, +) / 2
        var sum = 0.0
        for index in order {
            sum += weights[index]
            if sum >= half { return values[index] }
        }
        return order.last.map { values[$0] }
    }
}
