internal import OrderedCollections
internal import RealModule
internal import TocsinModel

// Plots of turning radars: they wait until their sector is over, and are then taken together with what the radar
// did not see there (DESIGN.md, "A scan is whatever one sensor says in one interval").
extension Tracker {
    /// Whether a report is a plot of a radar whose place and turn are known.
    func isSwept(_ report: Report) -> Bool {
        guard case .polar(let polar) = report.measurement, polar.origin != nil,
            let sensor = sensors[report.sensor]
        else { return false }
        return sensor.settings.kind == .radar && sensor.intervalSeconds > 0
    }

    /// Keeps a plot until its sector is over; one whose sector has been taken is taken by itself.
    mutating func keep(_ report: Report, at now: Instant) -> [TrackNumber] {
        let age = now.seconds(since: report.measuredAt)
        guard case .polar(let polar) = report.measurement, let sensor = sensors[report.sensor], age <= 60,
            age >= -settings.lateness
        else { return [] }
        sensors.hear(report.sensor, at: report.measuredAt)
        let key = RadarState.Key(sensor: report.sensor, exercise: report.exercise)
        let fresh = RadarState(turnSeconds: sensor.intervalSeconds, at: report.measuredAt)
        guard let missed = radars[key, default: fresh].sweep.add(report, azimuth: polar.azimuth.radians) else {
            return []
        }
        return take(putRight(missed, of: key), of: key)
    }

    /// A radar has shown itself alive.
    mutating func hearRadar(_ sensor: SensorID, at instant: Instant) {
        for exercise in [false, true] {
            radars[RadarState.Key(sensor: sensor, exercise: exercise)]?.sweep.hear(at: instant)
        }
    }

    /// Takes the sectors that are over.
    /// - Parameter now: The time, if it is to count; `nil`: only plots end sectors.
    mutating func takeSectors(at now: Instant?) -> [TrackNumber] {
        var updated: [TrackNumber] = []
        for key in radars.keys {
            guard let sectors = radars[key]?.sweep.takeSectors(at: now) else { continue }
            for sector in sectors {
                updated += take(putRight(sector, of: key), of: key)
                radars[key]?.pass(sector: sector.number)
            }
        }
        return updated
    }

    private mutating func takeAlone(_ report: Report, at now: Instant) -> [TrackNumber] {
        let numbers = take(ReportBatch(kind: ReportBatch.Kind(of: report), reports: [report]), at: now)
        workspace.claims.append(Workspace.Claim(report: report, track: numbers.first))
        return numbers
    }

    // MARK: A sector

    /// A sector with the radar's registration put right.
    private func putRight(_ sector: AntennaSweep.Sector, of key: RadarState.Key) -> AntennaSweep.Sector {
        let correction = correction(of: key.sensor)
        guard correction != .none else { return sector }
        var sector = sector
        sector.reports = sector.reports.map { $0.corrected(by: correction) }
        sector.azimuth -= correction.azimuth
        return sector
    }

    private mutating func take(_ sector: AntennaSweep.Sector, of key: RadarState.Key) -> [TrackNumber] {
        guard let sensor = sensors[key.sensor], let radar = radars[key] else { return [] }
        let plane = SlantPlane(origin: sensor.position)
        let footprint = RadarFootprint(plane: plane, range: sensor.settings.range.meters)
        let scene = RadarScene(
            key: key, sector: sector, footprint: footprint, turn: radar.sweep.turnSeconds,
            settings: settings.forRadar, answering: radar.answering.share)
        let look = look(at: sector, plane, radar)
        let past = plotsOfThePast(look, scene)
        var updated = past.flatMap { takeAlone(sector.reports[$0], at: sector.reports[$0].receivedAt) }
        var rest = scene
        rest.sector.reports = sector.reports.indices.filter { !past.contains($0) }.map { sector.reports[$0] }
        updated += take(past.isEmpty ? look : self.look(at: rest.sector, plane, radar), rest)
        lookForClaimed(look, scene)
        // After that: it may move tracks to where the radar's next plots will be.
        register(look, scene)
        return updated
    }

