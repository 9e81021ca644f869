internal import TocsinModel

extension ByteWriter {
    mutating func append(_ event: TrackEvent) {
        switch event {
        case .confirmed(let track):
            append(UInt8(1))
            append(track)
        case .ended(let track, let reason):
            append(UInt8(2))
            append(track)
            append(reason)
        case .trust(let track, .lost(let reason)):
            append(UInt8(3))
            append(track)
            append(reason)
        case .trust(let track, .regained):
            append(UInt8(4))
            append(track)
        }
    }

    mutating func append(_ event: SensorEvent) {
        switch event {
        case .clockCorrected(let sensor, let offset):
            append(UInt8(1))
            append(sensor.rawValue)
            append(offset)
        case .clockQuarantined(let sensor, let offset):
            append(UInt8(2))
            append(sensor.rawValue)
            append(offset)
        case .clockReleased(let sensor):
            append(UInt8(3))
            append(sensor.rawValue)
        case .registrationCorrected(let sensor, let slantRange, let azimuth):
            append(UInt8(4))
            append(sensor.rawValue)
            append(slantRange)
            append(azimuth)
        case .floodBegan(let sensor):
            append(UInt8(7))
            append(sensor.rawValue)
        case .floodEnded(let sensor):
            append(UInt8(8))
            append(sensor.rawValue)
        case .coverageLost(let sensor, let areas):
            append(UInt8(5))
            append(sensor.rawValue)
            append(count: areas)
        case .coverageGained(let sensor, let areas):
            append(UInt8(6))
            append(sensor.rawValue)
            append(count: areas)
        }
    }

    private mutating func append(_ track: Track) {
        append(track.number.rawValue)
        append(track.at)
        append(track.point.latitudeDegrees)
        append(track.point.longitudeDegrees)
        append(track.height) { writer, height in writer.append(height.meters) }
        append(track.velocity.east)
        append(track.velocity.north)
        append(track.covariance)
        append(track.existence)
        for objectClass in ObjectClass.allCases { append(track.classes[objectClass]) }
        append(track.identity)
        append(track.isCooperative)
        append(track.exercise)
        append(track.isConfirmed)
        append(track.startedAt)
        append(track.lastReportAt)
        append(track.reportCount)
        append(count: track.sensors.count)
        for sensor in track.sensors { append(sensor.rawValue) }
    }

    private mutating func append(_ covariance: HorizontalCovariance) {
        append(covariance.eastEast)
        append(covariance.eastNorth)
        append(covariance.northNorth)
        append(covariance.eastVelocityEast)
        append(covariance.eastVelocityNorth)
        append(covariance.northVelocityEast)
        append(covariance.northVelocityNorth)
        append(covariance.velocityEastEast)
        append(covariance.velocityEastNorth)
        append(covariance.velocityNorthNorth)
    }

    private mutating func append(_ identity: IdentityEvidence) {
        append(identity.address) { writer, address in writer.append(address.rawValue) }
        append(identity.callsign) { writer, callsign in writer.append(callsign) }
        append(identity.modeA) { writer, modeA in writer.append(modeA) }
        append(identity.isCooperative)
    }
}

extension ByteReader {
    mutating func trackEvent() throws(RecordError) -> TrackEvent {
        switch try integer(UInt8.self) {
        case 1: return .confirmed(try track())
        case 2: return .ended(try track(), reason: try word(TrackEndReason.self))
        case 3: return .trust(try track(), .lost(try word(DistrustReason.self)))
        case 4: return .trust(try track(), .regained)
        case let other: throw .unknownCase(type: "TrackEvent", other)
        }
    }

    mutating func sensorEvent() throws(RecordError) -> SensorEvent {
        let tag = try integer(UInt8.self)
        let sensor = SensorID(try text())
        switch tag {
        case 1: return .clockCorrected(sensor, offsetSeconds: try double())
        case 2: return .clockQuarantined(sensor, offsetSeconds: try double())
        case 3: return .clockReleased(sensor)
        case 4:
            return .registrationCorrected(sensor, slantRangeMeters: try double(), azimuthDegrees: try double())
        case 5: return .coverageLost(sensor, areas: Int(try integer(UInt32.self)))
        case 6: return .coverageGained(sensor, areas: Int(try integer(UInt32.self)))
        case 7: return .floodBegan(sensor)
        case 8: return .floodEnded(sensor)
        case let other: throw .unknownCase(type: "SensorEvent", other)
        }
    }

    private mutating func track() throws(RecordError) -> Track {
        Track(
            number: TrackNumber(try integer(UInt64.self)), at: try instant(),
            point: GeoPoint(latitudeDegrees: try double(), longitudeDegrees: try double()),
            height: try optional { (reader) throws(RecordError) in GeometricHeight(meters: try reader.double()) },
            velocity: PlanePoint(east: try double(), north: try double()), covariance: try covariance(),
            existence: try double(), classes: try classes(), identity: try identity(),
            isCooperative: try boolean(), exercise: try boolean(), isConfirmed: try boolean(),
            startedAt: try instant(), lastReportAt: try instant(), reportCount: try integer(UInt64.self),
            sensors: try list(bytesEach: 4) { (reader) throws(RecordError) in SensorID(try reader.text()) })
    }

    private mutating func covariance() throws(RecordError) -> HorizontalCovariance {
        HorizontalCovariance(
            eastEast: try double(), eastNorth: try double(), northNorth: try double(),
            eastVelocityEast: try double(), eastVelocityNorth: try double(), northVelocityEast: try double(),
            northVelocityNorth: try double(), velocityEastEast: try double(), velocityEastNorth: try double(),
            velocityNorthNorth: try double())
    }

    private mutating func classes() throws(RecordError) -> ClassProbabilities {
        var probabilities: [Double] = []
        for _ in ObjectClass.allCases { probabilities.append(try double()) }
        guard let classes = ClassProbabilities(probabilities: probabilities) else {
            throw .badValue("classes")
        }
        return classes
    }

    private mutating func identity() throws(RecordError) -> IdentityEvidence {
        let address: AircraftAddress? = try optional { (reader) throws(RecordError) in
            let number = try reader.integer(UInt32.self)
            guard number <= 0xFF_FFFF else { throw .badValue("address") }
            return AircraftAddress(number)
        }
        return IdentityEvidence(
            address: address,
            callsign: try optional { (reader) throws(RecordError) in try reader.text() },
            modeA: try optional { (reader) throws(RecordError) in try reader.integer(UInt16.self) },
            isCooperative: try boolean())
    }
}
