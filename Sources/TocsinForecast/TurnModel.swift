internal import RealModule

/// How the objects of one class turn, come back, end, and wander while they fly straight: the habits that a forecast
/// draws on. `tocsin drill --fit` fits it to flights.
public struct TurnModel: Hashable, Sendable, Codable {
    /// By how far the course lies off the bearing from where the object was first sensed, in the bins of
    /// ``deviationEdges``: who has turned aside turns back.
    public var habits: [Habit]
    /// How fast it turns. Degrees per second.
    public var turnRate: Double
    /// The radius of circles, as seconds of flight.
    public var circleSeconds: Double
    /// The mean number of rounds of a circle.
    public var circleRounds: Double
    /// Ends of flights (on the ground, or out of the country) per second of flight.
    public var endRate: Double
    /// Coming back to a place after flying over it: how often that begins, per second of the flight after it.
    public var returnRate: Double
    /// Nothing begins to come back later than this after. Seconds.
    public var returnSeconds: Double
    /// Places beside the way: the rate falls by e with this gap, in seconds of flight.
    public var returnWidthSeconds: Double
    /// Standard deviation of the heading around that of the leg, a first-order autoregression. Degrees.
    public var headingNoise: Double
    /// Its time constant. Seconds.
    public var headingNoiseSeconds: Double
    /// The share that still flies of those that are silent for so long, at ``silenceEdges``.
    public var survival: [Double]

    /// What comes next.
    public struct Habit: Hashable, Sendable, Codable {
        /// Turns per second of flight.
        public var hazard: Double
        /// The share of turns that are circles: whole rounds before going on.
        public var circleShare: Double
        /// The shares of the other turns by angle, in ``TurnModel/angleBins`` equal bins from -180 to 180 degrees.
        /// Positive turns lead farther away from the bearing since the beginning. They add up to 1.
        public var angles: [Double]

        public init(hazard: Double, circleShare: Double, angles: [Double]) {
            self.hazard = hazard
            self.circleShare = circleShare
            self.angles = angles
        }
    }

    /// Where the bins of ``habits`` begin. Degrees.
    public static let deviationEdges = [0.0, 7, 20, 40, 65, 100]
    /// Bins of 15 degrees.
    public static let angleBins = 24
    /// Where the values of ``survival`` stand; straight lines between. Seconds of silence.
    public static let silenceEdges = [5.0, 7, 12, 20, 30, 45, 60, 90, 120, 180, 240, 300, 400, 500, 600]

    public init(
        habits: [Habit], turnRate: Double, circleSeconds: Double, circleRounds: Double, endRate: Double,
        returnRate: Double, returnSeconds: Double, returnWidthSeconds: Double, headingNoise: Double,
        headingNoiseSeconds: Double, survival: [Double]
    ) {
        self.habits = habits
        self.turnRate = turnRate
        self.circleSeconds = circleSeconds
        self.circleRounds = circleRounds
        self.endRate = endRate
        self.returnRate = returnRate
        self.returnSeconds = returnSeconds
        self.returnWidthSeconds = returnWidthSeconds
        self.headingNoise = headingNoise
        self.headingNoiseSeconds = headingNoiseSeconds
        self.survival = survival
    }

    /// The radius of a turn as seconds of flight: the time for one radian.
    var turnSeconds: Double { 180 / .pi / turnRate }

    /// The bin of a deviation in radians, of either sign.
    func bin(deviation: Double) -> Int {
        let degrees = abs(deviation) * 180 / .pi
        return Self.deviationEdges.lastIndex { $0 <= degrees } ?? 0
    }

    /// Turns per second of flight.
    func hazard(deviation: Double) -> Double { habits[bin(deviation: deviation)].hazard }

    /// The variance of the way across that the heading's noise makes in so many seconds. Square meters.
    func wander(_ speed: Double, over seconds: Double) -> Double {
        let noise = speed * headingNoise * .pi / 180
        let constant = headingNoiseSeconds
        return noise * noise * 2 * constant * (seconds - constant * (1 - Double.exp(-seconds / constant)))
    }

    /// The share of objects that still fly after a silence in seconds. Beyond the fit it falls by e every 100 s
    /// (assumption).
    package func surviving(silence: Double) -> Double {
        let last = Self.silenceEdges[Self.silenceEdges.count - 1]
        if silence > last { return survival[survival.count - 1] * Double.exp((last - silence) / 100) }
        let (low, share) = PassageTable.place(silence, in: Self.silenceEdges)
        return share > 0 ? survival[low] + share * (survival[low + 1] - survival[low]) : survival[low]
    }
}

extension TurnModel {
    /// - Throws: `DecodingError` for lists of another length than this version's bins, or numbers that are no rates or
    ///   shares.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Double { try container.decode(Double.self, forKey: key) }
        self.init(
            habits: try container.decode([Habit].self, forKey: .habits), turnRate: try number(.turnRate),
            circleSeconds: try number(.circleSeconds), circleRounds: try number(.circleRounds),
            endRate: try number(.endRate), returnRate: try number(.returnRate),
            returnSeconds: try number(.returnSeconds), returnWidthSeconds: try number(.returnWidthSeconds),
            headingNoise: try number(.headingNoise), headingNoiseSeconds: try number(.headingNoiseSeconds),
            survival: try container.decode([Double].self, forKey: .survival))
        if let problem {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: problem))
        }
    }

    private var problem: String? {
        if habits.count != Self.deviationEdges.count { return "habits must be \(Self.deviationEdges.count)" }
        if habits.contains(where: { $0.angles.count != Self.angleBins }) { return "angles must be \(Self.angleBins)" }
        if survival.count != Self.silenceEdges.count { return "survival must be \(Self.silenceEdges.count)" }
        let shares = habits.flatMap(\.angles) + habits.map(\.circleShare) + survival
        if !shares.allSatisfy({ (0...1).contains($0) }) { return "shares must be from 0 to 1" }
        let rates = habits.map(\.hazard) + [endRate, returnRate, returnSeconds, headingNoise]
        if !rates.allSatisfy({ $0 >= 0 && $0.isFinite }) { return "rates must be 0 or more" }
        let positive = [turnRate, circleSeconds, circleRounds, returnWidthSeconds, headingNoiseSeconds]
        if !positive.allSatisfy({ $0 > 0 && $0.isFinite }) { return "times and turnRate must be above 0" }
        return nil
    }
}
