internal import TocsinModel

/// What one track adds to the danger of one area.
struct Contribution: Hashable, Sendable, Codable {
    var track: TrackNumber
    /// 0 ... 1; while the track is silent, the greatest since it was last observed.
    var withinLead: Double
    var withinHorizon: Double
    /// The probability of an arrival within the horizon, given that the object exists and is a threat. 0 ... 1.
    var withinHorizonIfReal: Double
    var arrival: ArrivalTimes
    /// When the track was last sensed.
    var lastReportAt: Instant
    /// Until when a silent track is expected; `nil` while it is observed.
    var silentUntil: Instant?
    var corroboration: Corroboration

    init(_ forecast: Forecast, of track: Track, corroboration: Corroboration) {
        self.track = track.number
        withinLead = forecast.probabilityWithinLead
        withinHorizon = forecast.probabilityWithinHorizon
        let threat = track.existence * track.classes.threat
        withinHorizonIfReal = threat > 0 ? min(1, forecast.probabilityWithinHorizon / threat) : 1
        arrival = ArrivalTimes(earliest: forecast.earliest, likely: forecast.likely, latest: forecast.latest)
        lastReportAt = track.lastReportAt
        self.corroboration = corroboration
    }

    /// Whether it alone would hold a stage.
    func isWeighty(_ settings: WarningSettings) -> Bool {
        withinLead >= settings.shelterThreshold * settings.releaseShare
            || withinHorizon >= settings.watchThreshold * settings.releaseShare
    }

    /// The probability that it comes rather than passes; 1 while it is too far off to tell, since an arrival beyond
    /// the horizon looks like none.
    func coming(at now: Instant, _ settings: WarningSettings) -> Double {
        arrival.likely.seconds(since: now) > settings.courseToldWithinSeconds ? 1 : withinHorizonIfReal
    }

    /// Whether it is worth keeping: a twentieth of a threshold; below, even a score of them raises nothing.
    static func isKept(_ forecast: Forecast, _ settings: WarningSettings) -> Bool {
        forecast.probabilityWithinLead >= settings.shelterThreshold / 20
            || forecast.probabilityWithinHorizon >= settings.watchThreshold / 20
    }

    /// This contribution, with at least the probabilities of an older one.
    func noLess(than old: Contribution) -> Contribution {
        var kept = self
        kept.withinLead = max(withinLead, old.withinLead)
        kept.withinHorizon = max(withinHorizon, old.withinHorizon)
        kept.withinHorizonIfReal = max(withinHorizonIfReal, old.withinHorizonIfReal)
        return kept
    }

    /// The track fell silent, or still is: what it threatened remains, until its latest arrival and a margin.
    ///
    /// - Parameters:
    ///   - renewed: What the track is forecast to do now; only a weighty forecast moves the end.
    ///   - stated: The expiry that people were told; a silent threat does not leave before it.
    mutating func fallSilent(renewed: Contribution?, stated: Instant?, _ settings: WarningSettings) {
        let bound = lastReportAt.advanced(bySeconds: settings.silenceMaximumSeconds)
        if let renewed {
            if renewed.isWeighty(settings) { arrival = renewed.arrival }
            withinLead = max(withinLead, renewed.withinLead)
            withinHorizon = max(withinHorizon, renewed.withinHorizon)
            withinHorizonIfReal = max(withinHorizonIfReal, renewed.withinHorizonIfReal)
        }
        if silentUntil == nil || renewed?.isWeighty(settings) == true {
            let expected = arrival.latest.advanced(bySeconds: settings.silenceMarginSeconds)
            silentUntil = max(silentUntil ?? expected, min(bound, expected))
            if let stated { silentUntil = silentUntil.map { max($0, stated) } }
        }
    }
}

/// A track that an operator judged to be no danger for an area.
struct Dismissal: Hashable, Sendable, Codable {
    var track: TrackNumber
    var until: Instant
    /// What it contributed then.
    var withinLead: Double

    /// Whether the danger has grown enough to set the judgement aside.
    func isOutgrown(by contribution: Contribution, _ settings: WarningSettings) -> Bool {
        let base = max(withinLead, settings.shelterThreshold)
        let bound = min(base * settings.operatorRiseFactor, withinLead + settings.operatorRiseStep)
        return contribution.withinLead >= bound
    }
}
