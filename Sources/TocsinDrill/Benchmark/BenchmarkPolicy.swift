/// A way to warn that the benchmark compares.
package enum BenchmarkPolicy: Hashable, Sendable, Codable {
    /// P0: whole regions.
    case regions
    /// P1: the same with squares.
    case squares(sideMeters: Double)
    /// P2: what lies within a half angle of the heading and in reach; 180 degrees is the pure reach set.
    case reach(halfAngleDegrees: Double, marginSeconds: Double)
    /// P3: the probability of arrival within the lead passes a threshold. Cruise missiles, which endanger more people
    /// at each arrival, may count with a multiple of their probability.
    case forecast(threshold: Double, marginSeconds: Double, holdSeconds: Double, missileWeight: Double = 1)
    /// P4: the true routes, from the first sensing on.
    case routesKnown
    /// Everybody, always.
    case always
    case never

    /// As the tables have it.
    package var name: String {
        switch self {
        case .regions: "P0 regions"
        case .squares(let side): "P1 squares of \(Int(side / 1_000)) km"
        case .reach(let angle, let margin):
            angle >= 180
                ? "P2 all-round reach, m \(Int(margin))" : "P2 within \(Int(angle)) degrees, m \(Int(margin))"
        case .forecast(let threshold, let margin, let hold, let weight):
            "P3 p* \((threshold * 1e6).rounded() / 1e4) %, m \(Int(margin)), hold \(Int(hold))"
                + (weight == 1 ? "" : ", missiles x \(Int(weight))")
        case .routesKnown: "P4 routes known"
        case .always: "always"
        case .never: "never"
        }
    }

    /// Seconds that are added to seconds to shelter and delivery; `nil` where there are none.
    var marginSeconds: Double? {
        switch self {
        case .reach(_, let margin), .forecast(_, let margin, _, _): margin
        case .regions, .squares, .routesKnown, .always, .never: nil
        }
    }

    /// 1 for what is no forecast.
    var missileWeight: Double {
        if case .forecast(_, _, _, let weight) = self { weight } else { 1 }
    }

    package var isForecast: Bool {
        if case .forecast = self { true } else { false }
    }

    /// Whether its alarms depend on the seconds to shelter.
    var dependsOnShelter: Bool {
        switch self {
        case .reach, .forecast, .routesKnown: true
        case .regions, .squares, .always, .never: false
        }
    }

    /// The rows of the benchmark's definition that need no forecast. The first is what all others are compared with.
    package static let compared: [BenchmarkPolicy] = [
        .regions, .squares(sideMeters: 66_000), .squares(sideMeters: 30_000),
        .reach(halfAngleDegrees: 0, marginSeconds: 5), .reach(halfAngleDegrees: 5, marginSeconds: 5),
        .reach(halfAngleDegrees: 15, marginSeconds: 15),
        .reach(halfAngleDegrees: 45, marginSeconds: 35), .reach(halfAngleDegrees: 90, marginSeconds: 35),
        .reach(halfAngleDegrees: 180, marginSeconds: 5), .reach(halfAngleDegrees: 180, marginSeconds: 35),
        .reach(halfAngleDegrees: 180, marginSeconds: 65), .routesKnown, .always, .never,
    ]

    /// Thresholds from one in two to one in ten thousand, for the curve of hits against alarm.
    package static let curve: [BenchmarkPolicy] = [(10.0, 20.0), (35, 60)].flatMap { margin, hold in
        [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.003, 0.002, 0.001_5, 0.001, 0.000_7, 0.000_5, 0.000_3, 0.000_1].map {
            BenchmarkPolicy.forecast(threshold: $0, marginSeconds: margin, holdSeconds: hold)
        }
    }

    /// The operating points: chosen on raids of ``BenchmarkSeeds/fitting(_:)`` and then frozen. First the one for
    /// people who are 90 s from shelter, then the one for 420 s; both must lose nothing against whole regions.
    package static let operating: [BenchmarkPolicy] = [
        .forecast(threshold: 0.000_3, marginSeconds: 10, holdSeconds: 10, missileWeight: 10),
        .forecast(threshold: 0.001_5, marginSeconds: 5, holdSeconds: 40, missileWeight: 6),
    ]

    /// Where less alarm is worth some misses.
    package static let sparing = BenchmarkPolicy.forecast(threshold: 0.004_5, marginSeconds: 10, holdSeconds: 20)

    package static func operating(secondsToShelter: Double) -> BenchmarkPolicy {
        secondsToShelter < 200 ? operating[0] : operating[1]
    }

    /// What ``operating`` is chosen among.
    package static let candidates: [BenchmarkPolicy] =
        [0.000_2, 0.000_3, 0.000_4, 0.000_5].map {
            BenchmarkPolicy.forecast(threshold: $0, marginSeconds: 10, holdSeconds: 10, missileWeight: 10)
        }
        + [0.0, 5].flatMap { margin in
            [40.0, 60].flatMap { hold in
                [0.001_2, 0.001_4, 0.001_5, 0.001_6, 0.001_8].map {
                    BenchmarkPolicy.forecast(
                        threshold: $0, marginSeconds: margin, holdSeconds: hold, missileWeight: 6)
                }
            }
        }
}

/// One full run of the score: how long people need to reach shelter, by area. Runs are reported apart.
package struct ShelterRun: Hashable, Sendable {
    package var name: String
    package var secondsToShelter: [Double]

    package init(name: String, secondsToShelter: [Double]) {
        self.name = name
        self.secondsToShelter = secondsToShelter
    }

    /// The two runs of the benchmark: an indoor safe place (90 s) and a walk of 500 m (420 s) everywhere.
    package static func standard(areaCount: Int) -> [ShelterRun] {
        [90.0, 420.0].map {
            ShelterRun(name: "S = \(Int($0)) s", secondsToShelter: Array(repeating: $0, count: areaCount))
        }
    }

    /// By area: the time within which its people must be told.
    func leads(marginSeconds: Double) -> [Double] {
        secondsToShelter.map { $0 + ScoreRules.deliverySeconds + marginSeconds }
    }
}
