internal import TocsinModel

/// What an area's contributions add up to at one moment.
struct Assessment {
    /// 1 - product(1 - P) over the tracks that count.
    private(set) var withinLead = 0.0
    private(set) var withinHorizon = 0.0
    /// The greatest probability of one track within the horizon.
    private(set) var greatest = 0.0
    /// The track that adds most to the danger within the lead time, then within the horizon.
    private(set) var strongest: TrackNumber?
    /// Of the nearest threat.
    private(set) var arrival: ArrivalTimes?
    private(set) var tracks: [TrackNumber] = []
    /// Everything that holds the stage is silent.
    private(set) var isSilent = false
    /// Until when the last of the threats is expected; `nil` without one.
    private(set) var expectedUntil: Instant?
    /// Who says so.
    private(set) var corroboration = Corroboration()
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
        arrival = about.map(\.arrival).filter { $0.latest > now }.min { $0.earliest < $1.earliest }
        expectedUntil = about.map { contribution in
            contribution.silentUntil
                ?? max(now, contribution.arrival.latest).advanced(bySeconds: settings.expiryMarginSeconds)
        }.max()
        for contribution in about { corroboration.add(contribution.corroboration) }
    }
}
