internal import TocsinModel

/// The fields of Mode S messages in JSON (Docs/formats/mode-s.md): SI units first, then those of the message.
extension JSONLine {
    mutating func reception(_ frame: ModeSFrame) {
        field("time", frame.time?.iso8601Exact)
        field("ticks", frame.ticks.map { Int(truncatingIfNeeded: $0) })
        field("signalLevel", frame.signalLevel.map { Int($0) })
    }

    /// A reply whose interrogation is unknown: both its readings.
    mutating func modeAC(_ code: UInt16) {
        field("kind", "mode-ac")
        let digits = code >> 3 & 0o7000 | code >> 2 & 0o700 | code >> 1 & 0o70 | code & 7
        field("squawk", IdentityCode.text(digits))
        // The bit beside the digit C carries the special position identification.
        field("identifying", code & 0x80 != 0)
        if let feet = AltitudeCode.gillhamFeet(digits) { altitude(.feet(feet)) }
    }

    mutating func message(_ message: ModeSMessage, isConfirmed: Bool, place: GeoPoint?) {
        field("df", message.downlinkFormat)
        field("address", message.address.description)
        if !message.isIntact { field("parity", "bad") }
        if !message.addressIsAnnounced { field("addressConfirmed", isConfirmed) }
        if !message.addressIsAssigned { field("addressAssigned", false) }
        switch message.content {
        case .airToAir(let reply):
            field("onGround", reply.isOnGround)
            field("sensitivityLevel", reply.sensitivityLevel)
            field("replyInformation", reply.replyInformation)
            altitude(reply.altitude)
        case .altitudeReply(let status, let code, let commB):
            surveillance(status)
            altitude(code)
            register(commB)
        case .identityReply(let status, let modeA, let commB):
            surveillance(status)
            field("squawk", IdentityCode.text(modeA))
            register(commB)
        case .allCallReply(let capability, let interrogatorCode):
            field("capability", capability)
            field("interrogatorCode", interrogatorCode)
        case .extendedSquitter(let control, let squitter):
            field(message.downlinkFormat == 17 ? "capability" : "control", control)
            self.squitter(squitter, place: place)
        case .military(let application):
            field("application", application)
        case .extendedLength(let segment):
            field("segment", segment)
        }
    }

    private mutating func altitude(_ altitude: AltitudeCode?) {
        field("pressureAltitudeMeters", altitude?.pressureAltitude.meters)
        field("altitudeFeet", altitude?.feet)
    }

    private mutating func surveillance(_ status: SurveillanceStatus) {
        field("onGround", status.isOnGround)
        field("alert", status.hasAlert)
        field("identifying", status.isIdentifying)
        field("downlinkRequest", status.downlinkRequest)
        field("utilityMessage", status.utilityMessage)
    }

    private mutating func register(_ commB: CommB?) {
        guard let callsign = commB?.callsign?.text else { return }
        field("register", "2,0")
        field("callsign", callsign)
    }

    private mutating func squitter(_ squitter: ExtendedSquitter, place: GeoPoint?) {
        field("typeCode", squitter.typeCode)
        switch squitter.content {
        case .identification(let category, let callsign):
            let letters = ["D", "C", "B", "A"]
            field("category", "\(letters[squitter.typeCode - 1])\(category)")
            field("callsign", callsign.text)
        case .surfacePosition(let position):
            field("onGround", true)
            self.place(place, position.coordinates)
            speed(knots: position.groundSpeedKnots, trackDegrees: position.trackDegrees)
        case .airbornePosition(let position):
            field("surveillanceStatus", position.surveillanceStatus)
            self.place(place, position.coordinates)
            if position.isGeometric {
                field("geometricHeightMeters", position.altitude?.geometricHeight.meters)
                field("geometricAltitudeFeet", position.altitude?.feet)
            } else {
                altitude(position.altitude)
            }
        case .withoutPosition(let code):
            altitude(code)
        case .velocity(let velocity):
            self.velocity(velocity)
        case .emergency(let status):
            field("emergency", status.state)
            field("squawk", IdentityCode.text(status.modeA))
        case .targetState(let state):
            targetState(state)
        case .operationalStatus(let status):
            field("version", status.version)
            field("integritySupplementA", status.integritySupplementA)
            field("positionAccuracyCategory", status.positionAccuracyCategory)
            field("sourceIntegrityLevel", status.sourceIntegrityLevel)
        case .other(let subtype):
            field("subtype", subtype)
        }
    }

    private mutating func place(_ place: GeoPoint?, _ coordinates: CompactPosition) {
        field("latitude", place?.latitudeDegrees)
        field("longitude", place?.longitudeDegrees)
        field("odd", coordinates.isOdd)
        field("latitudeCode", coordinates.latitudeCode)
        field("longitudeCode", coordinates.longitudeCode)
    }

    private mutating func speed(knots: Double?, trackDegrees: Double?) {
        field("groundSpeedMetersPerSecond", knots.map { Speed(knots: $0).metersPerSecond })
        field("groundSpeedKnots", knots)
        field("trackDegrees", trackDegrees)
    }

    private mutating func velocity(_ velocity: AirborneVelocity) {
        speed(knots: velocity.groundSpeedKnots, trackDegrees: velocity.trackDegrees)
        if case .air(let headingDegrees, let knots, let isTrue) = velocity.motion {
            field("headingDegrees", headingDegrees)
            let speed = knots.map { Speed(knots: Double($0)).metersPerSecond }
            field(isTrue ? "trueAirspeedMetersPerSecond" : "indicatedAirspeedMetersPerSecond", speed)
            field(isTrue ? "trueAirspeedKnots" : "indicatedAirspeedKnots", knots)
        }
        let rate = velocity.verticalRateFeetPerMinute
        field(
            "verticalRateMetersPerSecond", rate.map { VerticalRate(feetPerMinute: Double($0)).metersPerSecond })
        field("verticalRateFeetPerMinute", rate)
        field("verticalRateSource", rate == nil ? nil : velocity.verticalRateIsBarometric ? "barometric" : "geometric")
        field("geometricMinusBarometricMeters", velocity.geometricMinusBarometricFeet.map { Double($0) * 0.304_8 })
        field("geometricMinusBarometricFeet", velocity.geometricMinusBarometricFeet)
        field("velocityAccuracyCategory", velocity.accuracyCategory)
    }

    private mutating func targetState(_ state: TargetState) {
        field("selectedAltitudeMeters", state.selectedAltitudeFeet.map { Double($0) * 0.304_8 })
        field("selectedAltitudeFeet", state.selectedAltitudeFeet)
        field("selectedAltitudeSource", state.isFromFlightManagement ? "flight-management" : "control-panel")
        field("barometricSettingHectopascals", state.barometricSettingHectopascals)
        field("selectedHeadingDegrees", state.selectedHeadingDegrees)
        field("positionAccuracyCategory", state.positionAccuracyCategory)
    }
}
