internal import OrderedCollections
internal import RealModule
internal import TocsinModel

// Objects that only sound or sight gives away: directions without distances. They are followed in the plane, second
// by second (``HearingField``), and shown as tracks like all others. Once another kind of sensor sees such an object,
// its track goes on like any other, and directions correct it as they correct all.
extension Tracker {
    /// Regions at most; the earth has room for a few hundred.
    private static let fieldsAtMost = 64
    /// Bearings surely explained by other tracks teach nothing of new ones.
    private static let leastShare = 0.01
    private static let tickSeconds = 0.95

    /// Keeps a direction for the next second.
    /// - Parameter unexplained: The probability that no track caused it that is followed otherwise.
    mutating func listen(_ report: Report, _ bearing: BearingSighting, unexplained: Double) {
        guard unexplained >= Self.leastShare, let slot = field(around: bearing.origin, of: report) else { return }
        let plane = fields[slot].plane
        let entry = sensors[report.sensor]
        fields[slot].set(
            report.sensor, kind: entry?.settings.kind ?? (bearing.propagationSpeed == nil ? .camera : .microphone),
            ear: settings.ear(at: plane.project(bearing.origin), speed: bearing.propagationSpeed),
            range: max(entry?.settings.range.meters ?? bearing.maximumRange, 1),
            intervalSeconds: entry?.intervalSeconds ?? 1)
        fields[slot].add(
            report, direction: plane.direction(azimuth: bearing.azimuth, at: bearing.origin),
            sigma: bearing.azimuthVariance.squareRoot(), unexplained: unexplained)
    }

    private mutating func field(around position: SIMD4<Double>, of report: Report) -> Int? {
        let known = fields.firstIndex {
            $0.exercise == report.exercise && $0.plane.distance(to: position) < HearingField.radius
        }
        if let known { return known }
        guard fields.count < Self.fieldsAtMost else { return nil }
        var field = HearingField(
            at: position, exercise: report.exercise, from: report.measuredAt,
            hearingProbability: settings.hearingProbability)
        for sensor in sensors.listeners where field.plane.distance(to: sensor.position) < HearingField.radius {
            let speed = sensor.settings.kind == .microphone ? settings.soundSpeed : nil
            field.set(
                sensor.settings.id, kind: sensor.settings.kind,
                ear: settings.ear(at: field.plane.project(sensor.position), speed: speed),
                range: max(sensor.settings.range.meters, 1), intervalSeconds: sensor.intervalSeconds)
        }
        fields.append(field)
        return fields.count - 1
    }

    /// Takes what was heard in the last second.
    mutating func followByEar(at now: Instant) -> [TrackEvent] {
        var events: [TrackEvent] = []
        for slot in fields.indices {
            let seconds = fields[slot].seconds(now)
            guard seconds - fields[slot].now >= Self.tickSeconds else { continue }
            letGoOfTaken(slot)
            for sensor in sensors.listeners {
                fields[slot].note(
                    sensor.settings.id, isAlive: sensor.isAlive(at: now),
                    sign: fields[slot].seconds(sensor.lastHeardAt), at: seconds)
            }
            fields[slot].tick(to: seconds)
            events += show(slot, at: now)
        }
        return events + endUnheard()
    }

    /// Objects that other sensors follow now are no longer followed by ear alone.
    private mutating func letGoOfTaken(_ slot: Int) {
        for outline in fields[slot].outlines {
            guard let number = outline.number else { continue }
            if let known = list.slot(of: number), list.states[known].isHeard { continue }
            fields[slot].drop(outline.key)
        }
    }

    private mutating func show(_ slot: Int, at now: Instant) -> [TrackEvent] {
        var events: [TrackEvent] = []
        var started: [TrackNumber] = []
        for outline in fields[slot].outlines {
            let state = fields[slot].plane.state(
                mean: outline.mean, covariance: settings.covariance(ofHeard: outline),
                height: settings.unknownHeightMean,
                heightVariance: settings.unknownHeightSigma * settings.unknownHeightSigma,
                climbVariance: settings.firstVerticalVelocitySigma * settings.firstVerticalVelocitySigma)
            if let number = outline.number {
                show(number, outline, state, at: now)
            } else if outline.isShown,
                let number = start(state, existence: outline.existence, at: now, exercise: fields[slot].exercise)
            {
                fields[slot].name(outline.key, number)
                show(number, outline, state, at: now)
                if let known = list.slot(of: number) { noteStart(slot: known, unexplained: 1) }
                started.append(number)
            }
        }
        noteReports(slot)
        for number in started {
            guard let known = list.slot(of: number) else { continue }
            list.states[known].isConfirmed = true
            events.append(.confirmed(list.states[known].published))
        }
        return events
    }

