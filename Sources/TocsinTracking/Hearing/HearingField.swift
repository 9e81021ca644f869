internal import OrderedCollections
internal import RealModule
internal import TocsinModel

/// All that is heard in one region, and the objects followed there by ear. Its steps, once a second: bearings
/// correct the tracks (``HeardUpdate``); what they do not explain starts young tracks (``HearingInitiation``), which
/// are solved for anew each second and then join the tracks; how far sensors hear is learnt (``DetectionCurve``).
struct HearingField: Hashable, Sendable, Codable {
    let exercise: Bool
    let plane: HearingPlane
    /// Time zero of its seconds.
    private let epoch: Instant
    private(set) var now = 0.0
    private(set) var sensors: [HearingSensor] = []
    private var places: OrderedDictionary<SensorID, Int> = [:]
    var tracks: [HeardTrack] = []
    var young: [YoungTrack] = []
    private var curves: OrderedDictionary<SensorKind, DetectionCurve> = [:]
    /// Bearings of the window that no track explains, by tick, sensor and time.
    private var pool: [HeardBearing] = []
    /// The running number of the first of them.
    private var poolStart = 0
    /// The times of the ticks in the window, and the number of the first of them.
    private var times: [Double] = []
    private var firstTick = 0
    /// What came since the last tick, with the reports.
    private(set) var pending: [Pending] = []
    private var falseBearings = FalseBearings()
    private var lastKey = 0
    /// When any of its sensors last gave a sign of life, seconds.
    private var signAt = -HearingSensor.never
    /// The tracks that the last tick lost sight of, because nobody listens any more.
    private(set) var lost: [TrackNumber] = []
    private let hearingProbability: Double

    struct Pending: Hashable, Sendable, Codable {
        var bearing: HeardBearing
        var report: Report
        /// The key of the track that likely caused it.
        var owner: Int?
    }

    /// What is heard in a window of so many seconds starts tracks.
    private static let windowSeconds = 12.0
    /// So many ticks pass before what is left over counts as false.
    private static let settlingTicks = 4
    /// More in one tick is noise.
    private static let pendingAtMost = 4 * Limits.reportsPerFrame
    /// Sensors of one region, from the middle on, meters.
    static let radius = 700_000.0

    init(at position: SIMD4<Double>, exercise: Bool, from instant: Instant, hearingProbability: Double) {
        plane = HearingPlane(at: position)
        self.exercise = exercise
        self.hearingProbability = hearingProbability
        epoch = instant
        now = -1
    }

    func seconds(_ instant: Instant) -> Double { instant.seconds(since: epoch) }
    func instant(_ seconds: Double) -> Instant { epoch.advanced(bySeconds: seconds) }

    // MARK: What comes in

    /// Adds a sensor, or puts its place, range and signal right.
    mutating func set(_ id: SensorID, kind: SensorKind, ear: Ear, range: Double, intervalSeconds: Double) {
        if let slot = places[id] {
            sensors[slot].ear = ear
            sensors[slot].range = range
            return
        }
        guard sensors.count < Limits.sensors else { return }
        places[id] = sensors.count
        var sensor = HearingSensor(id: id, kind: kind, ear: ear, range: range, intervalSeconds: intervalSeconds)
        let curve = curves[kind, default: DetectionCurve(probability: hearingProbability)]
        curves[kind] = curve
        sensor.take(curve)
        sensors.append(sensor)
    }

    /// Whether it is known to be alive: from then on its silence counts.
    /// - Parameter sign: The time of its last sign of life, seconds.
    mutating func note(_ id: SensorID, isAlive: Bool, sign: Double, at seconds: Double) {
        guard let slot = places[id] else { return }
        // A sensor that never gave one says so with a time out of range.
        if sign <= seconds { signAt = max(signAt, sign) }
        if !isAlive {
            sensors[slot].aliveFrom = HearingSensor.never
        } else if sensors[slot].aliveFrom == HearingSensor.never {
            sensors[slot].aliveFrom = seconds
        }
    }

    /// - Parameter unexplained: The probability that no track followed otherwise caused it.
    mutating func add(_ report: Report, direction: SIMD2<Double>, sigma: Double, unexplained: Double) {
        guard let slot = places[report.sensor], pending.count < Self.pendingAtMost else { return }
        let bearing = HeardBearing(
            sensor: slot, at: seconds(report.measuredAt), direction: direction, sigma: sigma, free: unexplained)
        pending.append(Pending(bearing: bearing, report: report))
    }

