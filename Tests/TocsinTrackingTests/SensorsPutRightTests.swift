import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// A radar with a wrong clock or wrong axes, among airliners that say where they are: found out, told, and put right
/// while everything flows through the tracker.
@Suite struct SensorsPutRightTests {
    struct Fault: CustomTestStringConvertible {
        var range = 0.0
        var azimuthDegrees = 0.0
        /// What its clock is ahead of true time, seconds.
        var ahead = 0.0
        /// Whether its plots say the aircraft's address (Mode S).
        var saysAddresses = false
        var testDescription: String {
            "\(range) m, \(azimuthDegrees) deg, \(ahead) s\(saysAddresses ? ", addresses" : "")"
        }
    }

    private static let seconds = 600
    private static let radar = SensorSettings(
        id: SensorID("radar"), kind: .radar,
        position: SensorPosition(point: Flight.plane.origin, height: GeometricHeight(meters: 520)),
        range: Distance(kilometers: 150), interval: .seconds(4), asterixIdentifier: nil)

    private struct Craft {
        var place: PlanePoint
        var heading: Double
        var speed: Double
        var height: Double
        var address: UInt32?
        var identity: IdentityEvidence {
            IdentityEvidence(
                address: address.map { AircraftAddress($0) }, callsign: nil, modeA: nil, isCooperative: false)
        }
    }

    /// 16 airliners that speak and 4 drones that do not.
    private static func fleet(_ generator: inout SeededGenerator) -> [Craft] {
        (0..<20).map { number in
            let isSilent = number >= 16
            let reach = isSilent ? 30_000.0 : 70_000
            return Craft(
                place: PlanePoint(
                    east: generator.uniform(in: -reach...reach), north: generator.uniform(in: -reach...reach)),
                heading: 2 * .pi * generator.uniform(), speed: isSilent ? 50 : generator.uniform(in: 190...240),
                height: isSilent ? 1_000 : generator.uniform(in: 7_000...11_500),
                address: isSilent ? nil : UInt32(0x4b1600 + number))
        }
    }

    struct Result {
        var events: [SensorEvent] = []
        /// Aircraft that lost or regained their trust.
        var trustEvents = 0
        /// Root mean square of the silent craft's errors in the last third, meters.
        var error = 0.0
        var tracks = 0
    }

    private static func run(_ fault: Fault, seed: UInt64) -> Result {
        var generator = SeededGenerator(seed: seed)
        var fleet = fleet(&generator)
        var result = Result()
        var tracker = Tracker(settings: .standard, sensors: [radar])
        var (sum, count) = (0.0, 0)
        for second in 0..<seconds {
            let now = Flight.epoch.advanced(bySeconds: Double(second))
            for index in fleet.indices {
                fleet[index].place.east += fleet[index].speed * sin(fleet[index].heading)
                fleet[index].place.north += fleet[index].speed * cos(fleet[index].heading)
            }
            var reports: [Report] = []
            for (index, craft) in fleet.enumerated() {
                if let address = craft.address, (second + index) % 2 == 0 {
                    reports.append(claim(craft, address, at: now, &generator))
                }
                if let plot = plot(craft, fault, second: second, &generator) { reports.append(plot) }
            }
            for var report in reports.sorted(by: { $0.receivedAt < $1.receivedAt }) {
                if report.sensor == radar.id { report.measuredAt = report.measuredAt.advanced(bySeconds: fault.ahead) }
                let observed = tracker.observe([report], at: report.receivedAt)
                result.events += observed.sensorEvents
                result.trustEvents += observed.events.count { if case .trust = $0 { true } else { false } }
            }
            let end = now.advanced(bySeconds: 1.4)
            _ = tracker.advance(to: end)
            guard second > 2 * seconds / 3, second % 5 == 0 else { continue }
            let tracks = tracker.tracks.filter(\.isConfirmed).compactMap { tracker.track($0.number, at: now) }
            for craft in fleet where craft.address == nil {
                let nearest = tracks.map { track in
                    let place = Flight.plane.project(track.point)
                    return hypot(place.east - craft.place.east, place.north - craft.place.north)
                }.min()
                sum += pow(min(nearest ?? 3_000, 3_000), 2)
                count += 1
            }
        }
        result.error = (sum / Double(count)).squareRoot()
        result.tracks = tracker.tracks.count { $0.isConfirmed }
        return result
    }

    private static func claim(
        _ craft: Craft, _ address: UInt32, at now: Instant, _ generator: inout SeededGenerator
    ) -> Report {
        var report = Flight.report(
            address: address, at: now, east: craft.place.east + 20 * generator.normal(),
            north: craft.place.north + 20 * generator.normal(), heading: craft.heading,
            speed: craft.speed + generator.normal(), altitude: craft.height)
        report.receivedAt = now.advanced(bySeconds: generator.uniform(in: 0.05...0.3))
        return report
    }