    private func look(at sector: AntennaSweep.Sector, _ plane: SlantPlane, _ radar: RadarState) -> RadarLook {
        var look = RadarLook(plane: plane)
        look.plots = sector.reports.compactMap { plot(of: $0, plane: plane, radar) }
        return look
    }

    private mutating func take(_ look: RadarLook, _ scene: RadarScene) -> [TrackNumber] {
        var look = look
        gather(&look, scene)
        workspace.radar.associate(plots: look.count)
        learnNoise(look, scene)
        workspace.radar.settle(look, &list.states, settings: scene.settings) { _, outcome, state in
            state.learn(outcome, scene)
        }
        return assign(look, scene)
    }

    private func plot(of report: Report, plane: SlantPlane, _ radar: RadarState) -> RadarPlot? {
        guard case .polar(let polar) = report.measurement else { return nil }
        let range = max(polar.slantRange.meters, 1)
        let azimuthSigma = max(polar.azimuthSigmaDegrees, 0.005) * .pi / 180
        var height = polar.pressureAltitude?.meters
        var heightSigma = settings.pressureAltitudeSigma
        if height == nil, let elevation = polar.elevationDegrees.map({ $0 * .pi / 180 }) {
            let ground = range * Double.cos(elevation)
            height = plane.origin.height + range * Double.sin(elevation) + ground * ground / (2 * 6_371_008.8)
            heightSigma = 2 * azimuthSigma * range
        }
        return RadarPlot(
            at: report.measuredAt, slantRange: range, azimuth: polar.azimuth.radians, height: height,
            rangeVariance: radar.noise.rangeVariance(stated: max(polar.slantRangeSigma.meters, 1)),
            azimuthVariance: radar.noise.azimuthVariance(stated: azimuthSigma),
            heightVariance: heightSigma * heightSigma, otherDensity: radar.rings.density(at: range),
            address: report.identity.address)
    }

    /// The tracks of the radar's world within its reach.
    func slots(within scene: RadarScene) -> [Int] {
        let reach = 1.1 * scene.footprint.range + 20_000
        return list.slots(around: scene.footprint.plane.origin, radius: reach).filter {
            list.states[$0].exercise == scene.key.exercise
        }
    }

    /// A track is compared with a sector up to this much older than its state as it is, moved back in straight
    /// flight; seconds. Aircraft say every second where they are, and sectors come up to a turn late.
    private static let sectorLag = 4.0

    /// The plots that may belong to a track that is far ahead of the sector: they are taken through its past.
    private func plotsOfThePast(_ look: RadarLook, _ scene: RadarScene) -> [Int] {
        guard !look.plots.isEmpty else { return [] }
        var found: Set<Int> = []
        let lag = scene.sector.isLate ? Self.promptSeconds : Self.sectorLag
        for slot in slots(within: scene) where list.states[slot].lag(to: scene.sector.at) < -lag {
            found.formUnion(RadarGlance(list.states[slot], scene, look)?.plots ?? [])
        }
        return found.sorted()
    }

    /// Finds the tracks that the beam may have passed and compares them with the plots.
    private mutating func gather(_ look: inout RadarLook, _ scene: RadarScene) {
        workspace.radar.begin(look)
        for slot in slots(within: scene) where list.states[slot].lag(to: scene.sector.at) >= -Self.sectorLag {
            guard let glance = RadarGlance(list.states[slot], scene, look) else { continue }
            add(slot: slot, glance, &look, scene)
        }
    }