    // MARK: A tick

    /// Takes what came since the last tick.
    mutating func tick(to seconds: Double) {
        let span = seconds - now
        now = seconds
        for index in tracks.indices { tracks[index].predict(by: span, to: now) }
        for index in young.indices { young[index].move(by: span) }
        guard !isMute else { return coast(over: span) }
        falseBearings.forget(over: span)
        let tick = firstTick + times.count
        times.append(now)
        forgetOldTicks()
        take(tick: tick)
        for index in tracks.indices {
            HeardReduction.reduce(&tracks[index].motions, at: now)
            tracks[index].summarize()
        }
        if tick >= 2 { fitCurves() }
        initiate()
        if tick >= 1 { fitEarly() }
        if tick >= Self.settlingTicks { learnFalseBearings(of: tick - 2) }
        removeTwins()
        lost = removeEnded(isMute: false)
    }

    /// Whether all sensors fell silent at once, which is an outage and says nothing of the objects.
    private var isMute: Bool {
        pending.isEmpty && sensors.allSatisfy { now - signAt >= 0.95 * $0.intervalSeconds }
    }

    /// Goes on without looks.
    private mutating func coast(over span: Double) {
        for index in tracks.indices { tracks[index].lastHeardAt += span }
        forgetOldTicks()
        if times.isEmpty { young.removeAll() }
        lost = removeEnded(isMute: true)
    }

    /// The reports of the last tick, with the tracks that caused them.
    mutating func takePending() -> [Pending] {
        defer { pending.removeAll(keepingCapacity: true) }
        return pending
    }

    private mutating func forgetOldTicks() {
        let limit = now - Self.windowSeconds + 0.5
        let old = times.prefix { $0 < limit }.count
        guard old > 0 else { return }
        times.removeFirst(old)
        firstTick += old
        let kept = pool.firstIndex { $0.tick >= firstTick } ?? pool.count
        pool.removeFirst(kept)
        poolStart += kept
    }

    /// Compares every look with the tracks.
    private mutating func take(tick: Int) {
        pending.sort { ($0.bearing.sensor, $0.bearing.at) < ($1.bearing.sensor, $1.bearing.at) }
        var next = 0
        for slot in sensors.indices {
            var isHeard = false
            while next < pending.count, pending[next].bearing.sensor == slot {
                let first = next
                while next < pending.count, pending[next].bearing.sensor == slot,
                    pending[next].bearing.at - pending[first].bearing.at < 0.3
                { next += 1 }
                take(first..<next, of: slot, at: pending[first].bearing.at, tick: tick)
                isHeard = true
            }
            guard !isHeard, sensors[slot].aliveFrom <= now,
                now - sensors[slot].lookedAt >= 0.95 * sensors[slot].intervalSeconds
            else { continue }
            take(next..<next, of: slot, at: now, tick: tick)
        }
    }

    private mutating func take(_ range: Range<Int>, of slot: Int, at seconds: Double, tick: Int) {
        sensors[slot].lookedAt = max(sensors[slot].lookedAt, seconds)
        if tick >= Self.settlingTicks { falseBearings.looks += 1 }
        var bearings = pending[range].map(\.bearing)
        if !tracks.isEmpty {
            let sensor = sensors[slot]
            learnDetection(sensor, bearings, lag: seconds - now)
            let update = HeardUpdate(
                sensor: sensor, now: now, lag: seconds - now, otherDensity: falseBearings.perLook / (2 * .pi))
            let owners = update.take(&bearings, &tracks)
            for (index, owner) in zip(range, owners) { pending[index].owner = owner.map { tracks[$0].key } }
        }
        for index in bearings.indices {
            bearings[index].tick = tick
            bearings[index].left = bearings[index].free
            pool.append(bearings[index])
        }
    }
}

extension YoungTrack {
    fileprivate mutating func move(by seconds: Double) {
        state.x += state.z * seconds
        state.y += state.w * seconds
    }
}

// MARK: Starting

