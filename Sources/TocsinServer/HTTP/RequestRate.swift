internal import Synchronization

/// How often each client address may ask: a bucket of tokens per address, filled at a constant rate.
final class RequestRate: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    private let perSecond: Double
    private let atOnce: Double
    private let buckets = Mutex<[String: Bucket]>([:])
    /// Beyond this the buckets are full ones for the most part; they are forgotten, which is the same.
    private static let addressesMaximum = 50_000

    init(perSecond: Double, atOnce: Double) {
        self.perSecond = perSecond
        self.atOnce = atOnce
    }

    /// Takes one token of `address`.
    /// - Returns: `nil` if there was one; otherwise the seconds until there will be.
    func take(for address: String, at now: ContinuousClock.Instant = .now) -> Double? {
        buckets.withLock { buckets in
            if buckets.count >= Self.addressesMaximum { forgetFull(&buckets, at: now) }
            var bucket = buckets[address] ?? Bucket(tokens: atOnce, filledAt: now)
            bucket.tokens = min(atOnce, bucket.tokens + (now - bucket.filledAt) / .seconds(1) * perSecond)
            bucket.filledAt = now
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[address] = bucket
            return isAllowed ? nil : (1 - bucket.tokens) / perSecond
        }
    }

    private func forgetFull(_ buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
        buckets = buckets.filter { _, bucket in
            bucket.tokens + (now - bucket.filledAt) / .seconds(1) * perSecond < atOnce
        }
        // All of them busy at once: a flood from more addresses than there can be clients.
        if buckets.count >= Self.addressesMaximum { buckets = [:] }
    }
}
