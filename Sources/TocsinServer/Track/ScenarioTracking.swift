package import TocsinModel
internal import TocsinTracking

/// Runs the tracker over a scenario on a flat field and writes its tracks scan by scan.
///
/// The field is the plane that touches the ellipsoid at 0 N 0 E: x is east, y is north, so that a point of it
/// is (a, x, y) in the Earth-fixed frame, a being the semi-major axis, and nothing is rounded or bent.
package struct ScenarioTracking {
    package struct Options: Hashable, Sendable {
        /// The probability that an object in the field is in a scan.
        package var detectionProbability: Double
        /// Of a plot, per axis, meters.
        package var sigma: Double
        /// The side of the square field, meters.
        package var extent: Double
        package var bearingSigmaDegrees: Double
        /// How far a sensor hears, meters.
        package var range: Double
        /// Meters per second.
        package var soundSpeed: Double
        /// So many later scans may be used for the tracks of a scan; 0: none. Plots only.
        package var lag: Int
        /// The number of a track whose life is to be told; `nil`: none.
        package var explained: UInt64?

        package init(
            detectionProbability: Double, sigma: Double, extent: Double, bearingSigmaDegrees: Double, range: Double,
            soundSpeed: Double, lag: Int, explained: UInt64? = nil
        ) {
            self.detectionProbability = detectionProbability
            self.sigma = sigma
            self.extent = extent
            self.bearingSigmaDegrees = bearingSigmaDegrees
            self.range = range
            self.soundSpeed = soundSpeed
            self.lag = lag
            self.explained = explained
        }
    }

    /// Where a track is in a scan: meters and meters per second on the plane.
    package struct Estimate: Hashable, Sendable {
        package var scan: Int
        package var track: TrackNumber
        package var x: Double
        package var y: Double
        package var velocityX: Double
        package var velocityY: Double

        /// In the order of ``ScenarioTracking/header``, to the millimeter, with a line end.
        package var line: String {
            let numbers = [x, y, velocityX, velocityY].map { "\(($0 * 1_000).rounded() / 1_000)" }
            return "\(scan),\(track.rawValue),\(numbers.joined(separator: ","))\n"
        }
    }

    private let options: Options
    /// Scenario time 0 is an hour after the epoch, so that all times are positive.
    private static let epoch = Instant(nanosecondsSinceEpoch: 3_600_000_000_000)

    package init(options: Options) { self.options = options }

    package static let header = "scan,track,x,y,vx,vy"

    /// Hands the tracks of each scan to `write` as soon as it has been taken.
    /// - Returns: The life of the track to be explained, if there is one.
    @discardableResult
    package func run(_ folder: ScenarioFolder, write: ([Estimate]) -> Void) -> TrackLife {
        let notes: [TrackNote]
        switch folder.detections {
        case .plots(let scans): notes = run(scans, times: folder.times, write: write)
        case .directions(let scans, let sensors):
            notes = run(scans, sensors: sensors, times: folder.times, write: write)
        }
        return TrackLife(notes: notes, epoch: Self.epoch)
    }

    private func run(
        _ scans: [[ScenarioFolder.Plot]], times: [Double], write: ([Estimate]) -> Void
    ) -> [TrackNote] {
        let field = SurveySettings(
            detectionProbability: options.detectionProbability, sigma: options.sigma,
            area: options.extent * options.extent)
        var tracker = Tracker(settings: .planarSurvey, sensors: [])
        if let number = options.explained { tracker.explain(TrackNumber(number)) }
        if options.lag > 0 { tracker.keepPast(seconds: Self.longest(options.lag, times)) }
        for (number, plots) in scans.enumerated() {
            let at = Self.epoch.advanced(bySeconds: times[number])
            _ = tracker.observe(SurveyScan(at: at, places: plots.map(Self.fixed)), field)
            // The last scans wait for no more.
            let newest = number == scans.count - 1 ? number : number - options.lag
            for scan in stride(from: max(number - options.lag, 0), through: newest, by: 1) {
                let then = Self.epoch.advanced(bySeconds: times[scan])
                write(Self.estimates(scan: scan, scan == number ? tracker.surveyed : tracker.tracks(at: then, field)))
            }
        }
        return tracker.explanation
    }

    /// The longest time that so many scans in a row take, and a little more, seconds.
    private static func longest(_ lag: Int, _ times: [Double]) -> Double {
        let spans = times.indices.dropFirst(lag).map { times[$0] - times[$0 - lag] }
        return (spans.max() ?? 0) + 1
    }

    private func run(
        _ scans: [[ScenarioFolder.Direction]], sensors: [Int: ScenarioFolder.Plot], times: [Double],
        write: ([Estimate]) -> Void
    ) -> [TrackNote] {
        let settings = sensors.keys.sorted().compactMap { number in
            sensors[number].map { sensorSettings(number, at: $0) }
        }
        let positions = Dictionary(uniqueKeysWithValues: settings.map { ($0.id, $0.position) })
        var tracker = Tracker(settings: .planarHearing, sensors: settings)
        if let number = options.explained { tracker.explain(TrackNumber(number)) }
        for (number, directions) in scans.enumerated() {
            let at = Self.epoch.advanced(bySeconds: times[number])
            let reports = directions.map { report($0, positions: positions, at: at) }
            // All sensors of a scenario are well: their silence means something.
            tracker.hear(settings.map(\.id), at: at)
            _ = tracker.observe(reports, at: at)
            _ = tracker.advance(to: at)
            let present = tracker.tracks.filter { $0.isConfirmed && $0.existence >= 0.5 }
                .compactMap { tracker.track($0.number, at: at) }
            write(Self.estimates(scan: number, present))
        }
        return tracker.explanation
    }

    // MARK: The plane

    private static func fixed(_ plot: ScenarioFolder.Plot) -> EarthFixed {
        EarthFixed(x: EarthFixed.semiMajorAxisMeters, y: plot.x, z: plot.y)
    }

    private static func estimates(scan: Int, _ tracks: [Track]) -> [Estimate] {
        tracks.map { track in
            let place = EarthFixed(track.point, height: GeometricHeight(meters: 0))
            return Estimate(
                scan: scan, track: track.number, x: place.y, y: place.z, velocityX: track.velocity.east,
                velocityY: track.velocity.north)
        }
    }

    // MARK: Sensors

    private func sensorSettings(_ number: Int, at place: ScenarioFolder.Plot) -> SensorSettings {
        let fixed = Self.fixed(place).geographic
        return SensorSettings(
            id: SensorID("sensor-\(number)"), kind: .microphone,
            position: SensorPosition(point: fixed.point, height: fixed.height),
            range: Distance(meters: options.range), interval: .seconds(1), asterixIdentifier: nil)
    }

    private func report(
        _ direction: ScenarioFolder.Direction, positions: [SensorID: SensorPosition], at instant: Instant
    ) -> Report {
        let sensor = SensorID("sensor-\(direction.sensor)")
        let bearing = SoundOrSightBearing(
            origin: positions[sensor], azimuth: Bearing(radians: .pi / 2 - direction.azimuth),
            azimuthSigmaDegrees: options.bearingSigmaDegrees, elevationDegrees: nil,
            propagationSpeed: Speed(metersPerSecond: options.soundSpeed),
            maximumRange: Distance(meters: options.range))
        return Report(
            feed: FeedNumber(0), sensor: sensor, measuredAt: instant, receivedAt: instant,
            measurement: .bearing(bearing), identity: .none, classEvidence: nil, exercise: false)
    }
}