extension HearingField {
    /// Solves anew which objects explain what the tracks do not.
    private mutating func initiate() {
        let scene = HearingScene(
            sensors: sensors, bearings: pool, times: times, firstTick: firstTick,
            falsePerLook: falseBearings.perLook)
        var initiation = HearingInitiation(scene: scene)
        initiation.run(young: young.map(\.state))
        for kind in curves.keys { curves[kind]?.forgetYoung() }
        let candidates = initiation.chosen.map(\.candidate)
        let found = initiation.chosen.map { youngTrack($0, initiation.scene) }
        let matching = YoungMatching(found, young)
        let others = tracks.map { $0.motions[0].state }
        var next: [YoungTrack] = []
        for (number, chosen) in initiation.chosen.enumerated() {
            var track = found[number]
            track.goOn(from: matching.matches[number].map { young[$0] }, or: &lastKey)
            let isGrown = track.isGrown(at: now)
            learnDetection(number, candidates, others: others, scene: initiation.scene, isGrown: isGrown)
            noteOwners(track, chosen.claims, initiation.scene)
            if isGrown {
                initiation.hand(chosen, existence: min(0.99, track.existence))
                promote(track)
            } else {
                next.append(track)
            }
        }
        young = next
        pool = initiation.scene.bearings
    }

    private func youngTrack(_ chosen: HearingInitiation.Chosen, _ scene: HearingScene) -> YoungTrack {
        let causes = scene.shares(of: chosen.claims).map { SIMD2(Double(poolStart + $0.bearing), $0.share) }
        return YoungTrack(
            bornAt: now, state: chosen.candidate.state, covariance: chosen.candidate.covariance,
            score: chosen.candidate.score, causes: causes)
    }

    private mutating func promote(_ young: YoungTrack) {
        var motion = HeardMotion(state: young.state, covariance: young.covariance, branchedAt: now)
        // The fit knew nothing of turns.
        motion.covariance = motion.covariance + .diagonal(motion.covariance.diagonal * 0.1)
        tracks.append(
            HeardTrack(
                key: young.key, number: young.number, existence: min(0.99, young.existence), motion: motion,
                bornAt: young.bornAt, at: now))
    }

    /// Finds the reports of this tick that likely came from a young track.
    private mutating func noteOwners(_ track: YoungTrack, _ claims: [HearingScene.Claim], _ scene: HearingScene) {
        guard track.existence > 0.5, let tick = pool.last?.tick else { return }
        let first = pool.firstIndex { $0.tick == tick } ?? 0
        for claim in claims where claim.bearing >= first && claim.density > 2 * scene.claimedDensity {
            let index = claim.bearing - first
            if index < pending.count, pending[index].owner == nil { pending[index].owner = track.key }
        }
    }
}

extension PlaneMatrix {
    fileprivate var diagonal: SIMD4<Double> { SIMD4(first.x, second.y, third.z, fourth.w) }
}

// MARK: Learning

extension HearingField {
    /// Tracks that are alone in their direction, and well known, teach how far sensors hear.
    private enum Lesson {
        static let window = 10 * Double.pi / 180
        static let youngWindow = 8 * Double.pi / 180
        /// Others must be farther by so much.
        static let margin = 6 * Double.pi / 180
        /// Distances as shares of the range.
        static let farthest = 2.4
        static let nearest = 600.0
        static let angleSigma = 2 * Double.pi / 180
        static let distanceSigma = 400.0
        static let youngAngleSigma = 3 * Double.pi / 180
        static let youngDistanceSigma = 600.0
        static let youngWeight = 0.7
        static let youngScore = HearingInitiation.leastScore + 4
        static let youngSeconds = 4.5
    }