    private mutating func add(slot: Int, _ glance: RadarGlance, _ look: inout RadarLook, _ scene: RadarScene) {
        if let radar = list.states[slot].slantRadar, radar != scene.key.sensor {
            guard !glance.plots.isEmpty else { return }
            leaveSlantPlane(slot: slot, for: nil)
        } else if list.states[slot].isNoticedOnly, glance.plots.contains(where: { look.plots[$0].height == nil }) {
            list.states[slot].enterSlantPlane(of: scene.key.sensor, look.plane, scene.settings)
        }
        list.states[slot].glide(to: scene.sector.at, turn: scene.turn, scene.settings, plane: look.plane)
        noteExpectation(slot: slot)
        let survival = list.states[slot].beginLook(scene)
        list.states[slot].existence *= survival
        let prospects = scene.prospects(of: list.states[slot])
        list.states[slot].change(radar: scene.key.sensor) { $0.pass(inside: prospects.inside, at: scene.sector.at) }
        guard prospects.inside > 1e-3 || !glance.plots.isEmpty else { return }
        let state = list.states[slot]
        let target = RadarUpdate.Target(
            slot: slot, visible: prospects.visible, isWatched: prospects.isWatched, first: 0,
            outlierShare: prospects.outlierShare)
        workspace.radar.add(target, state, chances: prospects.chances, width: prospects.width)
        look.outlierShare = prospects.outlierShare
        for plot in glance.plots {
            guard let factor = state.identityFactor(look.plots[plot], scene) else { continue }
            let isOwn = look.plots[plot].address != nil && look.plots[plot].address == state.identity.address
            workspace.radar.compare(
                plot, look, state, detections: isOwn ? prospects.any : prospects.detections, factor: factor,
                width: prospects.width)
        }
    }

    /// Learns how good the radar's plots are, beyond 5 nautical miles, where targets are points.
    private mutating func learnNoise(_ look: RadarLook, _ scene: RadarScene) {
        var lessons: [(range: Double, azimuth: Double)] = []
        workspace.radar.forEachSurePair(
            { slot, plot, likelihoods in
                guard look.plots[plot].slantRange > 9_260 else { return }
                let state = list.states[slot]
                var (range, azimuth, total) = (0.0, 0.0, 0.0)
                for (mode, likelihood) in zip(state.mixture.modes, likelihoods) {
                    let weight = mode.weight * likelihood
                    let surprise = look.surprise(plot, mode, at: state.at)
                    total += weight
                    range += weight * min(9, surprise.range)
                    azimuth += weight * min(9, surprise.azimuth)
                }
                if total > 0 { lessons.append((range / total, azimuth / total)) }
            }, in: list.states)
        for lesson in lessons { radars[scene.key]?.noise.learn(range: lesson.range, azimuth: lesson.azimuth) }
    }

    // MARK: Whose plots they are

    private mutating func assign(_ look: RadarLook, _ scene: RadarScene) -> [TrackNumber] {
        var updated: [TrackNumber] = []
        var newcomers: [RadarNewcomer] = []
        for index in scene.sector.reports.indices {
            let unexplained = workspace.radar.unexplained[index]
            radars[scene.key]?.rings.count(unexplained, at: look.plots[index].slantRange)
            let owner = workspace.radar.owners[index]
            let isClaimed = owner.target >= 0 && owner.probability >= unexplained
            if isClaimed {
                updated.append(give(plot: index, to: owner, look, scene))
            }
            if !isClaimed || unexplained > RadarNewcomer.leastUnexplained {
                newcomers.append(RadarNewcomer(plot: index, isClaimed: isClaimed, unexplained: unexplained))
            }
        }
        noteMisses(scene, taken: updated)
        for target in workspace.radar.targets {
            list.relocate(slot: target.slot, to: list.states[target.slot].mixture.mean.position)
        }
        for newcomer in newcomers { updated += welcome(newcomer, look, scene) }
        return stitch(updated, scene)
    }

    private mutating func give(
        plot: Int, to owner: (target: Int, probability: Double), _ look: RadarLook, _ scene: RadarScene
    ) -> TrackNumber {
        let report = scene.sector.reports[plot]
        let slot = workspace.radar.targets[owner.target].slot
        if list.states[slot].identity.address != nil {
            radars[scene.key]?.answering.learn(look.plots[plot].address != nil)
        }
        compareWithClaim(report, slot: slot)
        give(report, to: slot, scene, otherDensity: look.plots[plot].otherDensity / look.plots[plot].slantRange)
        noteTake(report, slot: slot, probability: owner.probability, look.plane)
        workspace.claims.append(Workspace.Claim(report: report, track: list.states[slot].number))
        return list.states[slot].number
    }
}
