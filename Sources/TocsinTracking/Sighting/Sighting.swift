internal import RealModule
internal import TocsinModel

/// One report's measurement in the filter's own terms: Earth-fixed meters and radians.
struct Sighting {
    enum Geometry {
        case place(PlaceSighting)
        case radar(RadarSighting)
        case bearing(BearingSighting)
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
        switch geometry {
        case .place(let place): place.correct(&state, lag: lag)
        case .radar(let radar): radar.correct(&state, lag: lag)
        case .bearing(let bearing): bearing.correct(&state, lag: lag)
        }
    }

    /// The variance that the unknown acceleration adds over `lag`: q |lag|^3 / 3, with q of a turning object.
    static func lagVariance(_ lag: Double) -> Double {
        let duration = abs(lag)
        return 0.5 * duration * duration * duration / 3
    }
}
