internal import RealModule
package import TocsinModel

/// What a feed without sensors' faults says of the same raid: the true state of every object every 5 s, named and
/// of known class, from its coming into being (or the raid's start) to its end, without delay.
///
/// Other systems' estimates, so that it goes through the same pipeline. They come from two systems in turn, because
/// the warning engine trusts one source alone only so far.
package struct PerfectFeed: Hashable, Sendable {
    package let sensors: [SensorSettings]
    /// In the order of arrival.
    package let messages: [SimulatedMessage]
    /// When the first state of each object is told; `nil` for never. Seconds from the start of the raid, by object.
    package let firstTold: [Double?]

    /// Between two states of one object. Seconds.
    package static let intervalSeconds = 5.0
    /// What the estimates are said to be wrong by, although they are true: no filter takes 0.
    static let positionSigma = Distance(meters: 20)
    static let velocitySigma = Speed(metersPerSecond: 1)

    package init(of raid: Raid) {
        let settings = Self.systems(for: raid)
        sensors = settings
        let length = raid.endsAt.seconds(since: raid.startsAt)
        var messages: [SimulatedMessage] = []
        var firstTold = [Double?](repeating: nil, count: raid.objects.count)
        for (turn, seconds) in stride(from: 0.0, through: length, by: Self.intervalSeconds).enumerated() {
            let now = raid.startsAt.advanced(bySeconds: seconds)
            for object in raid.objects {
                guard let sample = object.sample(at: now) else { continue }
                firstTold[object.number] = firstTold[object.number] ?? seconds
                messages.append(Self.message(of: object, sample, by: settings[turn % settings.count].id))
            }
        }
        self.messages = messages
        self.firstTold = firstTold
    }

    private static func systems(for raid: Raid) -> [SensorSettings] {
        guard let anywhere = raid.objects.first?.samples.first?.point else { return [] }
        return [1, 2].map { number in
            SensorSettings(
                id: SensorID("truth-\(number)"), kind: .system,
                position: SensorPosition(point: anywhere, height: raid.settings.groundHeight),
                range: Distance(kilometers: 10_000), interval: .seconds(10), asterixIdentifier: nil)
        }
    }

    private static func message(
        of object: RaidObject, _ sample: TruthSample, by system: SensorID
    ) -> SimulatedMessage {
        let (east, north) = (sample.velocity.east, sample.velocity.north)
        let velocity = GroundVelocity(
            speed: Speed(metersPerSecond: (east * east + north * north).squareRoot()),
            track: Bearing(radians: Double.atan2(y: east, x: north)))
        let fix = Fix(
            point: sample.point, height: sample.height, pressureAltitude: nil, horizontalSigma: positionSigma,
            velocity: velocity, verticalRate: nil)
        var identity = IdentityEvidence.none
        identity.systemTrack = "object-\(object.number)"
        let report = Report(
            feed: FeedNumber(0), sensor: system, measuredAt: sample.at, receivedAt: sample.at,
            measurement: .estimate(Estimate(fix: fix, velocitySigma: velocitySigma)), identity: identity,
            classEvidence: ClassEvidence(likelihoods: ObjectClass.allCases.map { $0 == object.objectClass ? 1 : 0 }),
            exercise: true)
        return SimulatedMessage(arrivesAt: sample.at, object: object.number, content: .report(report))
    }
}
