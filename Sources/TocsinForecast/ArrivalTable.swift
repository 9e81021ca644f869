/// The first passages of one track's particles, added up per area in bins of a second.
struct ArrivalTable {
    private let bins: Int
    private var slots: [Int32]
    private(set) var arrivals: [Arrivals] = []
    private var weights: [Double] = []

    struct Arrivals {
        let area: Int
        var withinLead = 0.0
        var withinHorizon = 0.0
    }

    init(areaCount: Int, seconds: Double) {
        bins = Int(seconds) + 1
        slots = Array(repeating: -1, count: areaCount)
    }

    /// Counts a passage into `area` after `seconds`.
    mutating func add(_ weight: Double, area: Int, seconds: Double, isWithinLead: Bool) {
        if slots[area] < 0 {
            slots[area] = Int32(arrivals.count)
            arrivals.append(Arrivals(area: area))
            weights.append(contentsOf: repeatElement(0, count: bins))
        }
        let slot = Int(slots[area])
        arrivals[slot].withinHorizon += weight
        if isWithinLead { arrivals[slot].withinLead += weight }
        weights[slot * bins + min(bins - 1, Int(seconds))] += weight
    }

    /// The times, in seconds, by which the shares 5 %, 50 % and 95 % of the passages have happened; even within a bin.
    func quantiles(slot: Int) -> (earliest: Double, likely: Double, latest: Double) {
        let total = arrivals[slot].withinHorizon
        var found = (earliest: 0.0, likely: 0.0, latest: 0.0)
        var sum = 0.0
        for bin in 0..<bins {
            let weight = weights[slot * bins + bin]
            guard weight > 0 else { continue }
            func time(_ share: Double) -> Double { Double(bin) + max(0, min(1, (share * total - sum) / weight)) }
            if sum < 0.05 * total { found.earliest = time(0.05) }
            if sum < 0.5 * total { found.likely = time(0.5) }
            if sum < 0.95 * total { found.latest = time(0.95) }
            sum += weight
        }
        return found
    }

    /// The probability of a passage within each of `leads`, ascending seconds; even within a bin.
    func probabilities(slot: Int, within leads: [Double]) -> [Double] {
        var sum = 0.0
        var bin = 0
        return leads.map { lead in
            while bin < bins, Double(bin + 1) <= lead {
                sum += weights[slot * bins + bin]
                bin += 1
            }
            return sum + (bin < bins ? (lead - Double(bin)) * weights[slot * bins + bin] : 0)
        }
    }
}
