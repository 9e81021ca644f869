internal import TocsinModel

extension ReportFields {
    /// The measurement of the stated kind; `nil` for a sign of life.
    ///
    /// A field that does not belong to the kind is refused, so that nothing that was said is silently dropped.
    func measurement() throws(DecodeError) -> Measurement? {
        guard present.contains(.kind) else { throw .missingField("kind") }
        switch kind {
        case "alive":
            try allow([])
            return nil
        case "fix":
            try allow(Self.identityKeys.union(Self.fixKeys).union(Self.evidenceKeys))
            return .fix(try fix())
        case "estimate":
            let own = ReportKeySet([.velocitySigmaMetersPerSecond, .systemTrack])
            try allow(Self.identityKeys.union(Self.fixKeys).union(Self.evidenceKeys).union(own))
            let sigma = Speed(metersPerSecond: try required(.velocitySigmaMetersPerSecond))
            return .estimate(Estimate(fix: try fix(), velocitySigma: sigma))
        case "polar":
            try allow(Self.identityKeys.union(Self.polarKeys).union(Self.evidenceKeys))
            return .polar(try polar())
        case "bearing":
            try allow(Self.bearingKeys.union(Self.evidenceKeys))
            return .bearing(try bearing())
        case "presence":
            try allow(Self.presenceKeys.union(Self.evidenceKeys))
            return .presence(
                Presence(
                    origin: try origin(), radius: Distance(meters: try required(.radiusMeters)),
                    likelihoodRatio: try required(.likelihoodRatio)))
        default:
            throw .outOfRange("kind")
        }
    }

    /// What the report says of who the object is.
    var identity: IdentityEvidence {
        var evidence = IdentityEvidence(
            address: address, callsign: present.contains(.callsign) ? callsign : nil,
            modeA: present.contains(.modeA) ? modeA : nil, isCooperative: isCooperative)
        evidence.systemTrack = present.contains(.systemTrack) ? systemTrack : nil
        return evidence
    }

    private static let commonKeys = ReportKeySet([.sensor, .time, .kind, .exercise])
    private static let evidenceKeys = ReportKeySet([.classEvidence, .position])
    private static let identityKeys = ReportKeySet([.address, .callsign, .modeA, .cooperative])
    private static let fixKeys = ReportKeySet([
        .sigmaMeters, .pressureAltitudeMeters, .speedMetersPerSecond, .trackDegrees, .verticalRateMetersPerSecond,
    ])
    private static let polarKeys = ReportKeySet([
        .slantRangeMeters, .azimuthDegrees, .slantRangeSigmaMeters, .azimuthSigmaDegrees, .elevationDegrees,
        .pressureAltitudeMeters,
    ])
    private static let bearingKeys = ReportKeySet([
        .azimuthDegrees, .azimuthSigmaDegrees, .elevationDegrees, .propagation, .soundSpeedMetersPerSecond,
        .maximumRangeMeters,
    ])
    private static let presenceKeys = ReportKeySet([.radiusMeters, .likelihoodRatio])

    private func allow(_ keys: ReportKeySet) throws(DecodeError) {
        if let stranger = named.subtracting(keys).subtracting(Self.commonKeys).first {
            throw .unknownField(stranger.name)
        }
    }

    private func fix() throws(DecodeError) -> Fix {
        guard present.contains(.position) else { throw .missingField("position") }
        let velocity: GroundVelocity?
        switch (number(.speedMetersPerSecond), number(.trackDegrees)) {
        case (let speed?, let track?):
            velocity = GroundVelocity(speed: Speed(metersPerSecond: speed), track: Bearing(degrees: track))
        case (nil, nil): velocity = nil
        case (nil, _): throw .missingField("speedMetersPerSecond")
        case (_, nil): throw .missingField("trackDegrees")
        }
        return Fix(
            point: position.point, height: position.height, pressureAltitude: pressureAltitude,
            horizontalSigma: Distance(meters: try required(.sigmaMeters)), velocity: velocity,
            verticalRate: number(.verticalRateMetersPerSecond).map { VerticalRate(metersPerSecond: $0) })
    }

    private func polar() throws(DecodeError) -> Polar {
        Polar(
            origin: try origin(), slantRange: Distance(meters: try required(.slantRangeMeters)),
            azimuth: Bearing(degrees: try required(.azimuthDegrees)),
            slantRangeSigma: Distance(meters: try required(.slantRangeSigmaMeters)),
            azimuthSigmaDegrees: try required(.azimuthSigmaDegrees), elevationDegrees: number(.elevationDegrees),
            pressureAltitude: pressureAltitude)
    }

    private func bearing() throws(DecodeError) -> SoundOrSightBearing {
        guard present.contains(.propagation) else { throw .missingField("propagation") }
        let speed: Speed?
        switch propagation {
        case "sound":
            speed = Speed(metersPerSecond: number(.soundSpeedMetersPerSecond) ?? Self.soundSpeedMetersPerSecond)
        case "light":
            guard !present.contains(.soundSpeedMetersPerSecond) else {
                throw .unknownField("soundSpeedMetersPerSecond")
            }
            speed = nil
        default:
            throw .outOfRange("propagation")
        }
        return SoundOrSightBearing(
            origin: try origin(), azimuth: Bearing(degrees: try required(.azimuthDegrees)),
            azimuthSigmaDegrees: try required(.azimuthSigmaDegrees), elevationDegrees: number(.elevationDegrees),
            propagationSpeed: speed, maximumRange: Distance(meters: try required(.maximumRangeMeters)))
    }

    /// Sound in air of 15 degrees Celsius, where a report does not say.
    private static let soundSpeedMetersPerSecond = 340.0

    private var pressureAltitude: PressureAltitude? {
        number(.pressureAltitudeMeters).map { PressureAltitude(meters: $0) }
    }

    /// The sensor's own place; `nil`: it is configured.
    private func origin() throws(DecodeError) -> SensorPosition? {
        guard present.contains(.position) else { return nil }
        guard let height = position.height else { throw .missingField("position.heightMeters") }
        return SensorPosition(point: position.point, height: height)
    }
}
