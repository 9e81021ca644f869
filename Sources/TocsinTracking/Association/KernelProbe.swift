internal import TocsinModel

/// The four kernels of a survey scan, each to be run alone as often as one likes over the same picture, so that
/// their instructions can be counted (`Benchmarks/guard.py`).
///
/// The picture: 64 objects 2 km apart, which fly east side by side, and as many false places, after ten scans.
package struct KernelProbe {
    private let settings: TrackingSettings
    private var tracks = SurveyTracks()
    /// As predicted to the last scan; each pass starts from them.
    private var predicted = SurveyTracks()
    private var workspace = Workspace()
    private let steps: MotionSteps
    private var association = Association()
    private var random: UInt64 = 1

    private static let side = 8
    private static let scans = 10
    private static let secondsPerScan = 2.0
    private static let start = Instant(nanosecondsSinceEpoch: 1_533_100_000_000_000_000)
    private static let field = SurveySettings(detectionProbability: 0.9, sigma: 50, area: 16_000 * 16_000)

    package init() {
        settings = TrackingSettings.planarSurvey
        steps = MotionSteps(
            settings.models, seconds: Self.secondsPerScan, forgettingRate: settings.forgettingRate)
        var tracker = Tracker(settings: settings, sensors: [])
        for number in 0..<Self.scans { _ = tracker.observe(scan(number), Self.field) }
        tracks = tracker.survey?.tracks ?? tracks
        predict(times: 1)
        predicted = tracks
        workspace.places.places = scan(Self.scans).places.map { SIMD4($0.x, $0.y, $0.z, 0) }
        workspace.places.variance = Self.field.sigma * Self.field.sigma
        workspace.grid.fill(workspace.places.places)
        workspace.grid.arrange(&workspace.places.places)
        look(times: 1)
        association = workspace.update.association
    }

    /// The number of tracks, and of pairs of a track and a place within its gate.
    package var size: (tracks: Int, pairs: Int) { (predicted.count, association.pairs.count) }

    /// Mixes and moves every track on.
    package mutating func predict(times: Int) {
        for _ in 0..<times {
            for slot in tracks.all.indices { tracks.predict(slot, steps) }
        }
    }

    /// Compares every track with the places near it.
    package mutating func gate(times: Int) {
        for _ in 0..<times { gate() }
    }

    /// Finds the probabilities of all pairs.
    package mutating func associate(times: Int) {
        for _ in 0..<times { association.solve() }
    }

    /// Gates, associates and updates every track.
    package mutating func look(times: Int) {
        for _ in 0..<times {
            tracks.restore(predicted)
            gate()
            workspace.update.associate(workspace.places, otherDensity: 1e-6)
            workspace.modes.removeAll(keepingCapacity: true)
            for slot in tracks.all.indices {
                let outcome = tracks.conclude(slot, models: settings.models.count, &workspace)
                tracks.all[slot].existence = outcome.existence
                tracks.correct(slot, by: outcome, at: Self.start, settings: settings, &workspace)
            }
            swap(&tracks.modes, &workspace.modes)
        }
    }

    /// A number that depends on all that was worked out, so that no work can be left out.
    package var digest: Double {
        tracks.all.indices.reduce(association.unseen.reduce(0, +)) { $0 + tracks.overall($1).velocity.length }
    }

    private mutating func gate() {
        workspace.update.begin()
        for slot in tracks.all.indices {
            tracks.gate(
                slot, at: Self.start, detectionProbability: Self.field.detectionProbability, gate: settings.gate,
                &workspace)
        }
    }

    /// What the sensor sees at one time.
    private mutating func scan(_ number: Int) -> SurveyScan {
        let seconds = Double(number) * Self.secondsPerScan
        var places: [EarthFixed] = []
        for index in 0..<(Self.side * Self.side) {
            let east = Double(index % Self.side) * 2_000 + 50 * seconds
            let north = Double(index / Self.side) * 2_000
            if unit() < Self.field.detectionProbability {
                places.append(place(east: east + spread(), north: north + spread()))
            }
            places.append(place(east: unit() * 16_000 + 50 * seconds, north: unit() * 16_000))
        }
        return SurveyScan(at: Self.start.advanced(bySeconds: seconds), places: places)
    }

    /// An error with a standard deviation of 50 m.
    private mutating func spread() -> Double { (unit() - 0.5) * 50 * 12.0.squareRoot() }

    private func place(east: Double, north: Double) -> EarthFixed {
        EarthFixed(x: EarthFixed.semiMajorAxisMeters, y: east, z: north)
    }

    /// From 0 to 1, the same numbers every time (the constants of Knuth's MMIX).
    private mutating func unit() -> Double {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(random >> 11) / Double(1 << 53)
    }
}

extension SurveyTracks {
    /// Becomes as `other`, without new storage.
    fileprivate mutating func restore(_ other: SurveyTracks) {
        all.removeAll(keepingCapacity: true)
        all.append(contentsOf: other.all)
        modes.removeAll(keepingCapacity: true)
        modes.append(contentsOf: other.modes)
    }
}
