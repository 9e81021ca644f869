internal import TocsinModel

extension TrackPicture {
    /// The body of `GET /v1/tracks`.
    var document: [UInt8] { JSONText.list(at: at, name: "tracks", tracks.map(\.json)) }
}

extension SensorPicture {
    /// The body of `GET /v1/sensors`.
    var document: [UInt8] {
        var areas = JSONLine()
        areas.field("uncoveredAreas", uncoveredAreas.map(\.rawValue))
        // The list's closing brace makes room for the line's field.
        let list = JSONText.list(at: at, name: "sensors", sensors.map(\.json)).dropLast()
        return Array(list) + [UInt8(ascii: ",")] + areas.finish().dropFirst().dropLast()
    }
}

private enum JSONText {
    /// `{"at":…,"name":[…]}`
    static func list(at: Instant, name: String, _ lines: [[UInt8]]) -> [UInt8] {
        var text = Array("{\"at\":\"\(at.iso8601)\",\"\(name)\":[".utf8)
        for (index, line) in lines.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: line.dropLast())
        }
        text.append(contentsOf: "]}".utf8)
        return text
    }
}

extension Track {
    fileprivate var json: [UInt8] {
        var line = JSONLine()
        line.field("number", Int(clamping: number.rawValue))
        line.field("at", at.iso8601)
        line.field("latitude", point.latitudeDegrees)
        line.field("longitude", point.longitudeDegrees)
        line.field("heightMeters", height?.meters)
        line.field("speedMetersPerSecond", speed.metersPerSecond)
        line.field("trackDegrees", Bearing(of: velocity)?.degrees)
        line.field("existence", existence)
        line.field("confirmed", isConfirmed)
        line.field("cooperative", isCooperative)
        line.field("exercise", exercise)
        line.field("class", classes.likeliest.rawValue)
        line.beginObject("classes")
        for objectClass in ObjectClass.allCases { line.field(objectClass.rawValue, classes[objectClass]) }
        line.endObject()
        line.field("address", identity.address?.description)
        line.field("callsign", identity.callsign)
        let ellipse = covariance.ellipse
        line.beginObject("ellipse")
        line.field("semiMajorMeters", ellipse.semiMajorMeters)
        line.field("semiMinorMeters", ellipse.semiMinorMeters)
        line.field("orientationDegrees", ellipse.orientationDegrees)
        line.endObject()
        line.field("lastReportAt", lastReportAt.iso8601)
        line.field("reportCount", Int(clamping: reportCount))
        line.field("sensors", sensors.map(\.rawValue))
        return line.finish()
    }
}

extension SensorStanding {
    fileprivate var json: [UInt8] {
        var line = JSONLine()
        line.field("id", settings.id.rawValue)
        line.field("kind", settings.kind.rawValue)
        line.field("latitude", settings.position.point.latitudeDegrees)
        line.field("longitude", settings.position.point.longitudeDegrees)
        line.field("rangeMeters", settings.range.meters)
        line.field("state", state.rawValue)
        line.field("lastHeardAt", health.lastHeardAt?.iso8601)
        line.field("reports", Int(clamping: health.reports))
        line.field("rejected", Int(clamping: health.rejected))
        line.field("clockOffsetSeconds", health.clockOffsetSeconds)
        line.field("quarantined", health.isQuarantined)
        line.field("slantRangeBiasMeters", health.slantRangeBiasMeters)
        line.field("azimuthBiasDegrees", health.azimuthBiasDegrees)
        return line.finish()
    }
}
