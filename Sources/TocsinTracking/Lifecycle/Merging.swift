internal import TocsinModel

// Two tracks of one object, for example one started by radar and one by microphones, become one.
extension Tracker {
    /// Objects this far apart are never one, meters.
    private static let mergingRadius = 600.0
    /// Squared Mahalanobis distance in the plane below which two tracks are one: position, then velocity.
    private static let mergingGate = 4.0
    /// One sensor that saw both within this time saw two objects, seconds.
    private static let sameLookSeconds = 0.5

    /// Lets the younger track of every such pair go.
    mutating func merge(at now: Instant) -> [TrackEvent] {
        var ended: [Int] = []
        for slot in list.states.indices {
            let state = list.states[slot]
            guard state.identity.address == nil, state.reportCount > 2 else { continue }
            guard let elder = elderTwin(of: slot, at: now, gone: ended) else { continue }
            ended.append(slot)
            noteJoining(slot, into: elder, at: now)
            list.change(elder) { $0.absorb(state) }
        }
        let events = ended.compactMap { slot -> TrackEvent? in
            let state = list.states[slot]
            return state.isConfirmed ? .ended(state.published, reason: .merged) : nil
        }
        list.remove(ended)
        return events
    }

    private func elderTwin(of slot: Int, at now: Instant, gone: [Int]) -> Int? {
        let state = list.states[slot]
        let position = state.position(at: now)
        return list.slots(around: position, radius: Self.mergingRadius).first { other in
            guard other < slot, !gone.contains(other), !(list.states[other].isHeard && state.isHeard)
            else { return false }
            let elder = list.states[other]
            guard elder.exercise == state.exercise, !sawBoth(elder, state),
                (elder.position(at: now) - position).length < Self.mergingRadius
            else { return false }
            return isSameObject(elder, state, at: now)
        }
    }

    private func sawBoth(_ elder: TrackState, _ state: TrackState) -> Bool {
        state.contacts.contains { contact in
            elder.contacts.contains { other in
                // One radar's tracks are kept apart, or stitched, by its own evidence.
                other.sensor == contact.sensor
                    && (contact.radar != nil || abs(other.lastAt.seconds(since: contact.lastAt)) < Self.sameLookSeconds)
            }
        }
    }

    private func isSameObject(_ elder: TrackState, _ state: TrackState, at now: Instant) -> Bool {
        var (first, second) = (elder, state)
        first.predict(to: now, settings)
        second.predict(to: now, settings)
        let (one, two) = (first.mixture.overall, second.mixture.overall)
        let frame = LocalFrame(at: one.position)
        let position = one.positionBlock + two.positionBlock
        let velocity = one.velocityBlock + two.velocityBlock
        return position.squaredDistance(of: two.position - one.position, frame) < Self.mergingGate
            && velocity.squaredDistance(of: two.velocity - one.velocity, frame) < Self.mergingGate
    }
}

extension TrackState {
    /// Takes over what the twin knows better.
    fileprivate mutating func absorb(_ twin: TrackState) {
        if twin.mixture.overall.positionBlock.trace < mixture.overall.positionBlock.trace, twin.at >= at {
            mixture = twin.mixture
            at = twin.at
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
}
