internal import TocsinModel

/// What an area's contributions add up to at one moment.
struct Assessment {
    /// 1 - product(1 - P) over the tracks that count.
    private(set) var withinLead = 0.0
    private(set) var withinHorizon = 0.0
    /// The greatest probability of one track within the horizon.
    private(set) var greatest = 0.0
    /// The probability that one of the threats that the warning is about comes within the horizon, given that all of
    /// them are real.
    private(set) var coming = 0.0
    /// The track that adds most to the danger within the lead time, then within the horizon.
    private(set) var strongest: TrackNumber?
    /// Of the first of the threats.
    private(set) var arrival: ArrivalTimes?
    private(set) var tracks: [TrackNumber] = []
    /// Everything that holds the stage is silent.
    private(set) var isSilent = false
    /// Until when the last of the threats is expected; `nil` without one.
    private(set) var expectedUntil: Instant?
    /// Who says so.
    private(set) var corroboration = Corroboration()
    /// The one source without which the sum within the lead time would be below its threshold; `nil`: tracks that are
    /// corroborated by themselves suffice.
    private(set) var leadSource: Corroboration.Source?
    /// The same within the horizon.
    private(set) var horizonSource: Corroboration.Source?
    /// A track that would count, had an operator not dismissed it.
    private(set) var dismissed: TrackNumber?

    init(_ state: AreaState, _ settings: WarningSettings, at now: Instant) {
        let counted = state.contributions.filter { contribution in
            guard let dismissal = state.dismissals.first(where: { $0.track == contribution.track }),
                !dismissal.isOutgrown(by: contribution, settings)
            else { return true }
            if contribution.isWeighty(settings) { dismissed = dismissed ?? contribution.track }
            return false
        }
        withinLead = 1 - counted.reduce(1) { $0 * (1 - $1.withinLead) }
        withinHorizon = 1 - counted.reduce(1) { $0 * (1 - $1.withinHorizon) }
        let strong = counted.max { ($0.withinLead, $0.withinHorizon) < ($1.withinLead, $1.withinHorizon) }
        greatest = counted.reduce(0) { max($0, $1.withinHorizon) }
        strongest = strong?.track
        // Where only the sum is weighty, all of them are what the warning is about.
        let weighty = counted.filter { $0.isWeighty(settings) }
        let about = weighty.isEmpty ? counted : weighty
        tracks = about.map(\.track)
        isSilent = !about.isEmpty && about.allSatisfy { $0.silentUntil != nil }
        arrival = ArrivalTimes(
            ofFirst: about.filter { $0.arrival.latest > now }.map { ($0.arrival, $0.withinHorizon) })
        coming = 1 - about.reduce(1) { $0 * (1 - $1.coming(at: now, settings)) }
        expectedUntil = about.map { contribution in
            contribution.silentUntil
                ?? max(now, contribution.arrival.latest).advanced(bySeconds: settings.expiryMarginSeconds)
        }.max()
        for contribution in about { corroboration.add(contribution.corroboration) }
        leadSource = Self.soleSource(of: counted, threshold: settings.shelterThreshold) { $0.withinLead }
        horizonSource = Self.soleSource(of: counted, threshold: settings.watchThreshold) { $0.withinHorizon }
    }

    /// Tracks do not corroborate each other: a liar's drone is no truer because a radar sees another one.
    private static func soleSource(
        of counted: [Contribution], threshold: Double, _ probability: (Contribution) -> Double
    ) -> Corroboration.Source? {
        func reaches(_ some: [Contribution]) -> Bool {
            1 - some.reduce(1) { $0 * (1 - probability($1)) } >= threshold
        }
        if reaches(counted.filter { $0.corroboration.soleSource == nil }) { return nil }
        let instruments = counted.filter { !$0.corroboration.isCrowdOnly }
        guard reaches(instruments) else { return .crowd }
        return instruments.filter { $0.corroboration.soleSource != nil }
            .max { probability($0) < probability($1) }?.corroboration.soleSource
    }
}