    /// The beam passes at the azimuth's part of the turn; a plot in this second, or `nil`.
    private static func plot(
        _ craft: Craft, _ fault: Fault, second: Int, _ generator: inout SeededGenerator
    ) -> Report? {
        let azimuth = atan2(craft.place.east, craft.place.north)
        let share = (azimuth < 0 ? azimuth + 2 * .pi : azimuth) / (2 * .pi)
        guard Int(share * 4) == second % 4, generator.happens(withProbability: 0.9) else { return nil }
        let within = share * 4 - (share * 4).rounded(.down)
        let ahead = within * craft.speed
        let seen = Flight.plane.unproject(
            PlanePoint(
                east: craft.place.east + ahead * sin(craft.heading),
                north: craft.place.north + ahead * cos(craft.heading)))
        let origin = EarthFixed(radar.position.point, height: radar.position.height)
        let place = EarthFixed(seen, height: GeometricHeight(meters: craft.height))
        let (x, y, z) = (place.x - origin.x, place.y - origin.y, place.z - origin.z)
        let range = (x * x + y * y + z * z).squareRoot()
        // The true horizon of the ellipsoid: the plane's bearings are 0.05 degrees off at 100 km.
        let latitude = radar.position.point.latitudeDegrees * .pi / 180
        let longitude = radar.position.point.longitudeDegrees * .pi / 180
        let direction = PlanePoint(
            east: y * cos(longitude) - x * sin(longitude),
            north: z * cos(latitude) - (x * cos(longitude) + y * sin(longitude)) * sin(latitude))
        let at = Flight.epoch.advanced(bySeconds: Double(second) + within)
        let polar = Polar(
            origin: radar.position,
            slantRange: Distance(meters: range + fault.range + 30 * generator.normal()),
            azimuth: Bearing(
                degrees: atan2(direction.east, direction.north) * 180 / .pi + fault.azimuthDegrees
                    + 0.1 * generator.normal()),
            slantRangeSigma: Distance(meters: 30), azimuthSigmaDegrees: 0.1, elevationDegrees: nil,
            pressureAltitude: nil)
        return Report(
            feed: FeedNumber(1), sensor: radar.id, measuredAt: at,
            receivedAt: at.advanced(bySeconds: generator.uniform(in: 0.1...0.4)), measurement: .polar(polar),
            identity: fault.saysAddresses ? craft.identity : .none, classEvidence: nil, exercise: false)
    }

    /// 500 m and a degree at 30 km are 720 m: found to 10 m and 0.02 degrees, told, and gone from the tracks.
    @Test(
        .enabled(if: isOptimized, "takes minutes in debug"),
        arguments: [
            Fault(range: 150, azimuthDegrees: 0.3), Fault(range: -120, azimuthDegrees: -0.2),
            Fault(range: 400, azimuthDegrees: 0.8), Fault(range: -500, azimuthDegrees: -1),
            Fault(range: -500, azimuthDegrees: -1, saysAddresses: true), Fault(), Fault(saysAddresses: true),
        ])
    func biasesAreFoundToldAndTakenOff(_ fault: Fault) {
        for seed in 1...3 {
            let result = Self.run(fault, seed: UInt64(seed))
            let faultless = Fault(saysAddresses: fault.saysAddresses)
            let right = fault.range == 0 ? result : Self.run(faultless, seed: UInt64(seed))
            print(
                "put right, \(fault.testDescription), \(seed):", result.events, result.error, "m; without fault",
                right.error, "m")
            // No aircraft is a liar by the word of a radar that is off itself.
            #expect(result.trustEvents == 0)
            guard fault.range != 0 else {
                #expect(result.events.isEmpty)
                continue
            }
            guard case .registrationCorrected(Self.radar.id, let range, let azimuth)? = result.events.last else {
                Issue.record("nothing was told: \(result.events)")
                continue
            }
            #expect(abs(azimuth - fault.azimuthDegrees) < 0.02)
            #expect(abs(range - fault.range) < 10)
            #expect(result.error < 1.15 * right.error)
        }
    }

    /// Ahead, and behind, which looks like a slow line.
    @Test(arguments: [2.0, -2]) func aWrongClockIsPutRight(ahead: Double) {
        for seed in isOptimized ? 1...4 : 4...4 {
            let result = Self.run(Fault(ahead: ahead), seed: UInt64(seed))
            let right = Self.run(Fault(), seed: UInt64(seed))
            print(
                "put right, clock \(ahead) s, \(seed):", result.events, result.error, "m; without fault", right.error,
                "m")
            guard case .clockCorrected(Self.radar.id, let offset)? = result.events.last else {
                Issue.record("nothing was told: \(result.events)")
                continue
            }
            #expect(abs(offset - ahead) < 0.5)
            #expect(result.error < 1.3 * right.error)
            #expect(!result.events.contains { if case .clockQuarantined = $0 { true } else { false } })
        }
    }

    /// None of its plots starts or moves anything.
    @Test(arguments: [90.0, -90.0]) func aClockThatIsFarOffIsNotUsed(ahead: Double) {
        let result = Self.run(Fault(ahead: ahead), seed: 5)
        #expect(result.events.count == 1)
        guard case .clockQuarantined(Self.radar.id, let offset)? = result.events.first else {
            Issue.record("\(result.events)")
            return
        }
        #expect(abs(offset - ahead) < 3)
        #expect(result.tracks == 16)
    }
}
