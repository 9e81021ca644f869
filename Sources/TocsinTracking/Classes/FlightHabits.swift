internal import RealModule
internal import TocsinModel

/// How objects of one class fly. Meters, seconds, radians, in the order of the table in `all`.
///
/// PHYSICS: found in the project's table of physical defaults with its sources (the attack drone's 33 to 53 m/s
/// is published, the cruise missile's 190 to 270 m/s and 30 to 100 m, and all turn rates, are assumptions
/// there). Everything else is an assumption of ours.
struct FlightHabits {
    /// A normal share of the speeds.
    struct SpeedShare {
        var mean: Double
        var sigma: Double
        var share: Double
    }

    var speeds: [SpeedShare]
    /// The height above the ellipsoid over which the class thins out, and how fast; `nil`: none. The ground may
    /// be 2,000 m high.
    var ceiling: (height: Double, width: Double)?
    /// How fast it can fly near the ground, and how much faster per meter of height; `nil`: no such limit.
    var speedLimit: (atGround: Double, perMeter: Double)?
    /// The turn rate that it does not pass, radians per second.
    var turnLimit: Double
    /// The sideways acceleration that it does not pass, m/s^2.
    var sidewaysLimit: Double
    /// The rates of climb that it does not pass, m/s.
    var climbLimit: Double
    /// By how much of itself its speed varies within two minutes, about.
    var unsteadiness: Double
    /// How likely it identifies itself. Threats do not; one that pretends to is the business of
    /// ``TransponderTrust``.
    var cooperative: Double
    /// How often one comes, seen from a place that has reason to watch.
    var prior: Double

    private static let degree = Double.pi / 180

    static func of(_ objectClass: ObjectClass) -> FlightHabits { all[objectClass.index] }

    private static let all = ObjectClass.allCases.map { objectClass in
        switch objectClass {
        case .attackDrone: attackDrone
        case .cruiseMissile: cruiseMissile
        case .ballisticMissile: ballisticMissile
        case .aircraft: aircraft
        case .helicopter: helicopter
        case .bird: bird
        case .smallDrone: smallDrone
        }
    }

    /// PHYSICS: 33 to 53 m/s, 4 degrees per second; one was reported at 4,900 m. The wide share is for kinds
    /// with a jet engine and for wind.
    private static let attackDrone = FlightHabits(
        speeds: [
            SpeedShare(mean: 48, sigma: 8, share: 0.85), SpeedShare(mean: 75, sigma: 30, share: 0.15),
        ],
        ceiling: (5_200, 250), speedLimit: nil, turnLimit: 5 * degree, sidewaysLimit: 8, climbLimit: 15,
        unsteadiness: 0.06, cooperative: 1e-6, prior: 0.2)

    /// PHYSICS: 190 to 270 m/s, 3 degrees per second, 30 to 100 m above ground.
    private static let cruiseMissile = FlightHabits(
        speeds: [
            SpeedShare(mean: 232, sigma: 28, share: 0.85), SpeedShare(mean: 230, sigma: 80, share: 0.15),
        ],
        ceiling: (2_500, 250), speedLimit: nil, turnLimit: 4 * degree, sidewaysLimit: 25, climbLimit: 60,
        unsteadiness: 0.05, cooperative: 1e-6, prior: 0.15)

    private static let ballisticMissile = FlightHabits(
        speeds: [SpeedShare(mean: 1_300, sigma: 450, share: 1)], ceiling: nil, speedLimit: nil,
        turnLimit: 3 * degree, sidewaysLimit: 60, climbLimit: 3_000, unsteadiness: 0.2, cooperative: 1e-6,
        prior: 0.05)

    /// Light aircraft, turboprops and airliners, who fly at most 130 m/s indicated below 3,000 m (250 knots below
    /// flight level 100, ICAO Annex 11 appendix 4) and 25 to 30 degrees of bank; a little room for jets that
    /// may do more.
    private static let aircraft = FlightHabits(
        speeds: [
            SpeedShare(mean: 58, sigma: 15, share: 0.2), SpeedShare(mean: 125, sigma: 35, share: 0.3),
            SpeedShare(mean: 222, sigma: 28, share: 0.45), SpeedShare(mean: 300, sigma: 120, share: 0.05),
        ],
        ceiling: nil, speedLimit: (140, 0.014), turnLimit: 5 * degree, sidewaysLimit: 7, climbLimit: 30,
        unsteadiness: 0.1, cooperative: 0.95, prior: 0.35)

    private static let helicopter = FlightHabits(
        speeds: [SpeedShare(mean: 55, sigma: 18, share: 0.9), SpeedShare(mean: 10, sigma: 12, share: 0.1)],
        ceiling: (5_000, 300), speedLimit: nil, turnLimit: 10 * degree, sidewaysLimit: 7, climbLimit: 15,
        unsteadiness: 0.2, cooperative: 0.7, prior: 0.08)

    private static let bird = FlightHabits(
        speeds: [SpeedShare(mean: 14, sigma: 5, share: 1)], ceiling: (4_000, 400), speedLimit: nil,
        turnLimit: 60 * degree, sidewaysLimit: 10, climbLimit: 8, unsteadiness: 0.3, cooperative: 1e-6,
        prior: 0.1)

    private static let smallDrone = FlightHabits(
        speeds: [SpeedShare(mean: 12, sigma: 7, share: 1)], ceiling: (3_500, 400), speedLimit: nil,
        turnLimit: 90 * degree, sidewaysLimit: 10, climbLimit: 12, unsteadiness: 0.4, cooperative: 0.3,
        prior: 0.07)

    // MARK: Likelihoods

    /// No single trait excludes a class: there are kinds and days that the table does not know.
    private static let traitFloor = 2e-3

    /// The density of a mean speed, m/s, known to a variance.
    func likelihood(ofSpeed speed: Double, variance: Double) -> Double {
        speeds.reduce(0) { sum, share in
            let total = share.sigma * share.sigma + variance
            let miss = speed - share.mean
            return sum + share.share * Double.exp(-0.5 * miss * miss / total) / total.squareRoot()
        }
    }

    /// How well a height above the ellipsoid suits, and a speed at that height. 1: entirely.
    func likelihood(ofHeight height: Double, speed: Double) -> Double {
        let byCeiling = ceiling.map { Self.below($0.height, height, width: $0.width) } ?? 1
        let bySpeed = speedLimit.map { Self.below($0.atGround + $0.perMeter * max(0, height), speed, width: 8) } ?? 1
        return max(byCeiling, Self.traitFloor) * max(bySpeed, Self.traitFloor)
    }

    /// How well the sharpest turn suits; the values are those surely passed, 0 if none.
    func likelihood(ofTurn rate: Double, sideways: Double) -> Double {
        let byRate = Self.below(turnLimit, rate, width: turnLimit / 12)
        return max(byRate * Self.below(sidewaysLimit, sideways, width: sidewaysLimit / 12), 0.02)
    }

    /// How well the steepest climb or descent suits.
    func likelihood(ofClimb rate: Double) -> Double {
        max(Self.below(climbLimit, rate, width: climbLimit / 8), 0.05)
    }

    /// How well the relative variation of the speed suits: a log-normal of half a decade, with doubt.
    func likelihood(ofUnsteadiness variation: Double) -> Double {
        let miss = Double.log(max(variation, 0.02) / unsteadiness) / 1.15
        return 0.3 + 0.7 * Double.exp(-0.5 * miss * miss)
    }

    /// Near 1 below the limit, near 0 above.
    private static func below(_ limit: Double, _ value: Double, width: Double) -> Double {
        1 / (1 + Double.exp(min(50, (value - limit) / width)))
    }
}
