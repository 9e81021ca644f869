internal import RealModule
internal import TocsinModel

/// The legs that an object means to fly, from where it comes into being to its end.
struct Route {
    enum Leg {
        /// Fly until the point is passed closely.
        case to(PlanePoint)
        /// Fly full circles of the given radius in meters.
        case circle(radiusMeters: Double, turns: Double, clockwise: Bool)
    }

    var start: PlanePoint
    var legs: [Leg]
    /// The point that is hit exactly; the legs end with it.
    var end: PlanePoint

    /// Draws the legs between `start` and `end`: way points beside the straight line, legs that lead elsewhere
    /// first, circles, and for a route that `mayOvershoot`, flying past the end and coming back.
    init(
        from start: PlanePoint, to end: PlanePoint, mayOvershoot: Bool, settings: FlightSettings,
        using generator: inout SeededGenerator
    ) {
        self.start = start
        self.end = end
        let length = start.distance(to: end)
        let heading = start.direction(to: end)
        var stops: [(share: Double, legs: [Leg])] = []
        for _ in 0..<generator.poisson(mean: settings.wayPointMean) {
            let share = generator.uniform()
            let width = settings.wayPointLateralShare * length * (4 * share * (1 - share)).squareRoot()
            let point = start.moved(by: share * length, toward: heading)
                .moved(by: width * generator.normal(), toward: heading + .pi / 2)
            stops.append((share, [.to(point)]))
        }
        for _ in 0..<generator.poisson(mean: settings.decoyLegMean) {
            let share = generator.uniform()
            let side = generator.happens(withProbability: 0.5) ? 1.0 : -1.0
            let angle = side * generator.uniform(in: 40...120) * .pi / 180
            let branch = start.moved(by: share * length, toward: heading)
            let point = branch.moved(by: generator.uniform(in: 5_000...30_000), toward: heading + angle)
            stops.append((share, [.to(branch), .to(point)]))
        }
        if generator.happens(withProbability: settings.circlingShare) {
            let share = generator.uniform()
            let turns = Double(1 + generator.index(below: 4))
            let radius = generator.uniform(in: 1_500...4_000)
            let clockwise = generator.happens(withProbability: 0.5)
            let point = start.moved(by: share * length, toward: heading)
            stops.append((share, [.to(point), .circle(radiusMeters: radius, turns: turns, clockwise: clockwise)]))
        }
        legs = stops.sorted { $0.share < $1.share }.flatMap(\.legs)
        if mayOvershoot, generator.happens(withProbability: settings.overshootShare) {
            let beyond = generator.uniform(in: settings.overshootMeters)
            let side = generator.happens(withProbability: 0.5) ? 1.0 : -1.0
            let angle = side * generator.uniform(in: 30...150) * .pi / 180
            legs.append(.to(end.moved(by: beyond, toward: heading)))
            legs.append(.to(end.moved(by: beyond * 0.6, toward: heading + angle)))
        }
        legs.append(.to(end))
    }
}
