internal import RealModule
internal import TocsinModel

/// A plot that may come from an object not known yet.
struct RadarNewcomer {
    var plot: Int
    /// A track has taken it, but not for certain.
    var isClaimed: Bool
    var unexplained: Double
    /// A claimed plot starts a track too if it is at least so likely that no track explains it.
    static let leastUnexplained = 0.1
    /// The share of unexplained plots that are objects (tuned on the Barcelona radar).
    static let objectShare = 0.7
    /// The existence of an aircraft known by its address.
    static let namedExistence = 0.95
}

// Tracks that begin with a plot, and tracks that turn out to be older ones.
extension Tracker {
    /// Starts a track, or finds the one that has the plot's address.
    mutating func welcome(_ newcomer: RadarNewcomer, _ look: RadarLook, _ scene: RadarScene) -> [TrackNumber] {
        let report = scene.sector.reports[newcomer.plot]
        let plot = look.plots[newcomer.plot]
        let mixture = RadarInitiation(settings: scene.settings, plane: look.plane).mixture(of: plot, look)
        var revived: TrackNumber?
        if let address = plot.address {
            if let slot = list.slot(of: address, exercise: scene.key.exercise) {
                return newcomer.isClaimed ? [] : restart(slot: slot, mixture, report, plot, scene)
            }
            revived = book.take(address, exercise: scene.key.exercise)
        }
        let existence =
            revived == nil ? newcomer.unexplained * RadarNewcomer.objectShare : RadarNewcomer.namedExistence
        guard
            let number = start(
                mixture, existence: existence, at: scene.sector.at, exercise: scene.key.exercise, as: revived),
            let slot = list.slot(of: number)
        else { return [] }
        if plot.height == nil { list.states[slot].slantRadar = scene.key.sensor }
        let density = plot.otherDensity / plot.slantRange
        if newcomer.isClaimed {
            list.states[slot].meet(scene, otherDensity: density)
        } else {
            give(report, to: slot, scene, otherDensity: density)
            workspace.claims.append(Workspace.Claim(report: report, track: number))
        }
        list.place(slot: slot)
        noteStart(slot: slot, unexplained: newcomer.unexplained, sensor: scene.key.sensor)
        return newcomer.isClaimed ? [] : [number]
    }

    /// Goes on with a track where its address has turned up, if it can have flown there or insists.
    private mutating func restart(
        slot: Int, _ mixture: MotionMixture, _ report: Report, _ plot: RadarPlot, _ scene: RadarScene
    ) -> [TrackNumber] {
        compareWithClaim(report, slot: slot)
        guard isPlausible(slot: slot, mixture.mean.position, at: report.measuredAt) else {
            workspace.claims.append(Workspace.Claim(report: report, track: nil))
            return []
        }
        list.states[slot].mixture = mixture
        list.states[slot].at = scene.sector.at
        list.states[slot].existence = RadarNewcomer.namedExistence
        list.states[slot].slantRadar = plot.height == nil ? scene.key.sensor : nil
        give(report, to: slot, scene, otherDensity: plot.otherDensity / plot.slantRange)
        list.place(slot: slot)
        workspace.claims.append(Workspace.Claim(report: report, track: list.states[slot].number))
        return [list.states[slot].number]
    }

    /// Notes that a plot is a track's own.
    mutating func give(_ report: Report, to slot: Int, _ scene: RadarScene, otherDensity: Double) {
        list.states[slot].note(report)
        list.states[slot].see(scene, otherDensity: otherDensity)
        list.register(slot: slot)
    }

    // MARK: Stitching

    private enum Stitching {
        /// How likely it is that an object that vanished comes back as a new track (tuned on the Barcelona radar).
        static let share = 0.3
        /// A new object is as likely anywhere within a circle of so many m/s of velocity.
        static let velocityRadius = 250.0
        /// Slower tracks are not stitched: they stand too near to one another. m/s.
        static let speed = 20.0
        /// Longer ago they were another object. Seconds.
        static let seconds = 300.0
        /// At this plot of its own a new track may become an older one.
        static let plots = 3
        /// What models and plane may be wrong by: variances, m^2 and m^2/s^2.
        static let positionVariance = 100.0
        static let velocityVariance = 1.0
    }

    /// Gives a track that is about to be confirmed to an older one that was lost, if that is likelier than that it
    /// is a new object.
    /// - Returns: The numbers with those of new tracks replaced.
    mutating func stitch(_ numbers: [TrackNumber], _ scene: RadarScene) -> [TrackNumber] {
        numbers.map { number in
            guard let slot = list.slot(of: number), let elder = elder(of: slot, scene) else { return number }
            let elderNumber = list.states[elder].number
            let twin = list.states[slot]
            noteJoining(slot, into: elder, at: scene.sector.at)
            list.states[elder].resume(as: twin, radar: scene.key.sensor)
            list.relocate(slot: elder, to: twin.mixture.mean.position)
            list.remove([slot])
            for index in workspace.claims.indices where workspace.claims[index].track == number {
                workspace.claims[index].track = elderNumber
            }
            return elderNumber
        }
    }

