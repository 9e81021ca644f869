/// Which sighting of a scan belongs to which track, as probabilities: loopy belief propagation (Williams and
/// Lau 2014, "Approximate evaluation of marginal association probabilities with belief propagation").
///
/// A track causes at most one sighting and a sighting comes from at most one track. For a single sighting the
/// result is exact. The storage is kept from scan to scan.
struct Association {
    struct Pair: Hashable {
        /// Position in the list of targets.
        var track: Int32
        /// Position in the list of sightings.
        var sighting: Int32
        /// r Pd L: existence times detection times likelihood. Not negative.
        var weight: Double
        /// The answer: the probability that they belong together.
        var probability = 0.0
        fileprivate var toTrack = 0.0
        fileprivate var toSighting = 0.0

        init(track: Int, sighting: Int, weight: Double) {
            self.track = Int32(truncatingIfNeeded: track)
            self.sighting = Int32(truncatingIfNeeded: sighting)
            self.weight = weight
        }
    }

    /// By ascending track, then sighting.
    private(set) var pairs: [Pair] = []
    /// Per track, the weight of causing none: 1 - r + r (1 - Pd). Positive.
    var missed: [Double] = []
    /// Per sighting, the weight of another cause: clutter or an object not yet known. Positive.
    var other: [Double] = []
    /// Per track: the probability that it caused none of the sightings.
    private(set) var unseen: [Double] = []
    /// Per sighting: the probability that no known track caused it.
    private(set) var unexplained: [Double] = []

    /// TRACKING.md: three turns do as well as 200.
    private static let iterations = 3

    /// Makes room for the next scan.
    mutating func begin() {
        pairs.removeAll(keepingCapacity: true)
        missed.removeAll(keepingCapacity: true)
        other.removeAll(keepingCapacity: true)
    }

    mutating func add(_ pair: Pair) { pairs.append(pair) }

    /// Answers: fills in the pairs' probabilities, `unseen` and `unexplained`.
    mutating func solve() {
        for index in pairs.indices { pairs[index].toTrack = 1 / other[Int(pairs[index].sighting)] }
        for _ in 0..<Self.iterations {
            sumOverTracks()
            for index in pairs.indices {
                let pair = pairs[index]
                let track = Int(pair.track)
                let rest = unseen[track] - pair.weight * pair.toTrack
                pairs[index].toSighting = pair.weight / max(rest, missed[track])
            }
            sumOverSightings()
            for index in pairs.indices {
                let pair = pairs[index]
                let sighting = Int(pair.sighting)
                pairs[index].toTrack = 1 / max(unexplained[sighting] - pair.toSighting, other[sighting])
            }
        }
        conclude()
    }

    private mutating func sumOverTracks() {
        unseen.removeAll(keepingCapacity: true)
        unseen.append(contentsOf: missed)
        for pair in pairs { unseen[Int(pair.track)] += pair.weight * pair.toTrack }
    }

    private mutating func sumOverSightings() {
        unexplained.removeAll(keepingCapacity: true)
        unexplained.append(contentsOf: other)
        for pair in pairs { unexplained[Int(pair.sighting)] += pair.toSighting }
    }

    private mutating func conclude() {
        sumOverTracks()
        sumOverSightings()
        for index in pairs.indices {
            pairs[index].probability = pairs[index].weight * pairs[index].toTrack / unseen[Int(pairs[index].track)]
        }
        for index in missed.indices { unseen[index] = missed[index] / unseen[index] }
        for index in other.indices { unexplained[index] = other[index] / unexplained[index] }
    }
}
