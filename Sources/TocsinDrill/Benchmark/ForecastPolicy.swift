/// P3: an area's alarm is on when the probability that any track passes within its lead reaches a threshold; off after
/// a hold with less than half of it.
struct ForecastPolicy {
    private let threshold: Double
    /// By area: which of the forecast's leads counts.
    private let leadOfArea: [Int]
    private var book: AlarmBook

    init(threshold: Double, holdSeconds: Double, leadOfArea: [Int]) {
        self.threshold = threshold
        self.leadOfArea = leadOfArea
        book = AlarmBook(count: leadOfArea.count, holdSeconds: holdSeconds)
    }

    mutating func decide(on chances: ArrivalChances, at now: Double) {
        for area in chances.areas {
            let probability = chances.probability(area: area, lead: leadOfArea[area])
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

/// The probabilities that any of several tracks passes: 1 - product of (1 - P) over the tracks.
struct ArrivalChances {
    private let areaCount: Int
    private let leadCount: Int
    private var spared: [Double]
    private var isTouched: [Bool]
    /// Those with a row of any track.
    private(set) var areas: [Int] = []

    init(areaCount: Int, leadCount: Int) {
        self.areaCount = areaCount
        self.leadCount = leadCount
        spared = Array(repeating: 1, count: areaCount * leadCount)
        isTouched = Array(repeating: false, count: areaCount)
    }

    mutating func removeAll() {
        for area in areas {
            isTouched[area] = false
            for lead in 0..<leadCount { spared[area * leadCount + lead] = 1 }
        }
        areas.removeAll(keepingCapacity: true)
    }

    mutating func add(_ forecasts: RaidForecasts) {
        for (row, area) in forecasts.areas.enumerated() {
            if !isTouched[area] {
                isTouched[area] = true
                areas.append(area)
            }
            for lead in 0..<leadCount {
                spared[area * leadCount + lead] *= 1 - forecasts.probability(row: row, lead: lead)
            }
        }
    }

    func probability(area: Int, lead: Int) -> Double { 1 - spared[area * leadCount + lead] }
}
