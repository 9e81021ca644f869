internal import TocsinModel

// How each kind of report reaches the tracks.
extension Tracker {
    /// - Returns: The numbers of the tracks that were updated or started.
    mutating func take(_ batch: ReportBatch, at now: Instant) -> [TrackNumber] {
        let usable = batch.reports.filter { report in
            let age = now.seconds(since: report.measuredAt)
            return age <= 60 && age >= -settings.lateness
        }
        guard let first = usable.first else { return [] }
        sensors.hear(first.sensor, at: first.measuredAt)
        switch batch.kind {
        case .identified: return takeIdentified(first).map { [$0] } ?? []
        case .anonymous: return takeAnonymous(usable, otherDensity: settings.clutterDensity)
        case .bearing: return takeAnonymous(usable, otherDensity: settings.falseBearingShare)
        case .presence: return takePresence(first)
        case .estimate: return takeEstimate(first).map { [$0] } ?? []
        }
    }

    // MARK: Anonymous reports

    private mutating func takeAnonymous(_ reports: [Report], otherDensity: Double) -> [TrackNumber] {
        let reading = SightingReading(settings: settings)
        var taken: [Report] = []
        var sightings: [Sighting] = []
        for report in reports {
            guard let sighting = reading.sighting(of: report) else { continue }
            taken.append(report)
            sightings.append(sighting)
        }
        guard let first = taken.first else { return [] }
        for report in taken { leaveSlantPlane(near: report) }
        var near = candidates(for: sightings, exercise: first.exercise)
        // What is followed by ear takes its directions second by second.
        if case .bearing = first.measurement { near.removeAll { list.states[$0.slot].isHeard } }
        if let oldest = sightings.min(by: { $0.at < $1.at }), isLate(oldest, for: near) {
            noteLateness(at: first.receivedAt)
            return zip(taken, sightings).enumerated().flatMap { index, pair in
                takeLate(
                    pair.0, pair.1, candidates: near.filter { $0.sighting == index }, otherDensity: otherDensity)
            }
        }
        associate(sightings, near, otherDensity: otherDensity)
        let unexplained = workspace.update.unexplained
        let owners = workspace.update.owners
        var updated: [TrackNumber] = []
        for (index, report) in taken.enumerated() {
            if owners[index] >= 0 {
                updated.append(list.states[owners[index]].number)
                list.states[owners[index]].note(report)
            } else if unexplained[index] > 0.5 {
                updated += startAnonymous(report, sighting: sightings[index], unexplained: unexplained[index])
            }
        }
        return updated
    }

    /// Part of a scan: what is here was detected, and what is not may still come.
    private mutating func associate(_ sightings: [Sighting], _ candidates: [Candidate], otherDensity: Double) {
        guard let latest = sightings.map(\.at).max() else { return }
        workspace.update.begin()
        var next = 0
        while next < candidates.count {
            let slot = candidates[next].slot
            workspace.near.removeAll(keepingCapacity: true)
            while next < candidates.count, candidates[next].slot == slot {
                workspace.near.append(Int32(truncatingIfNeeded: candidates[next].sighting))
                next += 1
            }
            list.states[slot].predict(to: latest, settings)
            let prior = ScanUpdate.Prior(existence: list.states[slot].existence, at: list.states[slot].at)
            let modes = list.states[slot].mixture.modes
            workspace.update.add(
                ScanUpdate.Target(slot: slot, detectionProbability: 1), prior, modes.span, near: workspace.near,
                sightings, silence: .saysNothing, gate: settings.gate)
        }
        workspace.update.finish(sightings, otherDensity: otherDensity, tracks: &list.states, settings: settings)
    }

    /// A track and a sighting near enough to be compared.
    struct Candidate: Hashable {
        var slot: Int
        var sighting: Int
    }

