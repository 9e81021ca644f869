internal import RealModule
internal import TocsinModel

/// When a track ends, and how silence lowers its existence.
struct Retirement {
    let settings: TrackingSettings

    /// - Returns: `nil` while the track is kept.
    func reason(toEnd state: TrackState, at now: Instant) -> TrackEndReason? {
        if state.existence < settings.endingExistence { return .improbable }
        let silence = now.seconds(since: state.lastReportAt)
        return silence > patience(with: state) ? .lost : nil
    }

    private func patience(with state: TrackState) -> Double {
        if state.identity.isCooperative { return settings.cooperativeSilence }
        return state.isConfirmed ? settings.anonymousSilence : settings.tentativeSilence
    }

    /// Counts reports that were due and did not come from sensors that are alive and have the place in range:
    /// each lowers the existence by Bayes' rule, r (1 - Pd) / (1 - r Pd).
    func countMisses(of state: inout TrackState, sensors: SensorTable, now: Instant) {
        guard !state.identity.isCooperative else { return }
        let position = state.position(at: now)
        countSweeps(of: &state, position: position, sensors: sensors, now: now)
        countSilence(of: &state, position: position, sensors: sensors, now: now)
    }

    /// Radars that have seen the track: once a turn each.
    private func countSweeps(
        of state: inout TrackState, position: SIMD4<Double>, sensors: SensorTable, now: Instant
    ) {
        for index in state.contacts.indices {
            guard let sensor = sensors[state.contacts[index].sensor], sensor.settings.kind == .radar,
                sensor.intervalSeconds > 0
            else { continue }
            let counted = state.contacts[index].missesCountedTo
            // Half a turn of grace: radars turn unevenly, messages take their time.
            guard now.seconds(since: counted) > 1.5 * sensor.intervalSeconds else { continue }
            let due = counted.advanced(bySeconds: sensor.intervalSeconds)
            // At the edge of its range, and while it is silent itself, a radar says nothing about the track.
            let isInView = (position - sensor.position).length < reach(of: sensor, state: state, position: position)
            let isAlive = due <= sensor.lastHeardAt
            state.contacts[index].missesCountedTo = isAlive ? due : max(due, now.advanced(bySeconds: -60))
            if isInView, isAlive { state.miss(probability: settings.detectionProbability) }
        }
    }

    /// How far a radar surely sees the object: 0.8 of its range, and not beyond the horizon of the 4/3 earth,
    /// 4.12 km (sqrt(antenna) + sqrt(object)), heights in meters; an unmeasured height is taken as 50 m.
    private func reach(of sensor: SensorTable.Entry, state: TrackState, position: SIMD4<Double>) -> Double {
        let rise = state.heightIsMeasured ? max(50, position.height - sensor.position.height) : 50
        let horizon = 4_120 * (Self.antennaHeight.squareRoot() + rise.squareRoot())
        return min(0.8 * sensor.settings.range.meters, horizon)
    }

    /// Above the ground around it, meters (PHYSICS: a 20 m mast).
    private static let antennaHeight = 20.0

    /// Microphones and cameras around the track, whether or not they ever sensed it: once a second each.
    private func countSilence(
        of state: inout TrackState, position: SIMD4<Double>, sensors: SensorTable, now: Instant
    ) {
        // Tracks that radar follows fly higher, or quieter, than microphones can tell.
        let isHeard = state.contacts.contains { sensors[$0.sensor]?.settings.kind == .microphone }
        let elapsed = now.seconds(since: state.silenceCountedTo)
        guard isHeard, elapsed >= 0.95 else { return }
        state.silenceCountedTo = now
        for sensor in sensors.listeners(around: position) {
            guard sensor.isAlive(at: now) else { continue }
            let lastContact = state.contacts.first { $0.sensor == sensor.settings.id }?.lastAt
            if let lastContact, now.seconds(since: lastContact) < 1.5 * Self.listeningSeconds { continue }
            let looks = min(elapsed / Self.listeningSeconds, 5)
            let chance = 1 - Double.pow(1 - settings.hearingProbability, looks)
            let mass = state.mixture.mass(in: settings.disc(around: sensor), lag: state.lag(to: now))
            state.miss(probability: chance * mass)
        }
    }

    /// A listener that senses an object says so about once a second.
    static let listeningSeconds = 1.0
}

extension TrackState {
    fileprivate mutating func miss(probability: Double) {
        existence *= (1 - probability) / (1 - existence * probability)
    }
}
