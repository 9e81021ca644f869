package import TocsinDrill
package import TocsinForecast

/// The forecaster that watches, as the benchmark asks.
package struct FeedForecaster: RaidForecaster {
    private var forecaster: FlatForecaster
    private let errors: CourseFilter.Errors

    package init(over country: BenchmarkCountry, motion: MotionParameters) {
        forecaster = FlatForecaster(discs: country.areas.map { ($0.center, $0.radiusMeters) }, motion: motion)
        let feed = BenchmarkSettings.standard.feed
        errors = CourseFilter.Errors(
            position: feed.positionSigmaMeters, velocity: feed.velocitySigmaMetersPerSecond)
    }

    package mutating func forecast(_ track: RaidTrack, at now: Double, into forecasts: inout RaidForecasts) {
        let known = forecaster.lastObserved(track.object) ?? -.infinity
        let first = track.updates.lastIndex { $0.at <= known }.map { $0 + 1 } ?? track.updates.startIndex
        for update in track.updates[first...] {
            forecaster.observe(
                track.object, at: update.at, position: update.position, velocity: update.velocity, errors: errors)
        }
        for row in forecaster.forecast(track.object, as: track.objectClass, at: now, leads: forecasts.leads) {
            forecasts.append(area: row.disc, earliest: row.earliest, probabilities: row.probabilities)
        }
    }
}
