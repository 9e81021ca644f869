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
        guard state.isConfirmed else { return settings.tentativeSilence }
        // Radar says by itself when it is improbable that the object exists.
        let isSwept = state.contacts.contains { $0.radar != nil }
        return isSwept ? settings.radarSilence : settings.anonymousSilence
    }

    /// Counts the silence of microphones and cameras that are alive and have the place in range: each lowers the
    /// existence by Bayes' rule, r (1 - Pd) / (1 - r Pd). Radars: ``RadarUpdate``.
    func countMisses(of state: inout TrackState, sensors: SensorTable, now: Instant) {
        guard !state.identity.isCooperative else { return }
        countSilence(of: &state, position: state.position(at: now), sensors: sensors, now: now)
    }

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
