internal import RealModule
internal import TocsinModel

/// One report's measurement in the filter's own terms: Earth-fixed meters and radians.
struct Sighting {
    enum Geometry {
        case place(PlaceSighting)
        case radar(RadarSighting)
        case bearing(BearingSighting)
        /// Already in terms of the state.
        case rows(MeasuredRows)
    }

    var at: Instant
    var geometry: Geometry
    /// The density of false measurements in the units of the rows, if there is one false report per square
    /// meter (places and radar) or one in all directions (bearings).
    var unitDensity: Double
    /// Where objects that may have caused it are looked for: the middle and the radius, meters.
    var searchCenter: SIMD4<Double>
    var searchRadius: Double

    /// Corrects `state` by this sighting.
    /// - Parameter lag: The time of the sighting minus the time of the state, seconds. A late report has a
    ///   negative lag: it is compared with the state moved back in straight flight.
    func correct(_ state: inout Gaussian, lag: Double) -> Agreement {
        rows(for: state, lag: lag)?.correct(&state) ?? .impossible
    }

    /// What is measured, linearized at `state`.
    /// - Returns: `nil` if it cannot come from this state.
    func rows(for state: Gaussian, lag: Double) -> MeasuredRows? {
        switch geometry {
        case .place(let place): place.rows(lag: lag)
        case .radar(let radar): radar.rows(for: state, lag: lag)
        case .bearing(let bearing): bearing.rows(for: state, lag: lag)
        case .rows(let rows): rows
        }
    }

    /// This sighting of the past as one of the present.
    /// - Returns: `nil` if it cannot come from the track.
    func seen(through node: TrackHistory.Node, present: Gaussian, at instant: Instant) -> Sighting? {
        guard let rows = rows(for: node.state(given: present), lag: at.seconds(since: node.at)) else { return nil }
        var result = self
        result.at = instant
        result.geometry = .rows(rows.map(node.row))
        return result
    }

    /// The variance that the unknown acceleration adds over `lag`: q |lag|^3 / 3, with q of a turning object.
    static func lagVariance(_ lag: Double) -> Double {
        let duration = abs(lag)
        return 0.5 * duration * duration * duration / 3
    }
}
