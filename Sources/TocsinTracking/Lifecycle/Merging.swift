internal import RealModule
internal import TocsinModel

// Two tracks of one object, for example one started by radar and one by microphones, become one.
extension Tracker {
    /// Objects this far apart are never one, meters.
    private static let mergingRadius = 600.0
    /// A track in the slant plane of a radar lies up to so far from where its object is, meters.
    private static let searchRadius = 4_000.0
    /// Squared Mahalanobis distance of place and level velocity below which two tracks are one: nine of ten pairs
    /// that are (chi-squared, 5 degrees of freedom).
    private static let mergingGate = 9.2
    /// Each turn in which a radar gave one plot to the two of them speaks for one object: at a detection probability
    /// of 0.9 two would do so once in five turns, which is worth 2 ln 5 = 3.2 of squared distance.
    private static let gatePerTurn = 3.2
    private static let gateAtMost = 25.0
    /// One sensor that saw both within this time saw two objects, seconds.
    private static let sameLookSeconds = 0.5

    /// Lets the younger track of every such pair go; an address that only the younger one knows goes to the elder.
    mutating func merge(at now: Instant) -> [TrackEvent] {
        var ended: [Int] = []
        var named: [TrackNumber] = []
        for slot in list.states.indices {
            let state = list.states[slot]
            guard state.reportCount > 2, let elder = elderTwin(of: slot, at: now, gone: ended) else { continue }
            ended.append(slot)
            noteJoining(slot, into: elder, at: now)
            list.change(elder) { $0.absorb(state, motion: .better) }
            if state.identity.address != nil { named.append(list.states[elder].number) }
        }
        let events = ended.compactMap { slot -> TrackEvent? in
            let state = list.states[slot]
            return state.isConfirmed ? .ended(state.published, reason: .merged) : nil
        }
        list.remove(ended)
        for slot in named.compactMap({ list.slot(of: $0) }) { list.register(slot: slot) }
        return events
    }

    private func elderTwin(of slot: Int, at now: Instant, gone: [Int]) -> Int? {
        let state = list.states[slot]
        let position = state.position(at: now)
        return list.slots(around: position, radius: Self.searchRadius).first { other in
            guard other < slot, !gone.contains(other), !(list.states[other].isHeard && state.isHeard)
            else { return false }
            let elder = list.states[other]
            guard elder.exercise == state.exercise, !areTwo(elder.identity, state.identity), !sawBoth(elder, state)
            else { return false }
            return isSameObject(elder, state, at: now)
        }
    }

    private func areTwo(_ one: IdentityEvidence, _ other: IdentityEvidence) -> Bool {
        one.address != nil && other.address != nil
    }

    /// Whether one sensor saw both in one look: they are two objects.
    func sawBoth(_ elder: TrackState, _ state: TrackState) -> Bool {
        let isNamed = elder.identity.address != nil || state.identity.address != nil
        let isAlone = elder.contacts.count == 1 && state.contacts.count == 1
        return state.contacts.contains { contact in
            elder.contacts.contains { other in
                guard other.sensor == contact.sensor else { return false }
                guard let one = contact.radar, let two = other.radar, let sensor = sensors[contact.sensor] else {
                    return abs(other.lastAt.seconds(since: contact.lastAt)) < Self.sameLookSeconds
                }
                // Tracks that one radar alone sees are kept apart, or stitched, by its own evidence.
                return !isNamed && isAlone || one.sawInOneTurn(two, turn: sensor.intervalSeconds)
            }
        }
    }

    private func isSameObject(_ elder: TrackState, _ state: TrackState, at now: Instant) -> Bool {
        var (first, second) = (elder, state)
        first.predict(to: now, settings)
        second.predict(to: now, settings)
        let (one, two) = comparable(first, second)
        let frame = LocalFrame(at: one.position)
        let step = two.position - one.position
        guard Double.hypot(step.dot(frame.east), step.dot(frame.north)) < Self.mergingRadius else { return false }
        let gate = min(Self.mergingGate + Self.gatePerTurn * Double(sharedTurns(elder, state)), Self.gateAtMost)
        return one.squaredDistance(to: two, frame) < gate
    }

