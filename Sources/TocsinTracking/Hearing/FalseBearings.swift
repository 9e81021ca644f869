internal import RealModule

/// How many bearings of a look no object causes; what was learnt is forgotten within a minute.
struct FalseBearings: Hashable, Sendable, Codable {
    var looks = 0.0
    var count = 0.0
    private(set) var perLook = Self.prior

    /// The prior, and the looks for which it stands.
    private static let prior = 0.15
    private static let priorLooks = 120.0
    private static let least = 0.005

    mutating func forget(over seconds: Double) {
        let share = Double.exp(-0.03 * seconds)
        looks *= share
        count *= share
    }

    mutating func learn() {
        perLook = max(Self.least, (count + Self.priorLooks * Self.prior) / (looks + Self.priorLooks))
    }
}
