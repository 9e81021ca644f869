/// The cheap questions that come before the filter is asked.
enum Gate {
    /// Whether an object at `position` could have caused `sighting` at all.
    static func isNear(
        _ sighting: Sighting, position: SIMD4<Double>, velocity: SIMD4<Double>, lag: Double
    ) -> Bool {
        let step = position + velocity * lag - sighting.searchCenter
        guard case .bearing(let bearing) = sighting.geometry else {
            // Heights may be unknown on either side; only far distances count here.
            return step.dot(step) <= 4 * sighting.searchRadius * sighting.searchRadius
        }
        guard let speed = bearing.propagationSpeed else { return step.length <= 1.2 * bearing.maximumRange + 500 }
        guard
            let delay = BearingSighting.delay(
                relative: step, velocity: velocity - bearing.wind, propagationSpeed: speed)
        else { return false }
        return delay * speed <= 1.2 * bearing.maximumRange + 500
    }
}