    private func elder(of slot: Int, _ scene: RadarScene) -> Int? {
        let state = list.states[slot]
        guard !state.isConfirmed, state.identity.address == nil, state.reportCount == Stitching.plots,
            let radar = state.radar(scene.key.sensor), radar.seenAt.count == Stitching.plots,
            state.mixture.mean.velocity.length >= Stitching.speed
        else { return nil }
        let plane = scene.footprint.plane
        let circle = Double.pi * Stitching.velocityRadius * Stitching.velocityRadius
        var best: (slot: Int, score: Double)?
        for other in list.states.indices where other != slot && mayBeElder(list.states[other], of: state, scene) {
            var elder = list.states[other]
            elder.glide(to: state.at, turn: scene.turn, scene.settings, plane: plane)
            let score = Stitching.share * elder.existence * overlap(elder, state, plane)
            if score > max(best?.score ?? 0, radar.otherDensity / circle) { best = (other, score) }
        }
        return best?.slot
    }

    private func mayBeElder(_ elder: TrackState, of state: TrackState, _ scene: RadarScene) -> Bool {
        guard elder.isConfirmed, elder.exercise == state.exercise, elder.identity.address == nil,
            let seen = elder.radar(scene.key.sensor), let last = seen.seenAt.last,
            let own = state.radar(scene.key.sensor)
        else { return false }
        let half = scene.turn / 2
        guard elder.startedAt.seconds(since: state.startedAt) < -half,
            case half...Stitching.seconds = scene.sector.at.seconds(since: last)
        else { return false }
        // Both seen in one turn: two objects.
        return !seen.sawInOneTurn(own, turn: scene.turn)
    }

    /// The density of one state at the other, in the slant plane: position and velocity.
    private func overlap(_ elder: TrackState, _ state: TrackState, _ plane: SlantPlane) -> Double {
        let width = settings.models.count
        func views(_ track: TrackState) -> [(weight: Double, state: Gaussian)] {
            stride(from: 0, to: track.mixture.modes.count, by: width).map { first in
                let modes = track.mixture.modes[first..<min(first + width, track.mixture.modes.count)]
                let overall = MotionMixture.overall(modes)
                let weight = modes.reduce(0) { $0 + $1.weight }
                return (weight, modes[first].altitude == .free ? plane.project(overall) : overall)
            }
        }
        var sum = 0.0
        for one in views(elder) {
            for two in views(state) {
                sum += one.weight * two.weight * density(one.state, two.state, plane.frame)
            }
        }
        return sum
    }

    /// N(x1 - x2; 0, P1 + P2) in the plane, one number after the other.
    private func density(_ one: Gaussian, _ two: Gaussian, _ frame: LocalFrame) -> Double {
        var state = one
        state.positionBlock = one.positionBlock + two.positionBlock
        state.crossBlock = one.crossBlock + two.crossBlock
        state.velocityBlock = one.velocityBlock + two.velocityBlock
        var agreement = Agreement()
        for axis in [frame.east, frame.north] {
            state.correct(
                with: MeasuredRow(
                    position: axis, velocity: .zero, value: axis.dot(two.position),
                    variance: Stitching.positionVariance), &agreement)
        }
        for axis in [frame.east, frame.north] {
            state.correct(
                with: MeasuredRow(
                    position: .zero, velocity: axis, value: axis.dot(two.velocity),
                    variance: Stitching.velocityVariance), &agreement)
        }
        return agreement.likelihood
    }
}

extension TrackState {
    /// Notes a radar that may have seen it: a plot that started it belongs to another track more likely.
    fileprivate mutating func meet(_ scene: RadarScene, otherDensity: Double) {
        contacts.append(
            Contact(
                sensor: scene.key.sensor, lastAt: scene.sector.at,
                radar: RadarVisibility(at: scene.sector.at, otherDensity: otherDensity)))
    }

    /// Goes on where `twin`, the same object, was seen.
    fileprivate mutating func resume(as twin: TrackState, radar sensor: SensorID) {
        mixture = twin.mixture
        at = twin.at
        slantRadar = twin.slantRadar
        history = twin.history
        existence = max(existence, twin.existence)
        lastReportAt = max(lastReportAt, twin.lastReportAt)
        reportCount += twin.reportCount
        heightIsMeasured = twin.heightIsMeasured
        turnedFrom = twin.turnedFrom
        guard let index = contacts.firstIndex(where: { $0.sensor == sensor }), var radar = twin.radar(sensor)
        else { return }
        if let elder = contacts[index].radar { radar.inherit(elder) }
        contacts[index].radar = radar
        contacts[index].lastAt = max(contacts[index].lastAt, twin.lastReportAt)
    }
}