    /// The tracks of one world near the sightings, except those too far ahead of them in time; by ascending slot.
    func candidates(for sightings: [Sighting], exercise: Bool) -> [Candidate] {
        var found: [Candidate] = []
        for (number, sighting) in sightings.enumerated() {
            for slot in list.slots(around: sighting.searchCenter, radius: sighting.searchRadius) {
                let lag = list.states[slot].lag(to: sighting.at)
                guard list.states[slot].exercise == exercise, lag >= -settings.lateness else { continue }
                let mean = list.states[slot].mixture.mean
                if Gate.isNear(sighting, position: mean.position, velocity: mean.velocity, lag: lag) {
                    found.append(Candidate(slot: slot, sighting: number))
                }
            }
        }
        if sightings.count > 1 { found.sort { ($0.slot, $0.sighting) < ($1.slot, $1.sighting) } }
        return found
    }

    mutating func startAnonymous(_ report: Report, sighting: Sighting, unexplained: Double) -> [TrackNumber] {
        if case .bearing(let bearing) = sighting.geometry {
            listen(report, bearing, unexplained: unexplained)
            return []
        }
        guard let state = Initiation(settings: settings).firstState(of: sighting) else { return [] }
        let existence = settings.firstExistence * unexplained
        return start(state, existence: existence, from: report).map { [$0] } ?? []
    }

    // MARK: Reports with an address

    /// The same address is the same aircraft, always. A report that does not fit the motion but could have been
    /// flown starts the motion anew; one that could not is wrong, unless the next ones insist.
    private mutating func takeIdentified(_ report: Report) -> TrackNumber? {
        let reading = SightingReading(settings: settings)
        guard let sighting = reading.sighting(of: report), let address = report.identity.address else { return nil }
        let known = list.slot(of: address, exercise: report.exercise)
        guard let slot = known ?? unnamedTrack(for: sighting, report: report) else {
            guard let state = Initiation(settings: settings).firstState(of: sighting) else { return nil }
            return start(state, existence: report.identity.isCooperative ? 0.9 : 0.6, from: report)
        }
        leaveSlantPlane(slot: slot, for: report)
        compareWithClaim(report, slot: slot)
        guard let credible = crediblePart(of: report, slot: slot), let sighting = reading.sighting(of: credible)
        else { return nil }
        let lag = list.states[slot].lag(to: sighting.at)
        guard lag >= -settings.lateness else { return nil }
        if lag < -Self.promptSeconds { noteLateness(at: report.receivedAt) }
        let settings = settings
        list.change(slot) { $0.predict(to: sighting.at, settings) }
        let fit = corrected(slot: slot, by: sighting)
        if fit.distance <= settings.gate { return give(report, to: slot, fit.mixture) }
        let slotNow = join(slot: slot, sighting, report) ?? slot
        guard let mixture = fitting(slot: slotNow, sighting, credible) ?? restart(slot: slotNow, sighting: sighting)
        else { return nil }
        return give(report, to: slotNow, mixture)
    }

    /// The report is the track's own, and `mixture` what follows.
    private mutating func give(_ report: Report, to slot: Int, _ mixture: MotionMixture) -> TrackNumber {
        list.change(slot) { state in
            state.mixture = mixture
            state.existence = max(state.existence, 0.5 + state.existence / 2)
            state.note(report)
        }
        list.register(slot: slot)
        list.relocate(slot: slot, to: mixture.mean.position)
        return list.states[slot].number
    }

    /// The state of a track after its own report; `nil`: the report does not fit. Networks repeat old velocities:
    /// the position alone may fit.
    private func fitting(slot: Int, _ sighting: Sighting, _ report: Report) -> MotionMixture? {
        let position = SightingReading(settings: settings).sighting(of: report.withoutVelocity)
        let fits = [sighting, position ?? sighting].map { corrected(slot: slot, by: $0) }
        return fits.first { $0.distance <= settings.identifiedGate }?.mixture
    }

