internal import RealModule
internal import TocsinModel

/// One object flying its route: constant speed, limited turn rate, a wandering heading. One step is a second.
/// Bare meters, seconds and radians on the region's plane.
struct Flight {
    /// A second of the flight.
    struct Step: Hashable {
        var position: PlanePoint
        var heightAboveGround: Double
        var heading: Double
        /// Over ground.
        var speed: Double
    }

    private let speed: Double
    private let turnLimit: Double
    private let cruiseHeight: Double
    private let settings: FlightSettings
    private var position: PlanePoint
    private var heading: Double
    private var noise = 0.0
    /// How long it has tried to reach the end from close by. Seconds.
    private var homingSeconds = 0
    private(set) var steps: [Step] = []

    init(start: PlanePoint, heading: Double, settings: FlightSettings, using generator: inout SeededGenerator) {
        self.settings = settings
        speed = settings.speed.metersPerSecond * generator.uniform(in: settings.speedFactor)
        turnLimit = generator.uniform(in: settings.turnLimitDegreesPerSecond) * .pi / 180
        let low = Double.log(settings.cruiseHeightMeters.lowerBound)
        let high = Double.log(settings.cruiseHeightMeters.upperBound)
        cruiseHeight = Double.exp(generator.uniform(in: low...max(low, high)))
        position = start
        self.heading = heading
    }

    private var turnRadius: Double { speed / turnLimit }

    /// Flies the legs, and the last one exactly to the route's end.
    mutating func fly(_ route: Route, using generator: inout SeededGenerator) {
        for (index, leg) in route.legs.enumerated() {
            switch leg {
            case .circle(let radius, let turns, let clockwise):
                circle(radius: radius, turns: turns, clockwise: clockwise)
            case .to(let point):
                let isLast = index == route.legs.count - 1
                while steps.count < settings.longestSeconds {
                    let rest = position.distance(to: point)
                    if isLast ? rest <= speed : rest <= max(speed, 1.2 * turnRadius) { break }
                    let isHoming = isLast && rest < 4 * turnRadius
                    homingSeconds = isHoming ? homingSeconds + 1 : 0
                    step(toward: point, exactly: isHoming, using: &generator)
                }
            }
        }
        arrive(at: route.end)
    }

    /// The last second is the rest of the way, to the meter.
    private mutating func arrive(at end: PlanePoint) {
        let rest = position.distance(to: end)
        guard rest <= speed, steps.count < settings.longestSeconds else { return }
        steps.append(Step(position: end, heightAboveGround: cruiseHeight, heading: heading, speed: rest))
        position = end
    }

    private mutating func step(toward point: PlanePoint, exactly: Bool, using generator: inout SeededGenerator) {
        // First-order autoregression with a time constant of 60 s, drawn always so that the stream stays aligned.
        let keep = Double.exp(-1.0 / 60)
        let fresh = settings.headingNoiseDegrees * .pi / 180 * (1 - keep * keep).squareRoot()
        noise = noise * keep + fresh * generator.normal()
        let wanted = wrapped(position.direction(to: point) + (exactly ? 0 : noise) - heading)
        turn(by: exactly && (isCirclingTheEnd || isInsideTurningCircle(point)) ? 0 : wanted)
    }

    /// Turning and flying on by turns can go round and round a point beside the tightest turn. After the time of two
    /// full circles it flies straight on until it is far enough to aim anew.
    private var isCirclingTheEnd: Bool { Double(homingSeconds) > 2 * 2 * .pi / turnLimit }

    /// A point inside the tightest turn can't be reached by turning: the object must first fly on.
    private func isInsideTurningCircle(_ point: PlanePoint) -> Bool {
        let side = wrapped(position.direction(to: point) - heading) < 0 ? -1.0 : 1.0
        let center = position.moved(by: turnRadius, toward: heading + side * .pi / 2)
        return center.distance(to: point) < turnRadius * 0.98
    }

    private mutating func circle(radius: Double, turns: Double, clockwise: Bool) {
        let rate = min(turnLimit, speed / radius)
        let count = Int((turns * 2 * .pi / rate).rounded(.up))
        for _ in 0..<min(count, max(0, settings.longestSeconds - steps.count)) { turn(by: clockwise ? rate : -rate) }
    }

    private mutating func turn(by wanted: Double) {
        heading = wrapped(heading + max(-turnLimit, min(turnLimit, wanted)))
        position = position.moved(by: speed, toward: heading)
        steps.append(
            Step(position: position, heightAboveGround: cruiseHeight, heading: heading, speed: speed))
    }

    /// Lets the object dive so that it reaches the ground with its last step.
    mutating func dive() {
        let last = steps.count - 1
        for index in steps.indices.reversed() {
            let height = Double(last - index) * settings.descentMetersPerSecond
            if height >= cruiseHeight { break }
            steps[index].heightAboveGround = height
        }
    }

    /// Ends the flight after step `index`: it loses its way within some seconds and falls to the ground.
    mutating func fall(after index: Int) {
        steps.removeSubrange((index + 1)...)
        guard var step = steps.last else { return }
        while step.heightAboveGround > 0 {
            // Drag takes the way off with a time constant of 8 s.
            step.speed *= Double.exp(-1.0 / 8)
            step.position = step.position.moved(by: step.speed, toward: step.heading)
            step.heightAboveGround = max(0, step.heightAboveGround - settings.descentMetersPerSecond)
            steps.append(step)
        }
    }

    /// Drops everything after step `index`: the object is out of sight and out of the raid.
    mutating func leave(after index: Int) { steps.removeSubrange((index + 1)...) }
}