    private mutating func learnDetection(_ sensor: HearingSensor, _ bearings: [HeardBearing], lag: Double) {
        let farthest = Lesson.farthest * sensor.range
        let near = tracks.filter { track in
            let step = SIMD2(track.mean.x, track.mean.y) - sensor.ear.place
            return track.existence > 0.1 && (step * step).sum() < 1.6 * farthest * farthest
        }
        for (number, track) in near.enumerated() where track.existence >= 0.95 && now - track.bornAt >= 3 {
            guard let heaviest = track.motions.max(by: { $0.weight < $1.weight }),
                let look = HeardLook(heaviest, now: now, lag: lag, ear: sensor.ear), look.distance < farthest,
                look.distance > Lesson.nearest,
                isKnown(look, track.covariance, angle: Lesson.angleSigma, distance: Lesson.distanceSigma)
            else { continue }
            let isAlone = near.indices.allSatisfy { other in
                guard other != number,
                    let seen = HeardLook(near[other].motions[0], now: now, lag: lag, ear: sensor.ear),
                    seen.distance < farthest
                else { return true }
                return abs(look.residual(of: seen.direction)) >= Lesson.window + Lesson.margin
            }
            guard isAlone else { continue }
            let isHeard = bearings.contains { abs(look.residual(of: $0.direction)) < Lesson.window }
            curves[sensor.kind]?.add(
                distance: look.distance / sensor.range, weight: 1, isHeard: isHeard, isYoung: false)
        }
    }

    private func isKnown(_ look: HeardLook, _ covariance: PlaneMatrix, angle: Double, distance: Double) -> Bool {
        look.angleGradient.dot(covariance * look.angleGradient) <= angle * angle
            && look.distanceGradient.dot(covariance * look.distanceGradient) <= distance * distance
    }

    /// The same from a young track: of its whole window when it joins the tracks, before of the last seconds.
    private mutating func learnDetection(
        _ number: Int, _ candidates: [HearingCandidate], others: [SIMD4<Double>], scene: HearingScene, isGrown: Bool
    ) {
        let candidate = candidates[number]
        guard candidate.score > Lesson.youngScore else { return }
        var rivals = others
        for (other, rival) in candidates.enumerated() where other != number { rivals.append(rival.state) }
        rivals.removeAll { candidate.distance(to: $0) > 4 * scene.farthest }
        for tick in times.indices where isGrown || times[tick] >= now - Lesson.youngSeconds {
            for slot in sensors.indices {
                let sensor = sensors[slot]
                guard candidate.distance(to: SIMD4(sensor.ear.place.x, sensor.ear.place.y, 0, 0)) < 3 * sensor.range,
                    let heard = scene.look(of: slot, tick: tick),
                    let look = HeardLook(straight: candidate.state, lag: heard.lag, ear: sensor.ear),
                    look.distance < Lesson.farthest * sensor.range, look.distance > Lesson.nearest,
                    isKnown(
                        look, candidate.covariance, angle: Lesson.youngAngleSigma, distance: Lesson.youngDistanceSigma),
                    isAlone(look, rivals, lag: heard.lag, sensor)
                else { continue }
                let isHeard = heard.bearings.contains {
                    abs(look.residual(of: scene.bearings[$0].direction)) < Lesson.youngWindow
                }
                curves[sensor.kind]?.add(
                    distance: look.distance / sensor.range, weight: Lesson.youngWeight, isHeard: isHeard,
                    isYoung: !isGrown)
            }
        }
    }

    private func isAlone(_ look: HeardLook, _ rivals: [SIMD4<Double>], lag: Double, _ sensor: HearingSensor) -> Bool {
        rivals.allSatisfy { rival in
            guard let seen = HeardLook(straight: rival, lag: lag, ear: sensor.ear),
                seen.distance < 1.6 * sensor.farthest
            else { return true }
            return abs(look.residual(of: seen.direction)) >= Lesson.youngWindow + Lesson.margin
        }
    }

    private mutating func fitCurves() {
        for kind in curves.keys { curves[kind]?.fit() }
        for slot in sensors.indices {
            if let curve = curves[sensors[slot].kind] { sensors[slot].take(curve) }
        }
    }

    /// While little is known, young tracks are solved for again when the range has changed.
    private mutating func fitEarly() {
        guard curves.values.contains(where: { $0.looks < 300 }) else { return }
        let before = curves.values.map(\.reach)
        fitCurves()
        if zip(before, curves.values).contains(where: { abs($0.1.reach / $0.0 - 1) > 0.04 }) { initiate() }
    }

    private mutating func learnFalseBearings(of tick: Int) {
        falseBearings.count += pool.reduce(0) { $1.tick == tick ? $0 + min($1.left, $1.free) : $0 }
        falseBearings.learn()
    }

    /// The learnt range of a kind of sensor, as a share of what is configured; `nil`: none is known.
    func learntReach(of kind: SensorKind) -> Double? { curves[kind]?.reach }
}
