import Foundation
import TocsinDrill
import TocsinModel
import TocsinTracking

/// Another system that follows an object and tells us its estimates.
struct OtherSystem {
    var name: String
    /// Of its estimates, per axis: meters and m/s. Its errors last for 15 s, as a filter's do.
    var sigma: Double
    var velocitySigma = 5.0
    var interval = 4.0
    /// What it calls the object; `nil`: it says nothing.
    var address: UInt32?
    /// A constant error, east, meters.
    var bias = 0.0
    /// What it calls its track.
    var track: String?

    /// What it says of an object; every second, `nil` where it says nothing.
    func reports(of samples: [TruthSample], _ generator: inout SeededGenerator) -> [Report?] {
        let keep = exp(-interval / 15)
        let fresh = (1 - keep * keep).squareRoot()
        var errors = (0..<4).map { _ in generator.normal() }
        return samples.enumerated().map { second, sample in
            guard second % Int(interval) == 0 else { return nil }
            for axis in errors.indices { errors[axis] = keep * errors[axis] + fresh * generator.normal() }
            let place = Flight.plane.project(sample.point)
            return report(
                at: sample.at, east: place.east + bias + sigma * errors[0], north: place.north + sigma * errors[1],
                velocity: PlanePoint(
                    east: sample.velocity.east + velocitySigma * errors[2],
                    north: sample.velocity.north + velocitySigma * errors[3]))
        }
    }

    /// What it says when it passes on a track of ours.
    func relay(_ track: Track) -> Report {
        let place = Flight.plane.project(track.point)
        var relaying = self
        relaying.sigma = max(1, ((track.covariance.eastEast + track.covariance.northNorth) / 2).squareRoot())
        relaying.velocitySigma = max(
            0.1, ((track.covariance.velocityEastEast + track.covariance.velocityNorthNorth) / 2).squareRoot())
        return relaying.report(at: track.at, east: place.east, north: place.north, velocity: track.velocity)
    }

    /// What it says when it passes on another system's report.
    func relay(_ report: Report) -> Report {
        var result = report
        result.sensor = SensorID(name)
        return result
    }

    private func report(at instant: Instant, east: Double, north: Double, velocity: PlanePoint) -> Report {
        let fix = Fix(
            point: Flight.plane.unproject(PlanePoint(east: east, north: north)), height: nil, pressureAltitude: nil,
            horizontalSigma: Distance(meters: sigma),
            velocity: GroundVelocity(
                speed: Speed(metersPerSecond: velocity.length),
                track: Bearing(radians: atan2(velocity.east, velocity.north))), verticalRate: nil)
        return Report(
            feed: FeedNumber(4), sensor: SensorID(name), measuredAt: instant, receivedAt: instant,
            measurement: .estimate(Estimate(fix: fix, velocitySigma: Speed(metersPerSecond: velocitySigma))),
            identity: IdentityEvidence(
                address: address.map(AircraftAddress.init), callsign: nil, modeA: nil, isCooperative: false),
            classEvidence: nil, exercise: false)
    }
}

/// A straight or turning flight of a drone, a sample a second; `aside` meters beside the line.
enum ToldFlight {
    static func samples(seconds: Int, turns: Bool, aside: Double = 0) -> [TruthSample] {
        var heading = 0.7
        let speed = 52.0
        var place = PlanePoint(east: 20_000 + aside, north: -8_000 - aside)
        return (0..<seconds).map { second in
            if turns, (second / 40) % 2 == 1 { heading += 2 * Double.pi / 180 * ((second / 80) % 2 == 0 ? 1 : -1) }
            place.east += speed * sin(heading)
            place.north += speed * cos(heading)
            return TruthSample(
                at: Flight.epoch.advanced(bySeconds: Double(second)), point: Flight.plane.unproject(place),
                height: GeometricHeight(meters: 900),
                velocity: PlanePoint(east: speed * sin(heading), north: speed * cos(heading)))
        }
    }
}
