internal import TocsinModel

// Other systems' tracks. What they know may come from the same sensors as what we know, or from us: an estimate
// joins by covariance intersection, and says once what it says.
extension Tracker {
    /// An estimate this near to what a track of our own foretells is that track, passed back to us: meters, m/s.
    /// Formats round to less; two systems that look for themselves do not agree so well.
    private static let echoDistance = 5.0
    private static let echoSpeed = 1.0
    /// A system that has not spoken of its track for so long may give the number to another, seconds.
    private static let systemTrackLifetime = 60.0
    /// Reports of one moment, seconds, that are farther apart than they are wrong are about different objects.
    private static let sameMoment = 0.01

    mutating func takeEstimate(_ report: Report) -> TrackNumber? {
        guard let sighting = SightingReading(settings: settings).sighting(of: report) else { return nil }
        let named = report.identity.address.flatMap { list.slot(of: $0, exercise: report.exercise) }
        let told = trackTold(by: report)
        guard let slot = named ?? told ?? trackSeen(by: report, sighting) else {
            guard let state = Initiation(settings: settings).firstState(of: sighting) else { return nil }
            let number = start(state, existence: 0.6, from: report)
            if number != nil { list.states[list.states.count - 1].noteTold(report) }
            return number
        }
        guard list.states[slot].lag(to: sighting.at) >= -settings.lateness else { return nil }
        let isRepeated = list.states[slot].told(by: report.sensor)?.isSame(as: report) ?? false
        guard !isRepeated, !isEcho(sighting, of: list.states[slot]) else { return list.states[slot].number }
        leaveSlantPlane(slot: slot, for: report)
        let isFar = fit(of: sighting, report, slot: slot) > settings.identifiedGate
        var anew: MotionMixture?
        if isFar {
            anew = restart(slot: slot, sighting: sighting)
            guard anew != nil else { return nil }
        }
        join(report, sighting, slot: slot, anew: anew)
        if named == nil { list.register(slot: slot) }
        list.relocate(slot: slot, to: list.states[slot].mixture.mean.position)
        return list.states[slot].number
    }

    private mutating func join(_ report: Report, _ sighting: Sighting, slot: Int, anew: MotionMixture?) {
        let settings = settings
        list.change(slot) { state in
            state.predict(to: sighting.at, settings)
            if let anew {
                state.mixture = anew
            } else {
                state.mixture.expand(settings.models)
                CovarianceIntersection.apply(
                    sighting, to: &state.mixture, lag: state.lag(to: sighting.at), settings: settings)
            }
            state.existence = max(state.existence, 0.5 + state.existence / 2)
            state.note(report)
            state.noteTold(report)
        }
    }

    /// The track that the same system has spoken of under the same name.
    private func trackTold(by report: Report) -> Int? {
        guard let name = report.identity.systemTrack else { return nil }
        return list.states.firstIndex { state in
            guard state.exercise == report.exercise, let told = state.told(by: report.sensor) else { return false }
            return told.name == name && report.measuredAt.seconds(since: told.at) < Self.systemTrackLifetime
        }
    }

    /// The track that the estimate fits best, except those that the system tells from it.
    private func trackSeen(by report: Report, _ sighting: Sighting) -> Int? {
        nearestTrack(to: sighting, report) { state in
            if let own = state.identity.address, let other = report.identity.address, own != other { return false }
            guard let told = state.told(by: report.sensor), !told.isSame(as: report) else { return true }
            let age = report.measuredAt.seconds(since: told.at)
            if let name = told.name, let other = report.identity.systemTrack, name != other {
                return age > Self.systemTrackLifetime
            }
            return abs(age) > Self.sameMoment || told.isNear(report)
        }
    }

    /// Whether an estimate is what we foretell of an object that our own sensors have seen: it would keep a track
    /// alive for ever.
    private func isEcho(_ sighting: Sighting, of state: TrackState) -> Bool {
        guard case .place(let place) = sighting.geometry, let velocity = place.velocity,
            state.contacts.contains(where: { $0.told == nil })
        else { return false }
        var foretold = state
        foretold.predict(to: sighting.at, settings)
        let (position, speed) = foretold.mixture.mean
        let step = position + speed * foretold.lag(to: sighting.at) - place.position
        let change = speed - velocity.vector
        let up = place.frame.up
        return (step - up * step.dot(up)).length < Self.echoDistance
            && (change - up * change.dot(up)).length < Self.echoSpeed
    }
}

/// What another system last said of an object.
struct ToldTrack: Hashable, Sendable, Codable {
    /// What it calls its track.
    var name: String?
    var at: Instant
    var point: GeoPoint

    /// Whether a report says nearly the same.
    func isNear(_ report: Report) -> Bool {
        guard case .estimate(let estimate) = report.measurement else { return false }
        return estimate.fix.point.greatCircleDistance(to: point) <= estimate.fix.horizontalSigma
    }

    /// Whether a report says it again.
    func isSame(as report: Report) -> Bool {
        guard case .estimate(let estimate) = report.measurement else { return false }
        return estimate.fix.point == point && report.measuredAt == at
    }
}

extension TrackState {
    fileprivate func told(by system: SensorID) -> ToldTrack? { contacts.first { $0.sensor == system }?.told }

    fileprivate mutating func noteTold(_ report: Report) {
        guard case .estimate(let estimate) = report.measurement,
            let index = contacts.firstIndex(where: { $0.sensor == report.sensor })
        else { return }
        contacts[index].told = ToldTrack(
            name: report.identity.systemTrack, at: report.measuredAt, point: estimate.fix.point)
    }
}
