internal import RealModule
internal import TocsinModel

/// A microphone listens once a second, and hears every object where it was when its sound set out.
struct Listening {
    let sensor: SensorSettings
    let ability: MicrophoneAbility
    let startsAt: Instant
    let endsAt: Instant
    var generator: SeededGenerator

    mutating func messages(about paths: [ObjectPath]) -> [SimulatedMessage] {
        // Each microphone has its own beat within the second and within the minute.
        let phase = generator.uniform().rounded(toParts: 1_000)
        let beat = generator.uniform(in: 0...60).rounded(toParts: 1_000)
        let frame = SensorFrame(sensor.position)
        var messages: [SimulatedMessage] = []
        for path in paths { messages += heard(path, from: frame, phase: phase) }
        messages += falseBearings(phase: phase)
        messages += signsOfLife(beat: beat)
        return messages
    }

    private mutating func heard(_ path: ObjectPath, from frame: SensorFrame, phase: Double) -> [SimulatedMessage] {
        guard let first = path.startsAt else { return [] }
        var messages: [SimulatedMessage] = []
        // Seconds of the path at which it listens.
        var seconds = startsAt.advanced(bySeconds: phase).seconds(since: first)
        if seconds < 0 { seconds -= seconds.rounded(.down) }
        let longest = path.lengthSeconds + sensor.range.meters / ability.soundSpeed.metersPerSecond
        while seconds <= longest {
            let nearest = frame.distance(to: path.position(at: min(seconds, path.lengthSeconds)))
            let travel = sensor.range.meters / ability.soundSpeed.metersPerSecond
            // Nothing flies faster than sound here, so that a distant object can't be heard for a while.
            let wait = (nearest - sensor.range.meters) / ability.soundSpeed.metersPerSecond - travel
            if wait > 1 {
                seconds += wait.rounded(.down)
                continue
            }
            if let message = hear(path, at: seconds, first: first, from: frame) { messages.append(message) }
            seconds += 1
        }
        return messages
    }

    private mutating func hear(
        _ path: ObjectPath, at seconds: Double, first: Instant, from frame: SensorFrame
    ) -> SimulatedMessage? {
        guard
            let emitted = Self.emission(
                heardAt: seconds, path: path, from: frame, soundSpeed: ability.soundSpeed.metersPerSecond)
        else { return nil }
        let position = path.position(at: emitted)
        guard frame.distance(to: position) <= sensor.range.meters,
            generator.happens(withProbability: ability.detectionProbability)
        else { return nil }
        let noise = ability.azimuthSigmaDegrees * generator.normal()
        let azimuth = Bearing(degrees: (frame.azimuth(to: position) * 180 / .pi + noise).rounded(toParts: 10))
        let evidence = ClassHearing.evidence(of: path.object.objectClass, using: &generator)
        return message(
            at: first.advanced(bySeconds: seconds), azimuth: azimuth, evidence: evidence, object: path.object.number)
    }

    /// When the sound heard at `seconds` set out: the root of te + |p(te) - s| / c = t, by bisection, because
    /// the left side only grows while the object is slower than sound. Seconds of the path.
    ///
    /// - Returns: `nil` if it would have set out before the object's first position or after its end.
    static func emission(
        heardAt seconds: Double, path: ObjectPath, from frame: SensorFrame, soundSpeed: Double
    ) -> Double? {
        func heard(_ emitted: Double) -> Double {
            emitted + frame.distance(to: path.position(at: emitted)) / soundSpeed
        }
        var low = 0.0
        var high = min(seconds, path.lengthSeconds)
        guard high >= low, heard(low) <= seconds, heard(high) >= seconds else { return nil }
        // 9,000 s halved 40 times is below a microsecond.
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if heard(middle) < seconds { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private mutating func falseBearings(phase: Double) -> [SimulatedMessage] {
        var messages: [SimulatedMessage] = []
        let length = endsAt.seconds(since: startsAt)
        var seconds = generator.exponential(mean: 3_600 / ability.falseBearingsPerHour)
        while seconds < length {
            let azimuth = Bearing(degrees: generator.uniform(in: 0...360).rounded(toParts: 10))
            let evidence = ClassHearing.evidence(of: .aircraft, using: &generator)
            let at = startsAt.advanced(bySeconds: seconds.rounded(.down) + phase)
            messages.append(message(at: at, azimuth: azimuth, evidence: evidence, object: nil))
            seconds += generator.exponential(mean: 3_600 / ability.falseBearingsPerHour)
        }
        return messages
    }

    private mutating func signsOfLife(beat: Double) -> [SimulatedMessage] {
        var messages: [SimulatedMessage] = []
        var at = startsAt.advanced(bySeconds: beat)
        while at <= endsAt {
            let arrival = at.advanced(bySeconds: generator.uniform(in: ability.latencySeconds))
            messages.append(
                SimulatedMessage(arrivesAt: arrival, object: nil, content: .alive(sensor.id, at: at)))
            at = at.advanced(bySeconds: 60)
        }
        return messages
    }

    private mutating func message(
        at measuredAt: Instant, azimuth: Bearing, evidence: ClassEvidence?, object: Int?
    ) -> SimulatedMessage {
        let arrivesAt = measuredAt.advanced(bySeconds: generator.uniform(in: ability.latencySeconds))
        let bearing = SoundOrSightBearing(
            origin: sensor.position, azimuth: azimuth, azimuthSigmaDegrees: ability.azimuthSigmaDegrees,
            elevationDegrees: nil, propagationSpeed: ability.soundSpeed, maximumRange: sensor.range)
        let report = Report(
            feed: FeedNumber(0), sensor: sensor.id, measuredAt: measuredAt, receivedAt: arrivesAt,
            measurement: .bearing(bearing), identity: .none, classEvidence: evidence, exercise: true)
        return SimulatedMessage(arrivesAt: arrivesAt, object: object, content: .report(report))
    }
}

/// How well a microphone tells the classes apart.
enum ClassHearing {
    /// One time in twenty it takes the object for something else.
    static let confusion = 0.05

    /// Likelihoods to two decimals: the class it believes in gets 0.6 to 0.95, the others share the rest.
    static func evidence(of truth: ObjectClass, using generator: inout SeededGenerator) -> ClassEvidence? {
        let isConfused = generator.happens(withProbability: confusion)
        let believed = isConfused ? (truth == .aircraft ? .attackDrone : .aircraft) : truth
        let strength = generator.uniform(in: 0.6...0.95).rounded(toParts: 100)
        let others = ObjectClass.allCases.filter { $0 != believed && $0 != .bird && $0 != .ballisticMissile }
        let rest = ((1 - strength) / Double(others.count)).rounded(toParts: 1_000)
        return ClassEvidence(
            likelihoods: ObjectClass.allCases.map { $0 == believed ? strength : others.contains($0) ? rest : 0 })
    }
}
