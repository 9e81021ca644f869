/// Reports as one line of JSON each: the inverse of the decoder for our own format
/// (Docs/formats/reports.md). Feed and receipt are not part of a line: the receiver knows them.
public enum ReportLine {
    /// The JSON object of `report`, without a line end. Reading it back gives the same report, bit for bit.
    public static func text(of report: Report) -> String {
        var line = JSONLine()
        line.field("sensor", report.sensor.rawValue)
        line.field("time", report.measuredAt.iso8601Exact)
        switch report.measurement {
        case .fix(let fix):
            line.field("kind", "fix")
            line.fix(fix)
        case .estimate(let estimate):
            line.field("kind", "estimate")
            line.fix(estimate.fix)
            line.field("velocitySigmaMetersPerSecond", estimate.velocitySigma.metersPerSecond)
        case .polar(let polar):
            line.polar(polar)
        case .bearing(let bearing):
            line.bearing(bearing)
        case .presence(let presence):
            line.field("kind", "presence")
            line.field("radiusMeters", presence.radius.meters)
            line.field("likelihoodRatio", presence.likelihoodRatio)
            line.origin(presence.origin)
        }
        line.identity(report.identity)
        line.evidence(report.classEvidence)
        if report.exercise { line.field("exercise", true) }
        return line.finishText()
    }

    /// The JSON object that says only that `sensor` works, without a line end.
    public static func alive(sensor: SensorID, at instant: Instant) -> String {
        var line = JSONLine()
        line.field("sensor", sensor.rawValue)
        line.field("time", instant.iso8601Exact)
        line.field("kind", "alive")
        return line.finishText()
    }
}

extension JSONLine {
    fileprivate mutating func fix(_ fix: Fix) {
        beginObject("position")
        field("latitude", fix.point.latitudeDegrees)
        field("longitude", fix.point.longitudeDegrees)
        field("heightMeters", fix.height?.meters)
        endObject()
        field("sigmaMeters", fix.horizontalSigma.meters)
        field("pressureAltitudeMeters", fix.pressureAltitude?.meters)
        field("speedMetersPerSecond", fix.velocity?.speed.metersPerSecond)
        field("trackDegrees", fix.velocity?.track.degrees)
        field("verticalRateMetersPerSecond", fix.verticalRate?.metersPerSecond)
    }

    fileprivate mutating func polar(_ polar: Polar) {
        field("kind", "polar")
        field("slantRangeMeters", polar.slantRange.meters)
        field("azimuthDegrees", polar.azimuth.degrees)
        field("slantRangeSigmaMeters", polar.slantRangeSigma.meters)
        field("azimuthSigmaDegrees", polar.azimuthSigmaDegrees)
        field("elevationDegrees", polar.elevationDegrees)
        field("pressureAltitudeMeters", polar.pressureAltitude?.meters)
        origin(polar.origin)
    }

    fileprivate mutating func bearing(_ bearing: SoundOrSightBearing) {
        field("kind", "bearing")
        field("azimuthDegrees", bearing.azimuth.degrees)
        field("azimuthSigmaDegrees", bearing.azimuthSigmaDegrees)
        field("elevationDegrees", bearing.elevationDegrees)
        field("propagation", bearing.propagationSpeed == nil ? "light" : "sound")
        field("soundSpeedMetersPerSecond", bearing.propagationSpeed?.metersPerSecond)
        field("maximumRangeMeters", bearing.maximumRange.meters)
        origin(bearing.origin)
    }

    fileprivate mutating func origin(_ origin: SensorPosition?) {
        guard let origin else { return }
        beginObject("position")
        field("latitude", origin.point.latitudeDegrees)
        field("longitude", origin.point.longitudeDegrees)
        field("heightMeters", origin.height.meters)
        endObject()
    }

    fileprivate mutating func identity(_ identity: IdentityEvidence) {
        field("address", identity.address?.description)
        field("callsign", identity.callsign)
        if let modeA = identity.modeA {
            let digits = String(modeA, radix: 8)
            field("modeA", String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
        }
        if identity.isCooperative { field("cooperative", true) }
        field("systemTrack", identity.systemTrack)
    }

    /// Classes without likelihood are left out: absent means 0.
    fileprivate mutating func evidence(_ evidence: ClassEvidence?) {
        guard let evidence else { return }
        beginObject("classEvidence")
        for objectClass in ObjectClass.allCases where evidence.likelihoods[objectClass.index] > 0 {
            field(objectClass.rawValue, evidence.likelihoods[objectClass.index])
        }
        endObject()
    }

    fileprivate mutating func finishText() -> String {
        String(decoding: finish().dropLast(), as: UTF8.self)
    }
}
