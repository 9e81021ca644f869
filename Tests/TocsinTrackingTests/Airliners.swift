import Foundation
import TocsinDrill
import TocsinModel

/// Airliners for mixed drills: what they truly do, once a second, and what they say of it.
struct Airliner {
    var address: AircraftAddress
    var samples: [TruthSample]
    /// In order of time; empty: no transponder.
    var claims: [Report]
}

enum Airliners {
    private static let recording = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".cache/demo/flights.jsonl")

    /// The real flights over Switzerland of the demo, from `start` of the recording for `seconds`, moved to
    /// `epoch`; made-up ones where the recording is absent.
    static func overSwitzerland(
        from start: Double, seconds: Double, at epoch: Instant, seed: UInt64
    ) throws -> (airliners: [Airliner], areReal: Bool) {
        guard FileManager.default.fileExists(atPath: recording.path) else {
            var generator = SeededGenerator(seed: seed, stream: 1 << 50)
            return ((0..<30).map { madeUp($0, seconds: Int(seconds), at: epoch, speaks: true, &generator) }, false)
        }
        var rows: [String: [Row]] = [:]
        var first: Instant?
        for line in try String(contentsOf: recording, encoding: .utf8).split(separator: "\n") {
            guard let row = Row(line) else { continue }
            let zero = (first ?? row.at).advanced(bySeconds: start)
            first = first ?? row.at
            let second = row.at.seconds(since: zero)
            guard second >= 0, second <= seconds else { continue }
            rows[row.address, default: []].append(row.moved(to: epoch.advanced(bySeconds: second)))
        }
        return (rows.sorted { $0.key < $1.key }.compactMap { airliner($0.value) }, true)
    }

    /// Its longest part without a gap of over a minute; `nil` if that is below two minutes.
    private static func airliner(_ rows: [Row]) -> Airliner? {
        var parts: [[Row]] = [[]]
        var claims: [Row] = []
        for row in rows {
            claims.append(row)
            if let last = parts[parts.count - 1].last {
                // A place that stays was not received again.
                if last.point == row.point { continue }
                if row.at.seconds(since: last.at) > 60 { parts.append([]) }
            }
            parts[parts.count - 1].append(row)
        }
        guard let part = parts.max(by: { $0.count < $1.count }), part.count >= 12,
            let address = UInt32(part[0].address, radix: 16)
        else { return nil }
        let identity = AircraftAddress(address)
        let good = consistent(part)
        let spoken = claims.filter { $0.at >= part[good.lowerBound].at && $0.at <= part[good.upperBound - 1].at }
        return Airliner(address: identity, samples: samples(part), claims: spoken.map { $0.report(identity) })
    }

    /// The places of state vectors are up to some seconds old, aircraft fly smoothly: at each second the parabola
    /// that fits the places around it best, in the least squares of a normal window of 15 s. At both ends of a
    /// recording places are made up from nothing; the flight goes on there as it flew inside.
    private static func samples(_ rows: [Row]) -> [TruthSample] {
        let good = rows[consistent(rows)]
        let plane = LocalPlane(origin: rows[rows.count / 2].point)
        let places = good.map { plane.project($0.point) }
        let times = good.map { $0.at.seconds(since: rows[0].at) }
        let inside = times[0]...times[times.count - 1]
        return (0..<Int(rows[rows.count - 1].at.seconds(since: rows[0].at))).map { second in
            let within = min(max(Double(second), inside.lowerBound), inside.upperBound)
            var fit = WindowFit()
            for (time, (place, row)) in zip(times, zip(places, good)) where abs(time - within) < 60 {
                fit.add(time - within, [place.east, place.north, row.altitude])
            }
            let (values, slopes) = fit.solution
            let beyond = Double(second) - within
            return TruthSample(
                at: rows[0].at.advanced(bySeconds: Double(second)),
                point: plane.unproject(
                    PlanePoint(east: values[0] + slopes[0] * beyond, north: values[1] + slopes[1] * beyond)),
                height: GeometricHeight(meters: values[2]), velocity: PlanePoint(east: slopes[0], north: slopes[1]))
        }
    }

    /// Without the rows at both ends that moved less than two thirds of what they say: no aircraft ever said them.
    private static func consistent(_ rows: [Row]) -> Range<Int> {
        func moves(_ index: Int) -> Bool {
            let (one, two) = (rows[index], rows[index + 1])
            let way = one.point.greatCircleDistance(to: two.point).meters
            return way > (one.speed ?? 0) * two.at.seconds(since: one.at) * 2 / 3
        }
        let steps = 0..<(rows.count - 1)
        guard let first = steps.first(where: moves), let last = steps.last(where: moves), last > first + 2 else {
            return rows.indices
        }
        return first..<(last + 2)
    }

    /// A level flight of 200 to 250 m/s through the middle of the country, with some turns.
    static func madeUp(
        _ number: Int, seconds: Int, at epoch: Instant, speaks: Bool, _ generator: inout SeededGenerator
    ) -> Airliner {
        let plane = LocalPlane(origin: MixedWorld.middle)
        var heading = generator.uniform(in: 0...2 * Double.pi)
        let speed = generator.uniform(in: 200...250)
        let altitude = generator.uniform(in: 9_000...11_500)
        let offset = generator.uniform(in: -30_000...30_000)
        let before = generator.uniform(in: 0.3...0.7) * Double(seconds) * speed
        var east = -before * sin(heading) + offset * cos(heading)
        var north = -before * cos(heading) - offset * sin(heading)
        let turnsAt = generator.index(below: max(seconds - 60, 1))
        let rate = generator.uniform(in: -1.5...1.5) * .pi / 180
        let address = AircraftAddress(UInt32(0x4b_0000 + number))
        var airliner = Airliner(address: address, samples: [], claims: [])
        for second in 0..<seconds {
            if (turnsAt..<turnsAt + 20).contains(second) { heading += rate }
            let velocity = PlanePoint(east: speed * sin(heading), north: speed * cos(heading))
            let at = epoch.advanced(bySeconds: Double(second))
            airliner.samples.append(
                TruthSample(
                    at: at, point: plane.unproject(PlanePoint(east: east, north: north)),
                    height: GeometricHeight(meters: altitude), velocity: velocity))
            if speaks, second % 5 == number % 5 {
                let row = Row(
                    address: "", at: at,
                    point: plane.unproject(
                        PlanePoint(east: east + 30 * generator.normal(), north: north + 30 * generator.normal())),
                    sigma: 30, altitude: altitude, speed: speed, track: heading * 180 / .pi, climb: 0)
                airliner.claims.append(row.report(address))
            }
            east += velocity.east
            north += velocity.north
        }
        return airliner
    }
}

