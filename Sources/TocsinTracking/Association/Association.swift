/// Which sighting of a scan belongs to which track, as probabilities: loopy belief propagation (Williams and
/// Lau 2014, "Approximate evaluation of marginal association probabilities with belief propagation").
///
/// A track causes at most one sighting and a sighting comes from at most one track. For a single sighting the
/// result is exact.
struct Association {
    struct Pair: Hashable {
        /// Position in the list of tracks.
        var track: Int
        /// Position in the list of sightings.
        var sighting: Int
        /// r Pd L: existence times detection times likelihood. Not negative.
        var weight: Double
        /// The answer: the probability that they belong together.
        var probability = 0.0
    }

    /// By ascending track, then sighting.
    private(set) var pairs: [Pair]
    /// Per track: the probability that it caused none of the sightings.
    private(set) var unseen: [Double]
    /// Per sighting: the probability that no known track caused it.
    private(set) var unexplained: [Double]

    /// TRACKING.md: three turns do as well as 200.
    private static let iterations = 4

    /// - Parameters:
    ///   - missed: Per track, the weight of causing none: 1 - r + r (1 - Pd). Positive.
    ///   - other: Per sighting, the weight of another cause: clutter or an object not yet known. Positive.
    init(pairs: [Pair], missed: [Double], other: [Double]) {
        self.pairs = pairs
        unseen = [Double](repeating: 1, count: missed.count)
        unexplained = [Double](repeating: 1, count: other.count)
        guard !pairs.isEmpty else { return }
        var toTrack = [Double](repeating: 0, count: pairs.count)
        for index in pairs.indices { toTrack[index] = 1 / other[pairs[index].sighting] }
        var toSighting = [Double](repeating: 0, count: pairs.count)
        var sums = [Double](repeating: 0, count: max(missed.count, other.count))
        for _ in 0..<Self.iterations {
            reset(&sums, to: missed)
            for (pair, message) in zip(pairs, toTrack) { sums[pair.track] += pair.weight * message }
            for (index, pair) in pairs.enumerated() {
                let rest = sums[pair.track] - pair.weight * toTrack[index]
                toSighting[index] = pair.weight / max(rest, missed[pair.track])
            }
            reset(&sums, to: other)
            for (pair, message) in zip(pairs, toSighting) { sums[pair.sighting] += message }
            for (index, pair) in pairs.enumerated() {
                toTrack[index] = 1 / max(sums[pair.sighting] - toSighting[index], other[pair.sighting])
            }
        }
        conclude(toTrack: toTrack, toSighting: toSighting, missed: missed, other: other)
    }

    private func reset(_ sums: inout [Double], to values: [Double]) {
        for (index, value) in values.enumerated() { sums[index] = value }
    }

    private mutating func conclude(toTrack: [Double], toSighting: [Double], missed: [Double], other: [Double]) {
        var trackSums = missed
        var sightingSums = other
        for (index, pair) in pairs.enumerated() {
            trackSums[pair.track] += pair.weight * toTrack[index]
            sightingSums[pair.sighting] += toSighting[index]
        }
        for index in pairs.indices {
            pairs[index].probability = pairs[index].weight * toTrack[index] / trackSums[pairs[index].track]
        }
        for index in missed.indices { unseen[index] = missed[index] / trackSums[index] }
        for index in other.indices { unexplained[index] = other[index] / sightingSums[index] }
    }
}
