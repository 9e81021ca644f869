internal import RealModule
internal import TocsinModel

// "I hear one": who it may be, where that puts it, and what the silence of the others says.
//
// One sensor's word about an object's place is news only as fast as the object crosses the sensor's disc. What a
// sensor hears or does not hear again at once makes the object likelier or not, but no better placed; otherwise a
// Gaussian cut again and again by one disc would shrink to a point.
extension Tracker {
    /// How long the same sensor's hearing or silence tells nothing new of the place, seconds: a drone of 50 m/s
    /// crosses a third of a radius of 3 km.
    private static let shapingSeconds = 18.0

    mutating func takePresence(_ report: Report) -> [TrackNumber] {
        guard case .presence(let presence) = report.measurement, let origin = presence.origin else { return [] }
        let disc = disc(of: presence, at: SIMD4(origin), from: report.sensor)
        var found: [(slot: Int, weight: Double)] = []
        var total = 1.0
        for slot in list.slots(around: disc.origin, radius: 2 * disc.radius + Self.searchMargin) {
            guard list.states[slot].exercise == report.exercise,
                list.states[slot].lag(to: report.measuredAt) >= -settings.lateness
            else { continue }
            let mass = list.states[slot].mixture.mass(in: disc, lag: list.states[slot].lag(to: report.measuredAt))
            guard mass > 1e-3 else { continue }
            let weight = list.states[slot].existence * max(presence.likelihoodRatio, 1e-3) * mass
            found.append((slot, weight))
            total += weight
        }
        for (slot, weight) in found { hear(report, slot: slot, disc: disc, probability: weight / total) }
        guard total < 2 else { return found.map { list.states[$0.slot].number } }
        return found.map { list.states[$0.slot].number } + start(report, presence, disc: disc, unexplained: 1 / total)
    }

    /// Tracks whose middle lies farther outside of twice the radius are not compared, meters.
    private static let searchMargin = 4_000.0
    /// Farther than anybody hears or sees a small object, meters.
    private static let farthest = 60_000.0

    /// What a microphone hears took its time; what a person or a camera sees did not.
    private func disc(of presence: Presence, at place: SIMD4<Double>, from sensor: SensorID) -> SensingDisc {
        SensingDisc(
            origin: place, frame: LocalFrame(at: place), radius: min(presence.radius.meters, Self.farthest),
            propagationSpeed: sensors[sensor]?.settings.kind == .microphone ? settings.soundSpeed : nil,
            wind: settings.air.wind)
    }

    private mutating func hear(_ report: Report, slot: Int, disc: SensingDisc, probability: Double) {
        let settings = settings
        list.change(slot) { state in
            state.predict(to: report.measuredAt, settings)
            state.existence = min(probability + (1 - probability) * state.existence, 1 - 1e-6)
            guard probability > 0.5, !state.isHeard else { return }
            let contact = state.contacts.first { $0.sensor == report.sensor }
            let isNews = contact?.shapedAt.map { report.measuredAt.seconds(since: $0) > Self.shapingSeconds } ?? true
            if isNews {
                state.mixture.expand(settings.models)
                var inside = state.mixture
                let lag = state.lag(to: report.measuredAt)
                inside.weigh { disc.keepInside(&$0, lag: lag) }
                state.mixture.blend(with: inside, weight: probability)
            }
            state.note(report)
            guard isNews, let index = state.contacts.firstIndex(where: { $0.sensor == report.sensor }) else { return }
            state.contacts[index].shapedAt = report.measuredAt
        }
        list.relocate(slot: slot, to: list.states[slot].mixture.mean.position)
    }

    private mutating func start(
        _ report: Report, _ presence: Presence, disc: SensingDisc, unexplained: Double
    ) -> [TrackNumber] {
        let odds = settings.nearbyPrior * presence.likelihoodRatio * unexplained
        // The variance of a place in a disc of radius R is R^2 / 4 per axis.
        let state = Initiation(settings: settings).firstState(
            at: disc.origin + disc.frame.up * settings.unknownHeightMean, variance: disc.radius * disc.radius / 4)
        return start(state, existence: odds / (1 + odds), from: report).map { [$0] } ?? []
    }

    /// Moves a track that was heard away from the sensors that did not hear it.
    mutating func shapeBySilence(slot: Int, at now: Instant) {
        let elapsed = now.seconds(since: list.states[slot].silenceShapedTo)
        guard elapsed >= Self.shapingSeconds, list.states[slot].contacts.contains(where: { $0.shapedAt != nil })
        else { return }
        let (settings, sensors) = (settings, sensors)
        list.change(slot) { state in
            state.silenceShapedTo = now
            state.predict(to: now, settings)
            state.mixture.expand(settings.models)
            for sensor in sensors.listeners(around: state.position(at: now)) where sensor.isAlive(at: now) {
                let contact = state.contacts.first { $0.sensor == sensor.settings.id }
                if let contact, now.seconds(since: contact.lastAt) < Self.shapingSeconds { continue }
                let chance = 1 - Double.pow(1 - settings.hearingProbability, Self.shapingSeconds)
                let disc = settings.disc(around: sensor)
                state.mixture.weigh { disc.miss(&$0, chance: min(chance, 0.95), lag: 0) }
            }
        }
    }
}

extension TrackingSettings {
    /// Where a listener surely senses what flies.
    func disc(around sensor: SensorTable.Entry) -> SensingDisc {
        SensingDisc(
            origin: sensor.position, frame: LocalFrame(at: sensor.position),
            radius: surelyHeard * sensor.settings.range.meters, propagationSpeed: soundSpeed, wind: air.wind)
    }
}
