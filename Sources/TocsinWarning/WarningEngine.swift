internal import OrderedCollections
package import TocsinModel

/// The state machines of all areas. Decides and explains; sends nothing.
///
/// Takes what each track may do to which area, adds the tracks up, and moves every area through
/// `quiet -> watch -> takeShelter -> clearing -> quiet` by ``Transition``. The most endangered areas come first, in the
/// outputs and where a source has only a bounded share; of equals, by ascending area id, live before exercise.
package struct WarningEngine: Hashable, Sendable, Codable {
    let settings: WarningSettings
    let places: OrderedDictionary<AreaID, Place>
    /// The sensors that are more than people's word.
    private let instruments: OrderedSet<SensorID>
    /// The areas that are not idle.
    var states: OrderedDictionary<AreaState.Key, AreaState> = [:]
    /// Where each track counts, ascending.
    private var areasByTrack: OrderedDictionary<TrackNumber, [AreaState.Key]> = [:]
    var lastNumber: UInt64 = 0

    /// What counts when an area is warned on the word of one source.
    struct Place: Hashable, Sendable, Codable {
        var population: Int
        /// The area, or the city that it is a part of.
        var whole: AreaID
    }

    /// - Parameter sensors: All configured sensors; reports of others count as the word of people without
    ///   instruments.
    package init(settings: WarningSettings, areas: [Area], sensors: [SensorSettings]) {
        self.settings = settings
        let sorted = areas.sorted { $0.id < $1.id }
        places = OrderedDictionary(
            sorted.map { ($0.id, Place(population: $0.population, whole: $0.city ?? $0.id)) },
            uniquingKeysWith: { first, _ in first })
        instruments = OrderedSet(sensors.lazy.filter { $0.kind != .person }.map(\.id).sorted())
    }

    /// The warnings in force, by ascending number.
    package var warnings: [Warning] {
        states.values.compactMap(\.warning).sorted { $0.number < $1.number }
    }

    /// Takes the new forecasts of one track (all areas that it may reach; none means it reaches none).
    package mutating func take(_ forecasts: [Forecast], of track: Track, at now: Instant) -> [Output] {
        let corroboration = Corroboration(sensors: track.sensors, instruments: instruments)
        var renewed: OrderedDictionary<AreaState.Key, Contribution> = [:]
        for forecast in forecasts where places[forecast.area] != nil {
            guard Contribution.isKept(forecast, settings) else { continue }
            let key = AreaState.Key(area: forecast.area, exercise: track.exercise)
            renewed[key] = Contribution(forecast, of: track, corroboration: corroboration)
        }
        let known = areasByTrack[track.number] ?? []
        let keys = (known + renewed.keys.filter { !known.contains($0) }).sorted()
        var outputs: [Output] = []
        for key in keys { outputs += renew(key, track, with: renewed[key], at: now) }
        for key in byDanger(keys) { outputs += evaluate(key, at: now) }
        indexAreas(of: track.number, among: keys)
        return outputs
    }

    /// Brings one track's contribution to one area up to date.
    private mutating func renew(
        _ key: AreaState.Key, _ track: Track, with renewed: Contribution?, at now: Instant
    ) -> [Output] {
        var state = states[key] ?? AreaState()
        defer { states[key] = state }
        let old = state.contribution(of: track.number)
        // The class alone: an existence that fades because nothing reports is silence.
        let isThreat = track.classes.threat >= settings.shelterThreshold * settings.releaseShare
        if track.isCooperative || !isThreat {
            state.remove(track.number, evidence: .threatExplained)
            let matters = track.isCooperative && old?.isWeighty(settings) == true
            return matters ? notice(.cooperative, track.number, key, &state) : []
        }
        let isSilent = now.seconds(since: track.lastReportAt) > settings.silentAfterSeconds
        if track.isConfirmed, !isSilent {
            if let old, track.lastReportAt <= old.lastReportAt {
                // Nothing was observed since: what is forecast now may add to the danger, never take away from it.
                if let renewed { state.set(renewed.noLess(than: old)) }
                return []
            }
            if let renewed { state.set(renewed) } else { state.remove(track.number, evidence: .threatPassed) }
            if old != nil { state.evidence = .threatPassed }
            return []
        }
        guard var kept = old ?? renewed else { return [] }
        kept.fallSilent(renewed: renewed, stated: state.warning?.expiresAt, settings)
        state.set(kept)
        return track.isConfirmed ? [] : notice(.notConfirmed, track.number, key, &state)
    }

    /// Takes the end of a track and why it ended.
    ///
    /// Lost and improbable are silence, not evidence: a low object behind a hill looks the same.
    package mutating func take(_ track: Track, endedFor reason: TrackEndReason, at now: Instant) -> [Output] {
        let keys = areasByTrack[track.number] ?? []
        var outputs: [Output] = []
        for key in keys {
            guard var state = states[key], var contribution = state.contribution(of: track.number) else { continue }
            switch reason {
            case .lost, .improbable:
                contribution.fallSilent(renewed: nil, stated: state.warning?.expiresAt, settings)
                state.set(contribution)
            case .merged: state.remove(track.number, evidence: .threatExplained)
            case .landed: state.remove(track.number, evidence: .threatEnded)
            }
            states[key] = state
            outputs += evaluate(key, at: now)
        }
        indexAreas(of: track.number, among: keys)
        return outputs
    }

    /// Takes an operator's command.
    package mutating func take(_ command: OperatorCommand, at now: Instant) -> [Output] {
        switch command {
        case .endWarning(let number, operatorName: _):
            guard let key = states.keys.first(where: { states[$0]?.warning?.number == number }),
                var state = states[key]
            else { return [.commandRefused(command)] }
            let change = end(&state, for: .endedByOperator, at: now)
            state.dismissAll(at: now, settings)
            states[key] = state
            return change
        }
    }

    /// Lets holds elapse and warnings expire.
    package mutating func advance(to now: Instant) -> [Output] {
        var outputs: [Output] = []
        for key in byDanger(states.keys.sorted()) {
            states[key]?.markSilent(at: now, settings)
            outputs += evaluate(key, at: now)
        }
        return outputs
    }

    /// `keys`, the most endangered first; of equals, in their order.
    private func byDanger(_ keys: [AreaState.Key]) -> [AreaState.Key] {
        keys.map { (key: $0, danger: states[$0]?.danger ?? AreaState.Danger()) }
            .enumerated().sorted { ($1.element.danger, $0.offset) < ($0.element.danger, $1.offset) }
            .map(\.element.key)
    }

    /// One step of one area's state machine.
    private mutating func evaluate(_ key: AreaState.Key, at now: Instant) -> [Output] {
        guard var state = states[key] else { return [] }
        for track in state.expire(at: now, settings) { forget(track, in: key) }
        let assessment = Assessment(state, settings, at: now)
        var outputs: [Output] = []
        let situation = situation(of: key, &state, assessment, at: now, notices: &outputs)
        switch Transition(situation) {
        case .stay: outputs += keepUp(&state, assessment, situation, at: now)
        case .move(.quiet, let reason): outputs += end(&state, for: reason, at: now)
        case .move(let stage, let reason):
            outputs += move(&state, key, to: stage, for: reason, assessment, at: now)
        }
        if state.stage == .quiet { state.soleSource = nil }
        states[key] = state.isIdle ? nil : state
        return outputs
    }

    /// Notes that the track counts where it has a contribution.
    private mutating func indexAreas(of track: TrackNumber, among keys: [AreaState.Key]) {
        let areas = keys.filter { states[$0]?.contribution(of: track) != nil }
        areasByTrack[track] = areas.isEmpty ? nil : areas
    }

    private mutating func forget(_ track: TrackNumber, in key: AreaState.Key) {
        areasByTrack[track]?.removeAll { $0 == key }
        if areasByTrack[track]?.isEmpty == true { areasByTrack[track] = nil }
    }

    /// Says once per area, track and reason why there is no warning.
    func notice(
        _ reason: NotWarnedReason, _ track: TrackNumber, _ key: AreaState.Key, _ state: inout AreaState
    ) -> [Output] {
        guard state.note(AreaState.Notice(track: track, reason: reason)) else { return [] }
        return [.notWarned(area: key.area, track: track, reason: reason)]
    }
}
