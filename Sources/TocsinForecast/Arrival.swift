/// When an object first comes into one area, whatever it is and into whichever part of it.
struct Arrival {
    private var passages: [(weight: Double, passage: Passage)] = []

    var isEmpty: Bool { passages.isEmpty }

    mutating func append(_ passage: Passage, weight: Double) { passages.append((weight, passage)) }

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

    /// Between times this close together the probability is taken to grow evenly: for arrivals that are likely enough
    /// to warn of, and for the others. Seconds.
    private static let closest = 5.0
    private static let closestOfUnlikely = 40.0
    private static let unlikely = 0.01

    /// - Parameter total: the probability of an arrival within `horizon`.
    func times(within horizon: Double, total: Double) -> Times {
        var times = Times()
        search((0, probability(by: 0)), (horizon, total), total, &times)
        return times
    }

    private func search(
        _ low: (time: Double, sum: Double), _ high: (time: Double, sum: Double), _ total: Double, _ times: inout Times
    ) {
        func lies(_ share: Double) -> Bool { low.sum < share * total && share * total <= high.sum }
        guard lies(0.05) || lies(0.5) || lies(0.95) else { return }
        if high.time - low.time > (total < Self.unlikely ? Self.closestOfUnlikely : Self.closest) {
            let time = (low.time + high.time) / 2
            let middle = (time, probability(by: time))
            search(low, middle, total, &times)
            search(middle, high, total, &times)
            return
        }
        func time(_ share: Double) -> Double {
            low.time + (high.time - low.time) * (share * total - low.sum) / (high.sum - low.sum)
        }
        if lies(0.05) { times.earliest = time(0.05) }
        if lies(0.5) { times.likely = time(0.5) }
        if lies(0.95) { times.latest = time(0.95) }
    }
}