    /// What says who it is does not fly where its track is, but where one without a name flies: that was the same
    /// aircraft all the time, and goes on under the older number.
    /// - Returns: The position of what remains; `nil`: there is no such track.
    private mutating func join(slot: Int, _ sighting: Sighting, _ report: Report) -> Int? {
        guard let twin = unnamedTrack(for: sighting, report: report),
            !sawBoth(list.states[slot], list.states[twin])
        else { return nil }
        leaveSlantPlane(slot: twin, for: report)
        let settings = settings
        list.change(twin) { $0.predict(to: sighting.at, settings) }
        let (elder, younger) = (min(slot, twin), max(slot, twin))
        let gone = list.states[younger]
        noteJoining(younger, into: elder, at: sighting.at)
        list.states[elder].absorb(gone, motion: twin == younger ? .twin : .own)
        if gone.isConfirmed { trust.trackEvents.append(.ended(gone.published, reason: .merged)) }
        list.remove([younger])
        return elder
    }

    /// What of a report fits what the object said before; `nil`: nothing.
    private mutating func crediblePart(of report: Report, slot: Int) -> Report? {
        let (usable, event) = list.change(slot) { $0.hear(report) }
        if let event { trust.trackEvents.append(.trust(list.states[slot].published, event)) }
        return usable
    }

    /// A track after its own report, and the squared distance of the report from what was expected.
    private func corrected(slot: Int, by sighting: Sighting) -> (mixture: MotionMixture, distance: Double) {
        let state = list.states[slot]
        let view = view(of: sighting, from: state)
        var mixture = state.mixture
        mixture.expand(settings.models)
        let fit = mixture.correct(with: view, lag: state.lag(to: view.at))
        return (mixture, fit.squaredDistance)
    }

    /// The state to go on from when a track's own report does not fit.
    /// - Returns: `nil` if the report is to be ignored.
    mutating func restart(slot: Int, sighting: Sighting) -> MotionMixture? {
        if list.states[slot].isSeenByRadar(at: sighting.at), list.states[slot].misfits + 1 < Self.misfitsBelieved {
            list.states[slot].misfits += 1
            return nil
        }
        guard isPlausible(slot: slot, sighting.searchCenter, at: sighting.at) else { return nil }
        return Initiation(settings: settings).firstState(of: sighting).map { state in
            var mixture = MotionMixture(state)
            mixture.expand(settings.models)
            return mixture
        }
    }

    /// Whether an aircraft that does not fit its track can have flown to `position`, or insists.
    mutating func isPlausible(slot: Int, _ position: SIMD4<Double>, at instant: Instant) -> Bool {
        let state = list.states[slot]
        let gap = instant.seconds(since: state.lastReportAt)
        let distance = (state.position(at: instant) - position).length
        list.states[slot].misfits += 1
        return distance <= 1_000 + settings.plausibleSpeed * abs(gap)
            || list.states[slot].misfits >= Self.misfitsBelieved
    }

    /// So many reports in a row from an impossible place are believed: the earlier ones were wrong.
    private static let misfitsBelieved = 4

    /// A track without an address that a report with one fits well: a radar has seen the aircraft first.
    private func unnamedTrack(for sighting: Sighting, report: Report) -> Int? {
        nearestTrack(to: sighting, report) { $0.identity.address == nil }
    }

    /// The track that a report of a place fits best, among those that it may be about.
    func nearestTrack(to sighting: Sighting, _ report: Report, among isPossible: (TrackState) -> Bool) -> Int? {
        var best: (slot: Int, distance: Double)?
        for candidate in candidates(for: [sighting], exercise: report.exercise)
        where isPossible(list.states[candidate.slot]) {
            let fit = fit(of: sighting, report, slot: candidate.slot)
            guard fit <= settings.gate else { continue }
            if fit < best?.distance ?? .infinity { best = (candidate.slot, fit) }
        }
        return best?.slot
    }

    /// The squared distance of a report from a track, once that has a height.
    func fit(of sighting: Sighting, _ report: Report, slot: Int) -> Double {
        var state = list.states[slot]
        state.leaveSlantPlane(sensors, height: settings.height(of: report), settings)
        state.predict(to: sighting.at, settings)
        return state.mixture.fit(of: sighting, lag: state.lag(to: sighting.at)).squaredDistance
    }
}
