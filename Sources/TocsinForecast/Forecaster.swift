internal import RealModule
public import TocsinModel

/// Forecasts first passages of one track into the areas by deterministic quasi-random particles.
///
/// The future of a track is a distribution, not a ray: every particle is one way it may go on, drawn from the track's
/// covariance, its class probabilities and the class's motion. A passage is the first touch of an area's outline
/// widened by the danger radius of the class.
public struct Forecaster: Sendable {
    private let settings: ForecastSettings
    private let areas: [Area]
    private let index: AreaIndex?

    /// Areas without vertices can't be reached. The index over the areas is built here, and again after decoding.
    public init(settings: ForecastSettings, areas: [Area]) {
        self.settings = settings
        self.areas = areas
        let radius = max(
            settings.attackDrone.dangerRadiusMeters, settings.cruiseMissile.dangerRadiusMeters,
            settings.ballisticMissile.dangerRadiusMeters)
        index = AreaIndex(areas, settings: settings, radius: radius)
    }

    /// One forecast for every area that the track may reach within the horizon, by ascending area id.
    ///
    /// Cooperative, unconfirmed and harmless tracks have none. A track that is silent is forecast from its last
    /// state; its probabilities shrink by the chance that it came down unnoticed.
    ///
    /// - Parameters:
    ///   - track: Its state at `track.at`, at or before `now`.
    ///   - now: Arrivals are counted from here; an object that may be inside already arrives now.
    /// - Complexity: O(particles x steps), independent of the number of areas far away.
    public func forecasts(for track: Track, at now: Instant) -> [Forecast] {
        guard let index, let flight = flight(of: track, at: now) else { return [] }
        return flight.forecasts(of: track, at: now, index: index)
    }

    /// When `track` may first pass into each area: the probabilities within several leads at once.
    ///
    /// - Parameter leads: seconds from `now`, ascending, at most the horizon.
    package func distributions(of track: Track, at now: Instant, within leads: [Double]) -> [PassageDistribution] {
        guard let index, let flight = flight(of: track, at: now) else { return [] }
        return flight.distributions(within: leads, index: index)
    }

    /// The particles of a track, flown; `nil` for a track that is not forecast.
    private func flight(of track: Track, at now: Instant) -> FirstPassage? {
        let threat = track.existence * track.classes.threat
        guard let index, track.isConfirmed, !track.isCooperative, threat >= settings.leastThreat else { return nil }
        let horizon = max(settings.horizonSeconds, index.longestLeadSeconds)
        var flight = FirstPassage(
            index: index, track: track, elapsed: max(0, now.seconds(since: track.at)), horizon: horizon)
        let mass = threat * surviving(silence: now.seconds(since: track.lastReportAt))
        for share in ClassShare.shares(of: track, settings: settings) {
            flight.fly(share, weight: mass * share.share / Double(share.particles))
        }
        return flight
    }

    /// The probability that an object that was last sensed `silence` seconds ago still flies.
    ///
    /// Two explanations compete for a silence: a loss of contact, whose length is exponential, and an end that
    /// nobody reported.
    func surviving(silence: Double) -> Double {
        let ratio = settings.silenceEndedRatio
        let losses = Double.exp(max(0, silence - settings.silenceIgnoredSeconds) / settings.silenceMeanSeconds)
        return (1 + ratio) / (1 + ratio * losses)
    }
}

extension Forecaster {
    /// How long before an arrival the people of `area` must be told. Seconds.
    package func leadSeconds(of area: Area) -> Double { settings.leadSeconds(of: area) }

    /// How far ahead arrivals are forecast. Seconds.
    package var horizonSeconds: Double { max(settings.horizonSeconds, index?.longestLeadSeconds ?? 0) }
}

extension Forecaster: Hashable, Codable {
    private enum CodingKeys: String, CodingKey { case settings, areas }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            settings: try container.decode(ForecastSettings.self, forKey: .settings),
            areas: try container.decode([Area].self, forKey: .areas))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(settings, forKey: .settings)
        try container.encode(areas, forKey: .areas)
    }

    public static func == (left: Forecaster, right: Forecaster) -> Bool {
        left.settings == right.settings && left.areas == right.areas
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(settings)
        hasher.combine(areas)
    }
}

/// When one track may first pass into one area.
package struct PassageDistribution: Hashable, Sendable {
    package var area: AreaID
    /// By lead.
    package var probabilities: [Double]
    /// Seconds from now by which 5 % of the passages within the horizon have happened.
    package var earliestSeconds: Double
}
