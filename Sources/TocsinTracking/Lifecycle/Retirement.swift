internal import OrderedCollections
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
        for index in state.contacts.indices {
            let contact = state.contacts[index]
            guard let sensor = sensors[contact.sensor],
                let detection = detectionProbability(of: sensor, position: position, now: now)
            else { continue }
            let interval = sensor.intervalSeconds
            // Half an interval of grace: radars turn unevenly, messages take their time.
            while now.seconds(since: state.contacts[index].missesCountedTo) > 1.5 * interval {
                let counted = state.contacts[index].missesCountedTo.advanced(bySeconds: interval)
                state.contacts[index].missesCountedTo = counted
                // A sensor that fell silent itself says nothing about the track.
                guard counted <= sensor.lastHeardAt else { continue }
                state.existence *= (1 - detection) / (1 - state.existence * detection)
            }
        }
    }

    /// - Returns: `nil` where the sensor's silence means nothing.
    private func detectionProbability(
        of sensor: SensorTable.Entry, position: SIMD4<Double>, now: Instant
    ) -> Double? {
        guard sensor.intervalSeconds > 0, sensor.intervalSeconds < 60 else { return nil }
        let distance = (position - sensor.position).length
        switch sensor.settings.kind {
        case .radar: return distance < 0.8 * sensor.settings.range.meters ? settings.detectionProbability : nil
        case .microphone, .camera:
            return distance < 0.5 * sensor.settings.range.meters ? settings.hearingProbability : nil
        case .receiver, .person, .system: return nil
        }
    }
}
