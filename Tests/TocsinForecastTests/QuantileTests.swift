import Testing
import TocsinForecast
import TocsinModel

@Suite struct QuantileTests {
    /// Whatever an object does, and however long it has been silent: the stated earliest is when 5 % of the stated
    /// arrivals have happened.
    @Test(arguments: [ObjectClass.attackDrone, .cruiseMissile], [0.0, 10, 45, 120, 300])
    func theEarliestIsTheTimeOfFivePercent(objectClass: ObjectClass, silence: Double) {
        let speed = objectClass == .attackDrone ? 48.0 : 235
        var discs: [(center: PlanePoint, radius: Double)] = []
        for row in -30...30 {
            for column in -30...30 {
                let scale = speed / 48 * 1_500
                discs.append(
                    (PlanePoint(east: Double(column) * scale, north: Double(row) * scale), radius: 1_650))
            }
        }
        var forecaster = FlatForecaster(discs: discs, motion: .standard)
        let errors = CourseFilter.Errors(position: 100, velocity: 4)
        // Straight on for five minutes from the west.
        for step in 0...30 {
            let at = Double(step) * 10
            forecaster.observe(
                1, at: at, position: PlanePoint(east: (at - 300) * speed, north: 0),
                velocity: PlanePoint(east: speed, north: 0), errors: errors)
        }
        let leads = Array(stride(from: 2.0, through: 600, by: 2))
        let rows = forecaster.forecast(1, as: objectClass, at: 300 + silence, leads: leads)
        #expect(rows.count > 100)
        // Where the probability hardly grows, a time means little: a quarter of a percent more or less is allowed.
        func time(_ share: Double, of row: FlatForecaster.Row) -> Double? {
            let wanted = share * row.probabilities[leads.count - 1]
            return leads.indices.first { row.probabilities[$0] >= wanted }.map { leads[$0] }
        }
        let off = rows.map { row in
            max((time(0.047_5, of: row) ?? 0) - 2 - row.earliest, row.earliest - (time(0.052_5, of: row) ?? 600))
        }
        let worst = off.reduce(0, max)
        print("earliest of \(objectClass) after \(silence) s:", rows.count, "rows, off by at most", worst, "s")
        #expect(worst < 8)
    }
}
