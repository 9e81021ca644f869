internal import OrderedCollections
internal import TocsinDecoders
internal import TocsinForecast
package import TocsinModel
internal import TocsinTracking
internal import TocsinWarning

/// The whole path of the data on one screen: an input goes in, decisions come out.
///
/// Pure: the same inputs give the same outputs, bit for bit, live or replayed.
package struct Pipeline: Hashable, Sendable, Codable {
    private var decoders: DecoderTable
    private(set) var sensors: SensorRegister
    private var tracker: Tracker
    private(set) var forecaster: Forecaster
    private(set) var engine: WarningEngine
    /// When each track that is forecast was forecast last; by ascending track number.
    private var forecastAt: OrderedDictionary<TrackNumber, Instant> = [:]
    /// The time of the last input.
    package private(set) var now: Instant?

    /// A track is forecast again when a report updates it, but at most this often. RAID.md: every 10 s is
    /// better than every 30; twice as often leaves half of the margin for the filter. Seconds.
    static let forecastIntervalSeconds = 5.0

    package init(settings: PipelineSettings) {
        decoders = DecoderTable(feeds: settings.feeds)
        sensors = SensorRegister(settings: settings.sensors, areas: settings.areas)
        tracker = Tracker(settings: settings.tracking, sensors: settings.sensors)
        forecaster = Forecaster(settings: settings.forecast, areas: settings.areas)
        engine = WarningEngine(
            settings: settings.warning, areas: settings.areas, sensors: settings.sensors)
    }

    /// The tracks as of their last update, by ascending number.
    package var tracks: [Track] { tracker.tracks }
    /// The tracks as predicted at `now`, by ascending number.
    package func tracks(at now: Instant) -> [Track] { tracker.tracks.compactMap { tracker.track($0.number, at: now) } }
    /// The warnings in force, by ascending number.
    package var warnings: [Warning] { engine.warnings }
    /// The sensors' health, by ascending id.
    package var sensorHealth: [SensorHealth] { sensors.health }
    /// The areas that no sensor with instruments reaches that is heard, as of the last tick, by ascending id. For
    /// operators only.
    package var uncoveredAreas: [AreaID] { sensors.uncoveredAreas }
    /// When a tick is due even if nothing arrives; `nil` before the first input.
    package var nextDeadline: Instant? { now?.advanced(bySeconds: 1) }

    /// Takes one input.
    /// - Returns: What was decided because of it, in order.
    package mutating func step(_ input: Input) -> [Output] {
        now = input.acceptedAt
        switch input.payload {
        case .frame(let frame): return take(frame, at: input.acceptedAt)
        case .tick: return advance(to: input.acceptedAt)
        case .command(let command): return engine.take(command, at: input.acceptedAt)
        }
    }

    private mutating func take(_ frame: Frame, at now: Instant) -> [Output] {
        let decoded = decoders.decode(frame, receivedAt: now)
        let located = sensors.locate(decoded.reports, heard: decoded.heard, at: now)
        let rejections = (decoded.rejections + located.refused).map(Output.rejected)
        tracker.hear(decoded.heard.map(sensors.configured), at: now)
        let observed = tracker.observe(located.reports, at: now)
        for event in observed.sensorEvents { sensors.note(event) }
        let events = located.events + observed.sensorEvents
        return rejections + events.map(Output.sensor) + warn(of: observed.events, at: now)
            + forecast(updated: observed.updated, at: now)
    }

    private mutating func advance(to now: Instant) -> [Output] {
        let ended = warn(of: tracker.advance(to: now), at: now)
        let coasting = forecast(tracker.tracks.map(\.number), at: now)
        let coverage = sensors.advance(to: now).map(Output.sensor)
        return coverage + ended + coasting + engine.advance(to: now)
    }

    private mutating func warn(of events: [TrackEvent], at now: Instant) -> [Output] {
        events.flatMap { event -> [Output] in
            guard case .ended(let track, let reason) = event else { return [.track(event)] }
            forecastAt[track.number] = nil
            forecaster.forget(track.number)
            return [.track(event)] + engine.take(track, endedFor: reason, at: now)
        }
    }

    private mutating func forecast(updated numbers: [TrackNumber], at now: Instant) -> [Output] {
        for number in numbers {
            if let track = tracker.track(number, at: now) { forecaster.observe(track) }
        }
        return forecast(numbers, at: now)
    }

    private mutating func forecast(_ numbers: [TrackNumber], at now: Instant) -> [Output] {
        numbers.flatMap { number -> [Output] in
            if let last = forecastAt[number], now.seconds(since: last) < Self.forecastIntervalSeconds { return [] }
            guard let track = tracker.track(number, at: now) else { return [] }
            forecastAt[number] = now
            return engine.take(forecaster.forecasts(for: track, at: now), of: track, at: now)
        }
    }
}
