public import TocsinModel

/// Mode S messages as reports: one for each position that is certain; everything else is remembered for the next.
public struct ModeSReportDecoder: ReportDecoder {
    private var register = AircraftRegister()

    public init() {}

    public mutating func decode(_ frame: Frame, from feed: FeedSettings, receivedAt: Instant) -> DecodedFrame {
        do throws(DecodeError) {
            let received = try ModeSFrame(frame.bytes, as: feed.format)
            guard case .modeS(let bits) = received.payload else {
                return DecodedFrame(heard: [feed.receiver])
            }
            let message = try ModeSMessage(bits)
            guard message.isIntact else { throw .badParity }
            return take(message, received.time, of: frame.feed, feed, receivedAt)
        } catch {
            let sample = Array(frame.bytes.prefix(Limits.rejectionSampleBytes))
            return DecodedFrame(rejections: [Rejection(feed: frame.feed, error: error, offset: 0, sample: sample)])
        }
    }

    private mutating func take(
        _ message: ModeSMessage, _ time: Instant?, of number: FeedNumber, _ feed: FeedSettings, _ receivedAt: Instant
    ) -> DecodedFrame {
        // Counters of ticks have no epoch: a message without a time was measured when it came.
        let measuredAt = time?.advanced(by: feed.timeShift) ?? receivedAt
        let sighting = register.take(message, at: measuredAt, receivedAt: receivedAt)
        guard sighting.isConfirmed else {
            return DecodedFrame()
        }
        guard let place = sighting.place, let aircraft = register[message.address],
            let fix = Self.fix(at: place, message, aircraft, measuredAt)
        else { return DecodedFrame(heard: [feed.receiver]) }
        let identity = IdentityEvidence(
            address: message.addressIsAssigned ? message.address : nil,
            callsign: aircraft.callsign.flatMap { CallsignCode(packed: $0).text }, modeA: aircraft.modeA,
            isCooperative: true)
        let report = Report(
            feed: number, sensor: feed.receiver, measuredAt: measuredAt, receivedAt: receivedAt,
            measurement: .fix(fix), identity: identity, classEvidence: nil, exercise: feed.exercise)
        return DecodedFrame(reports: [report])
    }

    private static func fix(
        at place: GeoPoint, _ message: ModeSMessage, _ aircraft: AircraftMemory, _ time: Instant
    ) -> Fix? {
        guard case .extendedSquitter(_, let squitter) = message.content else { return nil }
        let velocity = aircraft.velocity(at: time)
        var fix = Fix(
            point: place, height: nil, pressureAltitude: nil,
            horizontalSigma: PositionAccuracy.sigma(
                typeCode: squitter.typeCode, category: aircraft.positionAccuracyCategory),
            velocity: velocity?.overGround,
            verticalRate: velocity?.verticalRateFeetPerMinute.map { VerticalRate(feetPerMinute: Double($0)) })
        if case .airbornePosition(let position) = squitter.content, let altitude = position.altitude {
            if position.isGeometric {
                fix.height = altitude.geometricHeight
            } else {
                fix.pressureAltitude = altitude.pressureAltitude
                fix.height = velocity?.geometricMinusBarometricFeet.map {
                    GeometricHeight(feet: altitude.feet + Double($0))
                }
            }
        }
        return fix
    }
}

extension FeedSettings {
    /// The sensor that this feed's messages are attributed to.
    var receiver: SensorID { sensor ?? SensorID(name) }
}

extension Instant {
    /// This instant moved by a duration, finer digits than nanoseconds cut off.
    func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (shift, overflowOfShift) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        let (sum, overflowOfSum) = nanosecondsSinceEpoch.addingReportingOverflow(shift)
        guard overflow || overflowOfShift || overflowOfSum else { return Instant(nanosecondsSinceEpoch: sum) }
        return Instant(nanosecondsSinceEpoch: seconds < 0 ? .min : .max)
    }
}

extension AircraftMemory.Velocity {
    fileprivate var overGround: GroundVelocity? {
        guard let groundSpeedKnots, let trackDegrees else { return nil }
        return GroundVelocity(speed: Speed(knots: groundSpeedKnots), track: Bearing(degrees: trackDegrees))
    }
}
