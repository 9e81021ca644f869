internal import RealModule

/// With which probability sensors of one kind sense an object, by its distance: p Phi((R - d) / s).
///
/// Reach R and spread s are shares of the sensor's configured range, because what is configured is right up to a
/// factor for all of a kind. They are learnt from tracks that are alone in their direction: how often somebody
/// heard something there, by distance. The fit is a search of the posterior over a grid.
struct DetectionCurve: Hashable, Sendable, Codable {
    /// Shares of the configured range.
    private(set) var reach = 1.0
    private(set) var spread = Self.firstSpread
    /// Close by. 0 ... 1.
    private(set) var probability: Double
    private let prior: Double
    /// Chances to hear, and times heard, by distance; of tracks, and of young tracks, which are counted anew.
    private var settled = Counts()
    private var young = Counts()

    struct Counts: Hashable, Sendable, Codable {
        fileprivate(set) var looks = [Double](repeating: 0, count: DetectionCurve.bins)
        fileprivate(set) var heard = [Double](repeating: 0, count: DetectionCurve.bins)

        fileprivate mutating func add(_ bin: Int, weight: Double, isHeard: Bool) {
            looks[bin] += weight
            if isHeard { heard[bin] += weight }
        }
    }

    fileprivate static let bins = 60
    /// A bin's width, a share of the range.
    private static let width = 0.05
    private static let firstSpread = 0.25
    private static let leastSpread = 0.02
    private static let spreads = [0.012, 0.03, 0.06, 0.12, 0.2, 0.3]
    /// The share of directions in which something is heard anyway.
    private static let floors = [0.004, 0.02, 0.06, 0.12]
    private static let leastLooks = 20.0
    /// So many looks are remembered: about an hour of one object among five sensors.
    private static let memory = 20_000.0

    init(probability: Double) {
        self.probability = probability
        prior = probability
    }

    /// The looks on which the curve stands, without those of young tracks.
    var looks: Double { settled.looks.reduce(0, +) }

    mutating func forgetYoung() { young = Counts() }

    /// - Parameter distance: A share of the range.
    mutating func add(distance: Double, weight: Double, isHeard: Bool, isYoung: Bool) {
        guard distance >= 0, distance < Double(Self.bins) * Self.width else { return }
        let bin = Int(distance / Self.width)
        if isYoung {
            young.add(bin, weight: weight, isHeard: isHeard)
        } else {
            settled.add(bin, weight: weight, isHeard: isHeard)
        }
    }

    mutating func fit() {
        var looks = settled.looks
        var heard = settled.heard
        let total = looks.reduce(0, +)
        if total > Self.memory {
            for bin in looks.indices {
                settled.looks[bin] *= 0.5
                settled.heard[bin] *= 0.5
            }
        }
        for bin in looks.indices {
            looks[bin] += young.looks[bin]
            heard[bin] += young.heard[bin]
        }
        guard looks.reduce(0, +) >= Self.leastLooks else { return }
        let used = looks.indices.filter { looks[$0] > 0 }
        var best = -Double.infinity
        for spread in Self.spreads {
            for step in 0...105 {
                let reach = 0.3 + 0.02 * Double(step)
                let found = posterior(reach: reach, spread: spread, looks: looks, heard: heard, used: used)
                guard found.logarithm > best else { continue }
                best = found.logarithm
                (self.reach, self.spread, probability) = (reach, max(spread, Self.leastSpread), found.probability)
            }
        }
    }

    /// The best over the floors.
    private func posterior(
        reach: Double, spread: Double, looks: [Double], heard: [Double], used: [Int]
    ) -> (logarithm: Double, probability: Double) {
        let shares = used.map { Normal.cumulative((reach - Self.width * (Double($0) + 0.5)) / spread) }
        let (reachError, spreadError) = (Double.log(reach) / 0.4, Double.log(spread / 0.06))
        let first = -0.5 * (reachError * reachError + spreadError * spreadError)
        var best = (logarithm: -Double.infinity, probability: prior)
        for floor in Self.floors {
            var sums = SIMD2<Double>.zero
            for (index, bin) in used.enumerated() {
                let above = (heard[bin] - floor * looks[bin]) / (1 - floor)
                sums += SIMD2(above * shares[index], looks[bin] * shares[index] * shares[index])
            }
            let chance = min(0.98, max(prior / 4, (sums.x + 20 * prior) / (sums.y + 20)))
            let chanceError = (chance - prior) / 0.15
            var sum = first - 0.5 * chanceError * chanceError
            for (index, bin) in used.enumerated() {
                let sensed = chance * shares[index]
                let any = sensed + (1 - sensed) * floor
                sum += heard[bin] * Double.log(any) + (looks[bin] - heard[bin]) * Double.log(1 - any)
            }
            if sum > best.logarithm { best = (sum, chance) }
        }
        return best
    }
}
