/// What kind of object a track may be.
public enum ObjectClass: String, Hashable, Sendable, Codable, CaseIterable {
    case attackDrone, cruiseMissile, ballisticMissile, aircraft, helicopter, bird, smallDrone

    /// Whether people on the ground are to be warned of it.
    public var isThreat: Bool {
        switch self {
        case .attackDrone, .cruiseMissile, .ballisticMissile: true
        case .aircraft, .helicopter, .bird, .smallDrone: false
        }
    }
}

/// How likely the sensor's observation is, given each class. Relative: only ratios matter.
public struct ClassEvidence: Hashable, Sendable, Codable {
    /// One non-negative number per class, in the order of `ObjectClass.allCases`; at least one is positive.
    public private(set) var likelihoods: [Double]

    /// - Returns: `nil` unless there is one finite non-negative number per class and one of them is positive.
    public init?(likelihoods: [Double]) {
        guard likelihoods.count == ObjectClass.allCases.count,
            likelihoods.allSatisfy({ $0 >= 0 && $0.isFinite }), likelihoods.contains(where: { $0 > 0 })
        else { return nil }
        self.likelihoods = likelihoods
    }
}

/// A probability for each class; they add up to 1.
public struct ClassProbabilities: Hashable, Sendable, Codable {
    private var values: [Double]

    /// Every class equally likely.
    public static let uniform = ClassProbabilities(
        values: Array(repeating: 1 / Double(ObjectClass.allCases.count), count: ObjectClass.allCases.count))

    private init(values: [Double]) { self.values = values }

    /// Probabilities as they were read from a record, taken unchanged.
    ///
    /// - Returns: `nil` unless there is one number per class, in the order of `ObjectClass.allCases`.
    public init?(probabilities: [Double]) {
        guard probabilities.count == ObjectClass.allCases.count else { return nil }
        values = probabilities
    }

    public subscript(_ objectClass: ObjectClass) -> Double { values[objectClass.index] }

    /// The probability that the object is one to warn of.
    public var threat: Double {
        ObjectClass.allCases.reduce(0) { $0 + ($1.isThreat ? self[$1] : 0) }
    }

    /// The likeliest class; of equals, the first in the order of declaration.
    public var likeliest: ObjectClass {
        ObjectClass.allCases.reduce(.attackDrone) { self[$1] > self[$0] ? $1 : $0 }
    }

    /// Bayes' rule with the evidence's likelihoods mixed with `doubt` (0 ... 1) of a uniform one, so that no
    /// single sensor can rule a class out for good.
    public mutating func update(with evidence: ClassEvidence, doubt: Double) {
        let mean = evidence.likelihoods.reduce(0, +) / Double(evidence.likelihoods.count)
        for index in values.indices {
            values[index] *= (1 - doubt) * evidence.likelihoods[index] + doubt * mean
        }
        let sum = values.reduce(0, +)
        for index in values.indices { values[index] /= sum }
    }
}

extension ObjectClass {
    /// The position in `allCases`.
    public var index: Int {
        switch self {
        case .attackDrone: 0
        case .cruiseMissile: 1
        case .ballisticMissile: 2
        case .aircraft: 3
        case .helicopter: 4
        case .bird: 5
        case .smallDrone: 6
        }
    }
}