/// Parabolas through three series of values around time 0, weighed by a normal window.
private struct WindowFit {
    /// Sums of w t^0 ... w t^4, and of w t^0 ... w t^2 times each value.
    private var moments = [Double](repeating: 0, count: 5)
    private var products = [[Double]](repeating: [0, 0, 0], count: 3)

    mutating func add(_ time: Double, _ values: [Double]) {
        var weight = exp(-time * time / (2 * 15 * 15))
        for power in 0..<5 {
            moments[power] += weight
            if power < 3 { for index in 0..<3 { products[index][power] += weight * values[index] } }
            weight *= time
        }
    }

    /// The values and slopes at time 0, by Cramer's rule.
    var solution: (values: [Double], slopes: [Double]) {
        func determinant(_ a: [Double], _ b: [Double], _ c: [Double]) -> Double {
            a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1])
                + c[0] * (a[1] * b[2] - a[2] * b[1])
        }
        let (first, second, third) = (Array(moments[0...2]), Array(moments[1...3]), Array(moments[2...4]))
        let whole = determinant(first, second, third)
        return (
            products.map { determinant($0, second, third) / whole },
            products.map { determinant(first, $0, third) / whole }
        )
    }
}

/// A state vector.
private struct Row {
    var address: String
    var at: Instant
    var point: GeoPoint
    var sigma: Double
    var altitude: Double
    var speed: Double?
    var track: Double?
    var climb: Double?

    func moved(to instant: Instant) -> Row {
        var row = self
        row.at = instant
        return row
    }

    func report(_ address: AircraftAddress) -> Report {
        var velocity: GroundVelocity?
        if let speed, let track {
            velocity = GroundVelocity(speed: Speed(metersPerSecond: speed), track: Bearing(degrees: track))
        }
        let fix = Fix(
            point: point, height: nil, pressureAltitude: PressureAltitude(meters: altitude),
            horizontalSigma: Distance(meters: sigma), velocity: velocity,
            verticalRate: climb.map { VerticalRate(metersPerSecond: $0) })
        let identity = IdentityEvidence(address: address, callsign: nil, modeA: nil, isCooperative: true)
        return Report(
            feed: FeedNumber(1), sensor: SensorID("adsb"), measuredAt: at, receivedAt: at, measurement: .fix(fix),
            identity: identity, classEvidence: nil, exercise: false)
    }
}

extension Row {
    init?(_ line: Substring) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let address = object["address"] as? String, let time = object["time"] as? String,
            let at = Instant(iso8601: time), let place = object["position"] as? [String: Double],
            let latitude = place["latitude"], let longitude = place["longitude"],
            let altitude = object["pressureAltitudeMeters"] as? Double
        else { return nil }
        self.init(
            address: address, at: at, point: GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude),
            sigma: object["sigmaMeters"] as? Double ?? 50, altitude: altitude,
            speed: object["speedMetersPerSecond"] as? Double, track: object["trackDegrees"] as? Double,
            climb: object["verticalRateMetersPerSecond"] as? Double)
    }
}
