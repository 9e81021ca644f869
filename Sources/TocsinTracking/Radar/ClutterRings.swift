internal import RealModule

/// How many plots a radar gives that no known track explains (clutter and new objects), ring by ring: near the
/// antenna there are many to a square kilometer, far out hardly any.
struct ClutterRings: Hashable, Sendable, Codable {
    /// The outer edges, nautical miles: each ring about twice as far out as the one before.
    private static let edges = [0.25, 0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320]
    private static let metersPerMile = 1_852.0
    /// Turns over which the mean is taken (Barcelona radar: ten minutes).
    private static let memoryTurns = 150.0
    /// Plots per turn and ring before anything is learnt, and at least (tuned there).
    private static let first = 0.2
    private static let least = 0.03

    /// Per ring: unexplained plots in a turn.
    private var means = [Double](repeating: Self.first, count: Self.edges.count)
    private var counts = [Double](repeating: 0, count: Self.edges.count)

    private static func ring(_ range: Double) -> Int {
        edges.firstIndex { range < $0 * metersPerMile } ?? edges.count - 1
    }

    /// Per meter of range and radian of azimuth, at a slant range of so many meters.
    func density(at range: Double) -> Double {
        let ring = Self.ring(range)
        let inner = ring == 0 ? 0 : Self.edges[ring - 1]
        return max(means[ring], Self.least) / ((Self.edges[ring] - inner) * Self.metersPerMile * 2 * .pi)
    }

    /// Counts a plot by the probability that no known track explains it.
    mutating func count(_ unexplained: Double, at range: Double) { counts[Self.ring(range)] += unexplained }

    mutating func endTurn() {
        for ring in means.indices {
            means[ring] += (counts[ring] - means[ring]) / Self.memoryTurns
            counts[ring] = 0
        }
    }
}
