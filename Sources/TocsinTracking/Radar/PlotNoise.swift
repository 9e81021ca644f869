internal import RealModule

/// How good the plots of a radar are: what it says of them, times factors that are learnt.
///
/// Real plots are a mixture: most lie within meters, some are outliers by a reflection, a garbled reply or two
/// objects seen as one (Barcelona radar: without the second component 152 switches of track instead of 26).
struct PlotNoise: Hashable, Sendable, Codable {
    private var rangeFactor = 1.0
    private var azimuthFactor = 1.0

    /// No plot is better than its last bit: 1/256 NM of range, 360/65536 degrees of azimuth (ASTERIX 048/040).
    private static let rangeLeast = 8.0
    private static let azimuthLeast = 0.006 * Double.pi / 180
    private static let factors = 0.2...10.0
    /// Steps of the logarithm per plot; and the mean of min(9, x^2) for a normal variable.
    private static let gain = 0.005
    private static let cut = 9.0
    private static let expected = 0.97

    /// Standard deviations that an outlier has besides, in meters, radians and meters of height (tuned on the
    /// Barcelona radar).
    enum Outlier {
        static let range = 100.0
        static let azimuth = Double.pi / 180
        static let height = 600.0
        /// The share of outliers: a track's own is learnt from the first value on, between these.
        static let shares = 0.01...0.5
        static let gain = 0.05
        /// After so many turns unseen a track's own share says less: this part of it.
        static let hiddenTurns = 3.5
        static let hiddenShare = 0.3
    }

    func rangeVariance(stated: Double) -> Double {
        let sigma = max(rangeFactor * stated, Self.rangeLeast)
        return sigma * sigma
    }

    func azimuthVariance(stated: Double) -> Double {
        let sigma = max(azimuthFactor * stated, Self.azimuthLeast)
        return sigma * sigma
    }

    /// Learns from a sure plot: squared innovations over their variances.
    mutating func learn(range: Double, azimuth: Double) {
        rangeFactor = Self.step(rangeFactor, range)
        azimuthFactor = Self.step(azimuthFactor, azimuth)
    }

    private static func step(_ factor: Double, _ surprise: Double) -> Double {
        let changed = factor * Double.exp(gain * (min(cut, surprise) - expected))
        return min(max(changed, factors.lowerBound), factors.upperBound)
    }
}
