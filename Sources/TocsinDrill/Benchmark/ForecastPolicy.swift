internal import TocsinModel

/// P3: an area's alarm is on when the probability that any track passes within its lead reaches a threshold; off after
/// a hold with less than half of it.
struct ForecastPolicy {
    private let threshold: Double
    /// By area: which of the forecast's leads counts.
    private let leadOfArea: [Int]
    private let missileWeight: Double
    private var book: AlarmBook

    init(threshold: Double, holdSeconds: Double, missileWeight: Double, leadOfArea: [Int]) {
        self.threshold = threshold
        self.leadOfArea = leadOfArea
        self.missileWeight = missileWeight
        book = AlarmBook(count: leadOfArea.count, holdSeconds: holdSeconds)
    }

    mutating func decide(on chances: ArrivalChances, at now: Double) {
        let weight = chances.position(ofWeight: missileWeight)
        for area in chances.areas {
            let probability = chances.probability(area: area, lead: leadOfArea[area], weight: weight)
            if probability >= threshold {
                book.need(area, at: now)
            } else if probability >= threshold / 2 {
                book.keep(area, at: now)
            }
        }
        book.clear(at: now)
    }

    mutating func finish(at end: Double) -> [Alarm] {
        book.finish(at: end)
        return book.alarms
    }
}

/// The probabilities that any of several tracks passes: 1 - product of (1 - P) over the tracks; for every weight with
/// which a missile's probability counts.
struct ArrivalChances {
    private let leadCount: Int
    /// Ascending.
    private let weights: [Double]
    /// By area, then by lead, then by weight.
    private var spared: [Double]
    private var isTouched: [Bool]
    /// Those with a row of any track.
    private(set) var areas: [Int] = []

    init(areaCount: Int, leadCount: Int, missileWeights: Set<Double>) {
        self.leadCount = leadCount
        weights = missileWeights.sorted()
        spared = Array(repeating: 1, count: areaCount * leadCount * missileWeights.count)
        isTouched = Array(repeating: false, count: areaCount)
    }

    func position(ofWeight weight: Double) -> Int { weights.firstIndex(of: weight) ?? 0 }

    mutating func removeAll() {
        let size = leadCount * weights.count
        for area in areas {
            isTouched[area] = false
            for index in area * size..<(area + 1) * size { spared[index] = 1 }
        }
        areas.removeAll(keepingCapacity: true)
    }

    mutating func add(_ forecasts: RaidForecasts, of objectClass: ObjectClass) {
        for (row, area) in forecasts.areas.enumerated() {
            if !isTouched[area] {
                isTouched[area] = true
                areas.append(area)
            }
            for lead in 0..<leadCount {
                let probability = forecasts.probability(row: row, lead: lead)
                for (position, weight) in weights.enumerated() {
                    let counted = objectClass == .cruiseMissile ? min(1, weight * probability) : probability
                    spared[(area * leadCount + lead) * weights.count + position] *= 1 - counted
                }
            }
        }
    }

    func probability(area: Int, lead: Int, weight: Int) -> Double {
        1 - spared[(area * leadCount + lead) * weights.count + weight]
    }
}
