/// What the benchmark judges: from a track to first passages into the discs of areas.
///
/// A forecaster is copied for each raid, so that what it keeps of a track ends with the raid. It is called every 10 s
/// for every track; tracks of one raid come in the order of their numbers.
package protocol RaidForecaster: Sendable {
    /// Adds one row for every area that `track` may reach within the horizon.
    ///
    /// A probability is that of the first touch of the area's disc widened by the danger radius of the class, within
    /// the lead counted from `now`, times the probability that the object still flies. An object that may be inside
    /// already arrives now.
    mutating func forecast(_ track: RaidTrack, at now: Double, into forecasts: inout RaidForecasts)
}

/// The first passages of one track, a row for each area.
package struct RaidForecasts: Sendable {
    /// How many seconds ahead probabilities are wanted; ascending, the last is the horizon.
    package let leads: [Double]
    /// By row: the area's position in the country.
    package private(set) var areas: [Int] = []
    /// By row: seconds from now by which 5 % of the passages within the horizon have happened.
    package private(set) var earliest: [Double] = []
    private var probabilities: [Double] = []

    package init(leads: [Double]) { self.leads = leads }

    package mutating func removeAll() {
        areas.removeAll(keepingCapacity: true)
        earliest.removeAll(keepingCapacity: true)
        probabilities.removeAll(keepingCapacity: true)
    }

    /// - Parameter probabilities: one for each lead, not descending. Areas may come in any order, each once.
    package mutating func append(area: Int, earliest: Double, probabilities: some Collection<Double>) {
        precondition(probabilities.count == leads.count, "one probability for each lead")
        areas.append(area)
        self.earliest.append(earliest)
        self.probabilities.append(contentsOf: probabilities)
    }

    package func probability(row: Int, lead: Int) -> Double { probabilities[row * leads.count + lead] }
}