    private mutating func show(
        _ number: TrackNumber, _ outline: HearingField.Outline, _ state: Gaussian, at now: Instant
    ) {
        guard let slot = list.slot(of: number) else { return }
        list.states[slot].isHeard = true
        list.states[slot].mixture = MotionMixture(state)
        list.states[slot].at = now
        // Not shown: its object is not where the track says, or is silent.
        list.states[slot].existence = outline.isShown ? outline.existence : min(outline.existence, 0.49)
        list.relocate(slot: slot, to: state.position)
    }

    private mutating func noteReports(_ slot: Int) {
        var numbers: OrderedDictionary<Int, TrackNumber> = [:]
        for outline in fields[slot].outlines { numbers[outline.key] = outline.number }
        for pending in fields[slot].takePending() {
            guard let owner = pending.owner, let number = numbers[owner], let known = list.slot(of: number) else {
                continue
            }
            var report = pending.report
            // Objects followed in the plane have no measured height.
            if case .bearing(var bearing) = report.measurement {
                bearing.elevationDegrees = nil
                report.measurement = .bearing(bearing)
            }
            list.states[known].note(report)
            noteHearing(slot: known, report)
        }
    }

    /// Ends the tracks that no field follows any more.
    private mutating func endUnheard() -> [TrackEvent] {
        guard list.states.contains(where: \.isHeard) else { return [] }
        var followed: Set<TrackNumber> = []
        for field in fields {
            for track in field.tracks { track.number.map { _ = followed.insert($0) } }
            for track in field.young { track.number.map { _ = followed.insert($0) } }
        }
        var ended: [Int] = []
        for slot in list.states.indices where list.states[slot].isHeard {
            if !followed.contains(list.states[slot].number) { ended.append(slot) }
        }
        let lost = fields.flatMap(\.lost)
        let events = ended.map { slot in
            let isLost = lost.contains(list.states[slot].number)
            return TrackEvent.ended(list.states[slot].published, reason: isLost ? .lost : .improbable)
        }
        list.remove(ended)
        return events
    }
}

extension TrackingSettings {
    /// Of the listeners that say most of where it is, meters (fitted to flights far above microphones 3.5 km apart,
    /// `SensorMixTests`).
    private static let usualDistance = 1_400.0
    /// Faster than this nothing that is heard flies high, m/s (assumption).
    private static let lowFlyingSpeed = 100.0

    /// The covariance of a heard object that may fly high.
    ///
    /// The field is flat: sound from a height h above a listener at a distance d comes h^2 / 2 d c later than it
    /// thinks, and all listeners err alike, so that the object is ahead of where they put it. That is no noise
    /// that more looks would lessen; it is added where the track is told: (v sqrt(E h^4) / 2 d c)^2 along the way.
    func covariance(ofHeard outline: HearingField.Outline) -> PlaneMatrix {
        let (mean, variance) = (unknownHeightMean * unknownHeightMean, unknownHeightSigma * unknownHeightSigma)
        let fourth = mean * mean + 6 * mean * variance + 3 * variance * variance
        let delay = fourth.squareRoot() / (2 * Self.usualDistance * soundSpeed)
        let velocity = SIMD2(outline.mean.z, outline.mean.w)
        var covariance = outline.covariance
        guard (velocity * velocity).sum() < Self.lowFlyingSpeed * Self.lowFlyingSpeed else { return covariance }
        covariance.addSquare(SIMD4(velocity.x, velocity.y, 0, 0), delay * delay)
        return covariance
    }

    /// What decoders write where a sensor states no speed of sound, m/s.
    private static let unstatedSoundSpeed = 340.0
    private static let lightSpeed = 299_792_458.0

    /// - Parameter speed: Of sound, m/s; `nil`: light.
    func ear(at place: SIMD2<Double>, speed: Double?) -> Ear {
        guard let speed else { return Ear(place: place, speed: Self.lightSpeed, wind: .zero) }
        return Ear(place: place, speed: speed, wind: air.wind)
    }

    /// The speed of sound for a sensor that states `speed`, m/s: its own, or that of the air.
    func soundSpeed(stated speed: Double) -> Double { speed == Self.unstatedSoundSpeed ? soundSpeed : speed }
}
