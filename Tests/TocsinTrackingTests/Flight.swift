import Foundation
import TocsinModel

/// A made-up flight as position reports.
enum Flight {
    static let epoch = Instant(nanosecondsSinceEpoch: 1_800_000_000_000_000_000)
    static let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.4))

    /// 200 m/s, straight and turning by turns, every 10 s for 20 minutes with four minutes missing.
    static func circuit(address: UInt32) -> [Report] {
        var east = -60_000.0
        var north = 0.0
        var heading = 70.0 * Double.pi / 180
        var reports: [Report] = []
        for second in 0..<1_200 {
            if (second / 60) % 5 == 2 { heading += 3 * Double.pi / 180 * (second / 600 == 0 ? 1 : -0.5) }
            east += 200 * sin(heading)
            north += 200 * cos(heading)
            guard second % 10 == 0, !(500..<740).contains(second) else { continue }
            let jitter = Double((second * 7_919) % 100) - 50
            reports.append(
                report(
                    address: address, at: epoch.advanced(bySeconds: Double(second)),
                    east: east + jitter, north: north - jitter, heading: heading, speed: 200))
        }
        return reports
    }

    static func report(
        address: UInt32?, at instant: Instant, east: Double, north: Double, heading: Double, speed: Double,
        altitude: Double = 9_000
    ) -> Report {
        let fix = Fix(
            point: plane.unproject(PlanePoint(east: east, north: north)), height: nil,
            pressureAltitude: PressureAltitude(meters: altitude), horizontalSigma: Distance(meters: 50),
            velocity: GroundVelocity(speed: Speed(metersPerSecond: speed), track: Bearing(radians: heading)),
            verticalRate: VerticalRate(metersPerSecond: 0))
        let identity = IdentityEvidence(
            address: address.map(AircraftAddress.init), callsign: nil, modeA: nil, isCooperative: address != nil)
        return Report(
            feed: FeedNumber(0), sensor: SensorID("receiver"), measuredAt: instant, receivedAt: instant,
            measurement: .fix(fix), identity: identity, classEvidence: nil, exercise: false)
    }
}

extension Flight {
    /// What `sensor` at the plane's origin measures of an object, without error; the height is not measured
    /// unless a pressure `altitude` is given (meters).
    static func plot(
        _ sensor: SensorSettings, at instant: Instant, east: Double, north: Double, altitude: Double? = nil
    ) -> Report {
        let ground = (east * east + north * north).squareRoot()
        let rise = (altitude ?? 800) - sensor.position.height.meters
        let polar = Polar(
            origin: sensor.position, slantRange: Distance(meters: (ground * ground + rise * rise).squareRoot()),
            azimuth: Bearing(radians: atan2(east, north)), slantRangeSigma: Distance(meters: 30),
            azimuthSigmaDegrees: 0.15, elevationDegrees: nil,
            pressureAltitude: altitude.map { PressureAltitude(meters: $0) })
        return Report(
            feed: FeedNumber(1), sensor: sensor.id, measuredAt: instant, receivedAt: instant,
            measurement: .polar(polar), identity: .none, classEvidence: nil, exercise: false)
    }

    static func bearing(from sensor: SensorSettings, at instant: Instant, east: Double, north: Double) -> Report {
        let bearing = SoundOrSightBearing(
            origin: sensor.position, azimuth: Bearing(radians: atan2(east, north)), azimuthSigmaDegrees: 3,
            elevationDegrees: nil, propagationSpeed: nil, maximumRange: Distance(kilometers: 20))
        return Report(
            feed: FeedNumber(2), sensor: SensorID("watcher"), measuredAt: instant, receivedAt: instant,
            measurement: .bearing(bearing), identity: .none, classEvidence: nil, exercise: false)
    }

    static func estimate(at instant: Instant, east: Double, north: Double) -> Report {
        var report = report(address: nil, at: instant, east: east, north: north, heading: 1, speed: 60)
        guard case .fix(let fix) = report.measurement else { return report }
        report.measurement = .estimate(Estimate(fix: fix, velocitySigma: Speed(metersPerSecond: 5)))
        return report
    }
}
