/// A night in figures.
package struct NightTotals: Hashable, Sendable {
    package var areas: Int
    /// Times that people of an area were told to take shelter.
    package var alarms: Int
    package var areasAlarmed: Int
    package var areasOnlyWatched: Int
    package var personHours: Double
    /// In areas near which nothing was followed and, by the truth where it is known, nothing came down.
    package var needlessPersonHours: Double
    package var areasAlarmedForNothing: Int
    /// In areas near which something was followed that, by the truth, came down elsewhere. The drill's score counts
    /// these as needless too.
    package var flownOverPersonHours: Double
    package var areasFlownOver: Int
    /// Threats that came near an area's people, counted once an area.
    package var comings: Int
    package var comingsInTime: Int
    package var comingsUnwarned: Int
    /// The share of arrivals warned in time, as the drill's score counts: every arrival counts 1, spread over its
    /// exposed people; `nil` without truth or arrivals.
    package var arrivalsInTime: Double?
    /// The same over arrivals that were sensed early enough to be warned of at all.
    package var warnableArrivalsInTime: Double?

    package init(_ report: NightReport) {
        let nights = report.nights
        let comings = nights.flatMap(\.comings)
        let needless = nights.filter { $0.verdict == .alarmedForNothing }
        let flownOver = nights.filter { $0.verdict == .flownOver }
        areas = report.areas.count
        alarms = nights.reduce(0) { $0 + $1.alarms.count }
        areasAlarmed = nights.count { !$0.alarms.isEmpty }
        areasOnlyWatched = nights.count { $0.alarms.isEmpty && !$0.spans.isEmpty }
        personHours = nights.reduce(0) { $0 + $1.personHours }
        needlessPersonHours = needless.reduce(0) { $0 + $1.personHours }
        areasAlarmedForNothing = needless.count
        flownOverPersonHours = flownOver.reduce(0) { $0 + $1.personHours }
        areasFlownOver = flownOver.count
        self.comings = comings.count
        comingsInTime = comings.count(where: \.isInTime)
        comingsUnwarned = comings.count { $0.warnedSeconds == nil }
        arrivalsInTime = Self.share(of: nights) { _ in true }
        warnableArrivalsInTime = Self.share(of: nights) { !$0.isSensedTooLate }
    }

    private static func share(
        of nights: [AreaNight], counting counts: (NightTruth.Arrival) -> Bool
    ) -> Double? {
        var exposed: [Int: Double] = [:]
        var warned: [Int: Double] = [:]
        for night in nights {
            for (arrival, coming) in zip(night.arrivals ?? [], night.comings) where counts(arrival) {
                exposed[arrival.object, default: 0] += arrival.people
                if coming.isInTime { warned[arrival.object, default: 0] += arrival.people }
            }
        }
        let shares = exposed.keys.sorted().compactMap { object -> Double? in
            guard let all = exposed[object], all > 0 else { return nil }
            return (warned[object] ?? 0) / all
        }
        return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    }
}
