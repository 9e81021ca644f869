/// When an object first comes into one area, whatever it is and into whichever part of it.
struct Arrival {
    private var passages: [(weight: Double, passage: Passage)] = []
    /// Where the probability of all of them bends. Seconds from now, in order; kept so that it is not allocated anew.
    private var bends: [Double] = []

    var isEmpty: Bool { passages.isEmpty }

    /// Adds a way into a disc, unless it is touched with less than the probability `least` within the horizon.
    mutating func add(
        _ outlook: Outlook, into center: SIMD2<Double>, radius: Double, weight: Double, least: Double
    ) {
        let reach = outlook.reach + radius
        guard (center - outlook.state.position).squaredLength <= reach * reach else { return }
        let passage = Passage(of: outlook, into: center, radius: radius)
        if passage.probability(by: outlook.horizon) >= least { passages.append((weight, passage)) }
    }

    mutating func removeAll() { passages.removeAll(keepingCapacity: true) }

    /// The probability of an arrival at most `lead` seconds from now.
    func probability(by lead: Double) -> Double {
        var sum = 0.0
        for index in passages.indices { sum += passages[index].weight * passages[index].passage.probability(by: lead) }
        return min(1, sum)
    }

    /// By when 5, 50 and 95 % of all arrivals within a horizon have happened. Seconds from now.
    struct Times {
        fileprivate(set) var earliest = 0.0
        fileprivate(set) var likely = 0.0
        fileprivate(set) var latest = 0.0
    }

    /// Between the times at which a way bends the probability is taken to grow evenly.
    ///
    /// - Parameter total: the probability of an arrival within `horizon`.
    mutating func times(within horizon: Double, total: Double) -> Times {
        bends.removeAll(keepingCapacity: true)
        for index in passages.indices { passages[index].passage.addBends(to: &bends, within: horizon) }
        if passages.count > 1 || !passages[0].passage.bendsInOrder { bends.sort() }
        var times = Times()
        search(0, bends.count, (0, probability(by: 0)), (horizon, total), total, &times)
        return times
    }

    private static let shares = (earliest: 0.05, likely: 0.5, latest: 0.95)

    /// Asks for as few as possible of the bends from `first` up to before `end`, which lie between `low` and `high`.
    private func search(
        _ first: Int, _ end: Int, _ low: (time: Double, sum: Double), _ high: (time: Double, sum: Double),
        _ total: Double, _ times: inout Times
    ) {
        func lies(_ share: Double) -> Bool { low.sum < share * total && share * total <= high.sum }
        guard lies(Self.shares.earliest) || lies(Self.shares.likely) || lies(Self.shares.latest) else { return }
        guard first == end else {
            let index = (first + end) / 2
            let middle = (bends[index], probability(by: bends[index]))
            search(first, index, low, middle, total, &times)
            search(index + 1, end, middle, high, total, &times)
            return
        }
        func time(_ share: Double) -> Double {
            low.time + (high.time - low.time) * (share * total - low.sum) / (high.sum - low.sum)
        }
        if lies(Self.shares.earliest) { times.earliest = time(Self.shares.earliest) }
        if lies(Self.shares.likely) { times.likely = time(Self.shares.likely) }
        if lies(Self.shares.latest) { times.latest = time(Self.shares.latest) }
    }
}
