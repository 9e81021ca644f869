internal import RealModule
internal import TocsinModel

/// A radar turns, and sees every object above its horizon when the beam passes it.
struct Scanning {
    let sensor: SensorSettings
    let ability: RadarAbility
    let startsAt: Instant
    let endsAt: Instant
    var generator: SeededGenerator

    mutating func messages(about paths: [ObjectPath]) -> [SimulatedMessage] {
        let frame = SensorFrame(sensor.position)
        var messages: [SimulatedMessage] = []
        var turn = startsAt.advanced(bySeconds: generator.uniform(in: 0...ability.turnSeconds)).inMilliseconds
        while turn <= endsAt {
            for path in paths {
                if let message = see(path, inTurnFrom: turn, from: frame) { messages.append(message) }
            }
            messages += falsePlots(inTurnFrom: turn)
            let arrivesAt = turn.advanced(bySeconds: generator.uniform(in: ability.latencySeconds))
            messages.append(
                SimulatedMessage(arrivesAt: arrivesAt, object: nil, content: .alive(sensor.id, at: turn)))
            turn = turn.advanced(bySeconds: ability.turnSeconds)
        }
        return messages
    }

    private mutating func see(
        _ path: ObjectPath, inTurnFrom turn: Instant, from frame: SensorFrame
    ) -> SimulatedMessage? {
        guard let first = path.startsAt else { return nil }
        let begin = turn.seconds(since: first)
        guard begin >= 0, begin <= path.lengthSeconds else { return nil }
        // The beam starts at north; the object's own movement during the turn shifts the pass by milliseconds.
        let azimuth = Bearing(radians: frame.azimuth(to: path.position(at: begin)))
        let seconds = begin + (azimuth.degrees / 360 * ability.turnSeconds).rounded(toParts: 1_000)
        guard seconds <= path.lengthSeconds else { return nil }
        let position = path.position(at: seconds)
        let range = frame.distance(to: position)
        let horizon = ability.horizon(targetHeightAboveGround: path.heightAboveGround(at: seconds))
        guard range <= min(sensor.range.meters, horizon.meters),
            generator.happens(withProbability: ability.detectionProbability)
        else { return nil }
        let measured = range + ability.slantRangeSigma.meters * generator.normal()
        let direction = Bearing(
            degrees: frame.azimuth(to: position) * 180 / .pi + ability.azimuthSigmaDegrees * generator.normal())
        return message(
            at: first.advanced(bySeconds: seconds), slantRange: max(0, measured), azimuth: direction,
            object: path.object.number)
    }

    private mutating func falsePlots(inTurnFrom turn: Instant) -> [SimulatedMessage] {
        (0..<generator.poisson(mean: ability.falsePlotsPerTurn)).map { _ in
            let azimuth = generator.uniform(in: 0...360)
            let range = sensor.range.meters * generator.uniform().squareRoot()
            return message(
                at: turn.advanced(bySeconds: azimuth / 360 * ability.turnSeconds).inMilliseconds, slantRange: range,
                azimuth: Bearing(degrees: azimuth), object: nil)
        }
    }

    private mutating func message(
        at measuredAt: Instant, slantRange: Double, azimuth: Bearing, object: Int?
    ) -> SimulatedMessage {
        let arrivesAt = measuredAt.advanced(bySeconds: generator.uniform(in: ability.latencySeconds))
        let polar = Polar(
            origin: sensor.position, slantRange: Distance(meters: slantRange.rounded()),
            azimuth: Bearing(degrees: azimuth.degrees.rounded(toParts: 100)),
            slantRangeSigma: ability.slantRangeSigma, azimuthSigmaDegrees: ability.azimuthSigmaDegrees,
            elevationDegrees: nil, pressureAltitude: nil)
        let report = Report(
            feed: FeedNumber(0), sensor: sensor.id, measuredAt: measuredAt, receivedAt: arrivesAt,
            measurement: .polar(polar), identity: .none, classEvidence: nil, exercise: true)
        return SimulatedMessage(arrivesAt: arrivesAt, object: object, content: .report(report))
    }
}