    /// The turns since both exist in which a radar that knows both has seen one of them.
    private func sharedTurns(_ elder: TrackState, _ state: TrackState) -> Int {
        let since = max(elder.startedAt, state.startedAt)
        return elder.contacts.reduce(0) { sum, contact in
            guard let one = contact.radar, let two = state.radar(contact.sensor) else { return sum }
            return sum + (one.seenAt + two.seenAt).count { $0 > since }
        }
    }

    /// Where one lies in the slant plane of a radar, the other is seen in that plane too.
    private func comparable(_ first: TrackState, _ second: TrackState) -> (Gaussian, Gaussian) {
        let (one, two) = (first.mixture.overall, second.mixture.overall)
        guard first.slantRadar != second.slantRadar else { return (one, two) }
        func view(_ state: Gaussian, _ track: TrackState, from other: TrackState) -> Gaussian {
            guard track.slantRadar == nil, let radar = other.slantRadar, let sensor = sensors[radar] else {
                return state
            }
            return SlantPlane(origin: sensor.position).project(state)
        }
        return (view(one, first, from: second), view(two, second, from: first))
    }
}

extension Gaussian {
    /// Of the places in space and the velocities in the plane, in both covariances.
    fileprivate func squaredDistance(to other: Gaussian, _ frame: LocalFrame) -> Double {
        var sum = self
        sum.positionBlock = positionBlock + other.positionBlock
        sum.crossBlock = crossBlock + other.crossBlock
        sum.velocityBlock = velocityBlock + other.velocityBlock
        var agreement = Agreement()
        for axis in [frame.east, frame.north, frame.up] {
            let row = MeasuredRow(
                position: axis, velocity: .zero, value: axis.dot(other.position), variance: Self.rounding)
            sum.correct(with: row, &agreement)
        }
        for axis in [frame.east, frame.north] {
            let row = MeasuredRow(
                position: .zero, velocity: axis, value: axis.dot(other.velocity), variance: Self.rounding)
            sum.correct(with: row, &agreement)
        }
        return agreement.squaredDistance
    }

    /// Keeps the covariance of a state that lies in a plane from being singular: m^2 and m^2/s^2.
    private static let rounding = 1.0
}

extension TrackState {
    /// Whose motion goes on when two tracks become one.
    enum JoinedMotion { case own, twin, better }

    /// Takes over what the twin knows.
    mutating func absorb(_ twin: TrackState, motion: JoinedMotion) {
        if takesMotion(of: twin, motion) {
            mixture = twin.mixture
            at = twin.at
            slantRadar = twin.slantRadar
        }
        if identity.address == nil, twin.identity.address != nil {
            (identity, claim, transponder) = (twin.identity, twin.claim, twin.transponder)
            classifier = twin.classifier
        }
        existence = max(existence, twin.existence)
        isHeard = isHeard && twin.isHeard
        lastReportAt = max(lastReportAt, twin.lastReportAt)
        reportCount += twin.reportCount
        heightIsMeasured = heightIsMeasured || twin.heightIsMeasured
        for contact in twin.contacts
        where contacts.count < Self.contactLimit && !contacts.contains(where: { $0.sensor == contact.sensor }) {
            contacts.append(contact)
        }
    }

    private func takesMotion(of twin: TrackState, _ motion: JoinedMotion) -> Bool {
        switch motion {
        case .own: return false
        case .twin: return true
        case .better:
            let isBetter = twin.mixture.overall.positionBlock.trace < mixture.overall.positionBlock.trace
            let knowsHeight = slantRadar != nil && twin.slantRadar == nil
            return twin.at >= at && (isBetter || knowsHeight)
        }
    }
}
