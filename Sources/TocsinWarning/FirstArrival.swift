internal import TocsinModel

extension ArrivalTimes {
    /// When the first of several threats arrives: by when 5, 50 and 95 % of the cases in which any arrives have begun.
    /// Who hardly comes hardly moves these times; of one threat they are its own.
    ///
    /// Each distribution is taken for three points with as much around them: 27.5 % at the earliest time, 45 % at the
    /// likely, the rest at the latest.
    ///
    /// - Parameter threats: when each arrives if it does, and the probability that it does.
    /// - Returns: `nil` without a threat.
    init?(ofFirst threats: [(times: ArrivalTimes, probability: Double)]) {
        guard var first = threats.first?.times else { return nil }
        guard threats.count > 1 else {
            self = first
            return
        }
        let points = threats.indices.flatMap { threat in
            let times = threats[threat].times
            return [(times.earliest, 0.275, threat), (times.likely, 0.45, threat), (times.latest, 0.275, threat)]
        }.sorted { ($0.0, $0.2) < ($1.0, $1.2) }
        let certain = 1 - 1e-9
        let any = 1 - threats.reduce(1) { $0 * (1 - min(certain, $1.probability)) }
        var notYet = threats.map { _ in 1.0 }
        var none = 1.0
        for (time, share, threat) in points {
            let before = 1 - none
            let left = notYet[threat] - share * min(certain, threats[threat].probability)
            none *= left / notYet[threat]
            notYet[threat] = left
            func passes(_ share: Double) -> Bool { before < share * any && share * any <= 1 - none }
            if passes(0.05) { first.earliest = time }
            if passes(0.5) { first.likely = time }
            if passes(0.95) { first.latest = time }
        }
        self = first
    }
}
