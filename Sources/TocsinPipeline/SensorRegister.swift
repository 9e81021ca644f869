internal import OrderedCollections
package import TocsinModel

/// The configured sensors: where they are, and when each was last heard.
package struct SensorRegister: Hashable, Sendable, Codable {
    private var settings: OrderedDictionary<SensorID, SensorSettings>
    private var byAsterixIdentifier: OrderedDictionary<UInt16, SensorID>
    private var healthBySensor: OrderedDictionary<SensorID, SensorHealth>
    private var ledger: CoverageLedger
    /// Of persons that report.
    private var allowances: OrderedDictionary<SensorID, ReportAllowance> = [:]

    package init(settings list: [SensorSettings], areas: [Area]) {
        ledger = CoverageLedger(areas: areas)
        let sorted = list.sorted { $0.id < $1.id }
        settings = OrderedDictionary(sorted.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        byAsterixIdentifier = OrderedDictionary(
            sorted.compactMap { sensor in sensor.asterixIdentifier.map { ($0, sensor.id) } },
            uniquingKeysWith: { first, _ in first })
        healthBySensor = OrderedDictionary(
            uniqueKeysWithValues: settings.keys.map {
                ($0, SensorHealth(sensor: $0, lastHeardAt: nil, reports: 0, rejected: 0))
            })
    }

    /// By ascending sensor id.
    package var health: [SensorHealth] { Array(healthBySensor.values) }

    /// How well sensors with instruments reach the middle of `area` at `now`.
    func coverage(of area: Area, at now: Instant) -> AreaCoverage {
        guard let middle = area.polygon.center else { return AreaCoverage(sensorsInReach: 0, sensorsHeard: 0) }
        let inReach = settings.values.filter { sensor in
            sensor.kind != .person && sensor.position.point.greatCircleDistance(to: middle) <= sensor.range
        }
        return AreaCoverage(
            sensorsInReach: inReach.count, sensorsHeard: inReach.count { isHeard($0, at: now) })
    }

    private func isHeard(_ sensor: SensorSettings, at now: Instant) -> Bool {
        let health = healthBySensor[sensor.id]
        return !sensor.isSilent(lastHeardAt: health?.lastHeardAt, at: now) && health?.isQuarantined != true
    }

    /// The areas that no sensor with instruments reaches that is heard, as of the last ``advance(to:)``.
    var uncoveredAreas: [AreaID] { ledger.uncovered }

    /// Finds out which sensors fell silent or came back, and what that means for the areas, and which persons no longer
    /// say too much.
    mutating func advance(to now: Instant) -> [SensorEvent] {
        var events: [SensorEvent] = []
        for person in allowances.keys where allowances[person]?.calm(at: now) == true {
            events.append(.floodEnded(person))
        }
        for sensor in settings.values where sensor.kind != .person {
            let isHeard = isHeard(sensor, at: now)
            let areas = ledger.note(sensor, isHeard: isHeard)
            guard areas > 0 else { continue }
            events.append(
                isHeard ? .coverageGained(sensor.id, areas: areas) : .coverageLost(sensor.id, areas: areas))
        }
        return events
    }

    /// Notes what was found out about a sensor.
    mutating func note(_ event: SensorEvent) {
        switch event {
        case .clockCorrected(let sensor, let offset): healthBySensor[sensor]?.clockOffsetSeconds = offset
        case .clockQuarantined(let sensor, let offset):
            healthBySensor[sensor]?.clockOffsetSeconds = offset
            healthBySensor[sensor]?.isQuarantined = true
        case .clockReleased(let sensor):
            healthBySensor[sensor]?.clockOffsetSeconds = 0
            healthBySensor[sensor]?.isQuarantined = false
        case .registrationCorrected(let sensor, let slantRange, let azimuth):
            healthBySensor[sensor]?.slantRangeBiasMeters = slantRange
            healthBySensor[sensor]?.azimuthBiasDegrees = azimuth
        case .coverageLost, .coverageGained, .floodBegan, .floodEnded: break
        }
    }

    /// What came of some reports.
    package struct Located: Hashable, Sendable {
        package var reports: [Report] = []
        package var refused: [Rejection] = []
        package var events: [SensorEvent] = []
    }

    /// Fills in where the reporting sensors stand; refuses reports that need a place and have none, and leaves out, and
    /// counts as rejected, what a person says more than one can.
    package mutating func locate(_ reports: [Report], heard: [SensorID], at now: Instant) -> Located {
        for sensor in heard { healthBySensor[configured(sensor)]?.lastHeardAt = now }
        var result = Located()
        for var report in reports {
            report.sensor = configured(report.sensor)
            healthBySensor[report.sensor]?.lastHeardAt = now
            if settings[report.sensor]?.kind == .person {
                let (isAllowed, begins) = allowances[report.sensor, default: ReportAllowance(at: now)].take(at: now)
                if begins { result.events.append(.floodBegan(report.sensor)) }
                guard isAllowed else {
                    healthBySensor[report.sensor]?.rejected += 1
                    continue
                }
            }
            if report.measurement.takeOrigin(settings[report.sensor]?.position) {
                healthBySensor[report.sensor]?.reports += 1
                result.reports.append(report)
            } else {
                healthBySensor[report.sensor]?.rejected += 1
                let error = DecodeError.unknownSensor(report.sensor.rawValue)
                result.refused.append(Rejection(feed: report.feed, error: error, offset: 0, sample: []))
            }
        }
        return result
    }

    /// An ASTERIX source is written `asterix-SAC-SIC` by the decoder; the configuration may name it.
    func configured(_ sensor: SensorID) -> SensorID {
        let parts = sensor.rawValue.split(separator: "-")
        guard parts.count == 3, parts[0] == "asterix", let area = UInt16(parts[1]), let code = UInt16(parts[2]),
            area < 256, code < 256
        else { return sensor }
        return byAsterixIdentifier[area << 8 | code] ?? sensor
    }
}

extension SensorSettings {
    /// Whether three of the sensor's intervals went by without a word, or it was never heard.
    package func isSilent(lastHeardAt: Instant?, at now: Instant) -> Bool {
        guard let lastHeardAt else { return true }
        return now.seconds(since: lastHeardAt) > 3 * (interval / .seconds(1))
    }
}

extension Measurement {
    /// Puts `position` where the measurement has no origin of its own.
    /// - Returns: Whether it now has one, or needs none.
    fileprivate mutating func takeOrigin(_ position: SensorPosition?) -> Bool {
        switch self {
        case .fix, .estimate:
            return true
        case .polar(var polar):
            polar.origin = polar.origin ?? position
            self = .polar(polar)
            return polar.origin != nil
        case .bearing(var bearing):
            bearing.origin = bearing.origin ?? position
            self = .bearing(bearing)
            return bearing.origin != nil
        case .presence(var presence):
            presence.origin = presence.origin ?? position
            self = .presence(presence)
            return presence.origin != nil
        }
    }
}
