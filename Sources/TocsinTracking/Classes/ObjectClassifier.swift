internal import RealModule
package import TocsinModel

/// What kind of object a track is: from how it flies, whom it says it is, and what sensors make of it.
///
/// Bayes with independent traits: prior x identity x speed x height x turns x climb x steadiness x sensors. How
/// it flies is summed up in one ``FlightRecord`` and weighed afresh, never accumulated: the same speed
/// seen a hundred times is one piece of evidence. A sensor's own opinion counts at most three times.
package struct ObjectClassifier: Hashable, Sendable, Codable {
    /// What one sensor has said so far.
    private struct Witness: Hashable, Sendable, Codable {
        var sensor: SensorID
        /// Mean logarithm of the likelihoods, by class.
        var logarithms: [Double]
        var count: Double
        var lastAt: Instant
    }

    private var record = FlightRecord()
    private var witnesses: [Witness] = []
    private var identification = Identification.absent
    /// For every class; they add up to 1.
    package private(set) var probabilities: ClassProbabilities

    /// A sensor is asked again after so long, seconds: before, it hears the same sound.
    private static let witnessInterval = 5.0
    /// So often a sensor's opinion may count at most.
    private static let witnessWeight = 3.0
    private static let witnessLimit = 8
    /// The share of a witness's opinion that may be worth nothing.
    private static let witnessDoubt = 0.1

    package init() {
        probabilities = .uniform
        judge()
    }

    /// Takes how the object flies now.
    /// - Returns: Whether the probabilities were worked out anew: on the first sample and then at most every 5 s.
    @discardableResult
    package mutating func observe(_ sample: FlightSample) -> Bool {
        guard sample.speed.isFinite, sample.speedVariance.isFinite, record.note(sample) else { return false }
        judge()
        return true
    }

    /// Takes what a sensor makes of the object's sound or look.
    package mutating func observe(_ evidence: ClassEvidence, from sensor: SensorID, at instant: Instant) {
        let mean = evidence.likelihoods.reduce(0, +) / Double(evidence.likelihoods.count)
        let logarithms = evidence.likelihoods.map { likelihood in
            Double.log((1 - Self.witnessDoubt) * likelihood / mean + Self.witnessDoubt)
        }
        guard let slot = witnesses.firstIndex(where: { $0.sensor == sensor }) else {
            guard witnesses.count < Self.witnessLimit else { return }
            witnesses.append(Witness(sensor: sensor, logarithms: logarithms, count: 1, lastAt: instant))
            return judge()
        }
        guard instant.seconds(since: witnesses[slot].lastAt) >= Self.witnessInterval else { return }
        witnesses[slot].lastAt = instant
        witnesses[slot].count = min(witnesses[slot].count + 1, 12)
        let share = 1 / witnesses[slot].count
        for (index, logarithm) in logarithms.enumerated() {
            witnesses[slot].logarithms[index] += share * (logarithm - witnesses[slot].logarithms[index])
        }
        judge()
    }

    /// Takes whether it says who it is, and is believed.
    package mutating func identify(_ identification: Identification) {
        guard !self.identification.isNearly(identification) else { return }
        self.identification = identification
        judge()
    }

    // MARK: Judging

    private mutating func judge() {
        let logarithms = ObjectClass.allCases.map { Double.log(likelihood(of: $0)) + opinion(of: $0) }
        let greatest = logarithms.max() ?? 0
        let weights = logarithms.map { Double.exp(max($0 - greatest, -50)) }
        let sum = weights.reduce(0, +)
        probabilities = ClassProbabilities(probabilities: weights.map { $0 / sum }) ?? .uniform
    }

    private func opinion(of objectClass: ObjectClass) -> Double {
        witnesses.reduce(0) { $0 + $1.logarithms[objectClass.index] * min($1.count, Self.witnessWeight) }
    }

    private func likelihood(of objectClass: ObjectClass) -> Double {
        let habits = FlightHabits.of(objectClass)
        var result = habits.prior * identityLikelihood(habits)
        guard let speed = record.speedKnown else { return result }
        // 1e-7 per m/s: a speed that no class has says that the track is wrong, not that the class is.
        result *= max(habits.likelihood(ofSpeed: speed.mean, variance: speed.variance), 1e-7)
        if let height = record.heightKnown {
            result *= habits.likelihood(ofHeight: height, speed: speed.mean - speed.variance.squareRoot())
        }
        result *= habits.likelihood(ofTurn: record.turn, sideways: record.sideways)
        result *= habits.likelihood(ofClimb: record.climb)
        if let unsteadiness = record.unsteadiness { result *= habits.likelihood(ofUnsteadiness: unsteadiness) }
        return result
    }

    private func identityLikelihood(_ habits: FlightHabits) -> Double {
        switch identification {
        case .absent: 1 - habits.cooperative
        case .believed: habits.cooperative
        case .doubted(let trust): trust * habits.cooperative + (1 - trust) * (1 - habits.cooperative)
        }
    }
}
