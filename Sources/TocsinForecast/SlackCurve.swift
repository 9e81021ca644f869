// Numeric kernel: bare seconds of flight.

/// How likely a disc is first touched, by how much longer the way is than the straight one to its nearest point.
struct SlackCurve {
    /// Seconds of flight straight to the nearest point.
    let from: Double
    /// At ``PassageTable/slacks``; straight lines between.
    private var probabilities: SIMD16<Float>

    init(from: Double, _ probabilities: SIMD16<Float>) {
        self.from = from
        self.probabilities = probabilities
    }

    /// The probability of a first touch by `flown` seconds.
    func probability(by flown: Double) -> Double {
        let slack = flown - from
        guard slack > 0 else { return 0 }
        let (low, share) = PassageTable.place(slack: slack)
        let first = Double(probabilities[low])
        return share > 0 ? first + share * (Double(probabilities[low + 1]) - first) : first
    }

    /// Adds a touch after `flown` seconds.
    mutating func add(_ probability: Double, at flown: Double) {
        let (low, share) = PassageTable.place(slack: flown - from)
        for slack in (low + (share > 0 ? 1 : 0))..<probabilities.scalarCount {
            probabilities[slack] += Float(probability)
        }
    }
}
