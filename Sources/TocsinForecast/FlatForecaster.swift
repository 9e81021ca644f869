package import TocsinModel

/// Forecasts of first passages into discs on one plane, for those who have no globe: the raid benchmark.
package struct FlatForecaster: Sendable {
    private let discs: [(center: SIMD2<Double>, radius: Double)]
    private let grid: DiscGrid
    private let motions: [ObjectClass: (motion: ThreatMotion, tables: PassageTables)]
    private var courses: [Int: CourseFilter] = [:]

    /// One disc that may be touched.
    package struct Row: Hashable, Sendable {
        package var disc: Int
        /// By lead.
        package var probabilities: [Double]
        /// By when 5 % of the passages within the last lead have happened. Seconds from now.
        package var earliest: Double
    }

    /// Probabilities below this are not told.
    static let leastProbability = 1e-5

    package init(discs: [(center: PlanePoint, radius: Double)], motion: MotionParameters) {
        self.discs = discs.map { (SIMD2($0.center), $0.radius) }
        grid = DiscGrid(discs)
        motions = [
            .attackDrone: (motion.attackDrone, PassageTables.shared(motion.attackDrone.turns)),
            .cruiseMissile: (motion.cruiseMissile, PassageTables.shared(motion.cruiseMissile.turns)),
        ]
    }

    /// Takes a new position and velocity of an object.
    package mutating func observe(
        _ object: Int, at: Double, position: PlanePoint, velocity: PlanePoint, errors: CourseFilter.Errors
    ) {
        if courses[object] == nil {
            courses[object] = CourseFilter(
                at: at, position: SIMD2(position), velocity: SIMD2(velocity), errors: errors)
        } else {
            courses[object]?.update(at: at, position: SIMD2(position), velocity: SIMD2(velocity), errors: errors)
        }
    }

    /// When an object that was observed was observed last.
    package func lastObserved(_ object: Int) -> Double? { courses[object]?.at }

    /// Every disc that `object` may touch within the last of `leads`, which ascend.
    package func forecast(_ object: Int, as objectClass: ObjectClass, at now: Double, leads: [Double]) -> [Row] {
        guard let course = courses[object], let (motion, tables) = motions[objectClass], let horizon = leads.last
        else { return [] }
        let elapsed = max(0, now - course.at)
        let outlook = Outlook(
            course.state(speedSpread: motion.speedSpread), elapsed: elapsed, horizon: horizon, tables: tables)
        let flies = motion.turns.surviving(silence: elapsed)
        let danger = motion.dangerRadiusMeters
        let place = PlanePoint(east: outlook.state.position.x, north: outlook.state.position.y)
        var rows: [Row] = []
        var arrival = Arrival()
        grid.visit(within: outlook.reach + danger + grid.largestRadius, of: place) { disc, _ in
            arrival.removeAll()
            arrival.add(
                outlook, into: discs[disc].center, radius: discs[disc].radius + danger, weight: flies,
                least: Self.leastProbability)
            guard !arrival.isEmpty else { return }
            let probabilities = leads.map { arrival.probability(by: $0) }
            let times = arrival.times(within: horizon, total: probabilities[leads.count - 1])
            rows.append(Row(disc: disc, probabilities: probabilities, earliest: times.earliest))
        }
        return rows
    }
}
