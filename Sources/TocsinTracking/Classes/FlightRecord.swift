internal import RealModule
package import TocsinModel

/// How an object flies at one moment, as its track says.
package struct FlightSample: Hashable, Sendable, Codable {
    package var at: Instant
    /// Over ground, m/s: the length of the velocity, and the variance of each of its axes.
    package var speed: Double
    package var speedVariance: Double
    /// Radians per second, either sign; `nil`: not known. With its variance.
    package var turnRate: Double?
    package var turnRateVariance: Double
    /// Above the ellipsoid, meters; `nil`: not measured.
    package var height: Double?
    /// m/s, positive upwards; `nil`: not measured.
    package var climbRate: Double?

    package init(
        at: Instant, speed: Double, speedVariance: Double, turnRate: Double?, turnRateVariance: Double,
        height: Double?, climbRate: Double?
    ) {
        self.at = at
        self.speed = speed
        self.speedVariance = speedVariance
        self.turnRate = turnRate
        self.turnRateVariance = turnRateVariance
        self.height = height
        self.climbRate = climbRate
    }
}

/// What the flight of one object so far amounts to: each trait once, however often it was seen.
///
/// Samples are gathered into intervals of several seconds, because a filter's estimates of one second are
/// hardly news after those of the second before; intervals are forgotten over two minutes, since an airliner
/// that climbs away flies differently from the one that took off.
struct FlightRecord: Hashable, Sendable, Codable {
    /// Sums over the present interval.
    private struct Interval: Hashable, Sendable, Codable {
        var startedAt: Instant
        var count = 0.0
        /// Of the squared speeds.
        var speedSquared = 0.0
        var speedVariance = 0.0
        var turn = 0.0
        var turnVariance = 0.0
        var turnCount = 0.0
        var height = 0.0
        var heightCount = 0.0
        var climb = 0.0
        var climbCount = 0.0

        /// The length of an uncertain velocity is too long: its mean square is the speed's plus two variances, one
        /// per axis (Rice 1945). At least three tenths of what was seen, in case the variance is overstated.
        var meanSpeed: Double {
            let square = speedSquared / count
            return max(square - 2 * speedVariance / count, 0.09 * square).squareRoot()
        }
    }

    private var interval: Interval?
    /// Complete intervals, less what is forgotten; at most ``memory``.
    private(set) var weight = 0.0
    private(set) var speed = 0.0
    /// Sum of squared deviations of interval speeds.
    private var speedSpread = 0.0
    /// Mean variance of an interval's speed.
    private var speedNoise = 0.0
    /// `nil`: never measured.
    private(set) var height: Double?
    /// The sharpest turn surely seen: rate in radians per second and sideways acceleration in m/s^2.
    private(set) var turn = 0.0
    private(set) var sideways = 0.0
    /// The steepest climb or descent over an interval, m/s.
    private(set) var climb = 0.0

    /// Seconds of an interval.
    static let intervalSeconds = 5.0
    /// Intervals: two minutes.
    private static let memory = 24.0

    /// - Returns: Whether there is news: the first sample, or an interval that is complete.
    mutating func note(_ sample: FlightSample) -> Bool {
        let isFirst = interval == nil
        let isComplete = interval.map { sample.at.seconds(since: $0.startedAt) >= Self.intervalSeconds } ?? false
        if isComplete { conclude() }
        var current = interval ?? Interval(startedAt: sample.at)
        current.count += 1
        current.speedSquared += sample.speed * sample.speed
        current.speedVariance += sample.speedVariance
        if let turn = sample.turnRate {
            current.turn += turn
            current.turnVariance += sample.turnRateVariance
            current.turnCount += 1
        }
        if let height = sample.height {
            current.height += height
            current.heightCount += 1
        }
        if let climb = sample.climbRate {
            current.climb += climb
            current.climbCount += 1
        }
        interval = current
        return isFirst || isComplete
    }

    private mutating func conclude() {
        guard let done = interval else { return }
        interval = nil
        weight = min(weight, Self.memory - 1) + 1
        let mean = done.meanSpeed
        let miss = mean - speed
        speedSpread = speedSpread * (1 - 1 / Self.memory) + (weight > 1 ? miss * miss * (1 - 1 / weight) : 0)
        speed += miss / weight
        // Estimates within an interval share their errors: their mean is no better than one of them.
        speedNoise += (done.speedVariance / done.count - speedNoise) / weight
        if done.heightCount > 0 {
            let mean = done.height / done.heightCount
            height = height.map { $0 + (mean - $0) / min(weight, 4) } ?? mean
        }
        if done.turnCount > 0 { noteTurn(of: done, speed: mean) }
        if done.climbCount > 0 { climb = max(climb * 0.98, abs(done.climb / done.climbCount)) }
    }

    /// Two standard deviations of what was seen are taken off: only the sure part counts.
    private mutating func noteTurn(of done: Interval, speed: Double) {
        let sigma = (done.turnVariance / done.turnCount).squareRoot()
        let sure = max(0, abs(done.turn / done.turnCount) - 2 * sigma)
        turn = max(turn * 0.98, sure)
        sideways = max(sideways * 0.98, sure * speed)
    }

    /// The speed as known now with its variance: of the complete intervals, or of the first samples.
    var speedKnown: (mean: Double, variance: Double)? {
        if weight > 0 { return (speed, speedNoise / min(weight, 4)) }
        return interval.map { ($0.meanSpeed, $0.speedVariance / $0.count) }
    }

    /// The height as known now; `nil`: not measured.
    var heightKnown: Double? {
        height ?? interval.flatMap { $0.heightCount > 0 ? $0.height / $0.heightCount : nil }
    }

    /// The relative variation of the speed beyond the noise; `nil` before six intervals.
    var unsteadiness: Double? {
        guard weight >= 6, speed > 1 else { return nil }
        return max(0, speedSpread / (weight - 1) - speedNoise).squareRoot() / speed
    }
}
