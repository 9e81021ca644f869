import Foundation
import Testing
import TocsinDrill
import TocsinForecast

/// The turns of flights are found again in tracks that wander around them.
struct SmoothedFlightTests {
    /// 2,000 s at 50 m/s, north-east, with one turn of 90 degrees to a side at 3 degrees per second in the middle.
    private static func flight(turningTo side: Double) -> [SIMD2<Double>] {
        var place = SIMD2<Double>.zero
        return (0..<2_000).map { second in
            let course = (45 + side * min(90, max(0, 3 * Double(second - 1_000)))) * .pi / 180
            place += 50 * SIMD2(cos(course), sin(course))
            return place
        }
    }

    /// A fix every four seconds, one in ten missing, 40 m off along each axis; errors fall by e in 5 s.
    private static func fixes(of flight: [SIMD2<Double>], seed: UInt64) -> [SmoothedFlight.Fix] {
        var generator = SeededGenerator(seed: seed)
        let keep = exp(-4 / 5.0)
        var error = SIMD2<Double>.zero
        return stride(from: 0, to: flight.count, by: 4).compactMap { second in
            let fresh = SIMD2(generator.normal(), generator.normal())
            error = keep * error + 40 * (1 - keep * keep).squareRoot() * fresh
            guard generator.uniform() < 0.9 else { return nil }
            return SmoothedFlight.Fix(time: Double(second), place: flight[second] + error, variance: 1_600)
        }
    }

    @Test func wanderingTracksDoNotCountAsTurnsAndTurnsStay() {
        var fit = TurnFit()
        for number in 0..<40 {
            let flight = Self.flight(turningTo: number % 2 == 0 ? 1 : -1)
            let smoothed = SmoothedFlight(of: Self.fixes(of: flight, seed: UInt64(number)), speed: 50)
            fit.add(flight: smoothed.points)
        }
        let model = fit.model(returningAs: .attackDrone)
        #expect((38...44).contains(fit.turns), "\(fit.turns) turns in 40 flights with one each")
        #expect(abs(model.turnRate / 3 - 1) < 0.2, "\(model.turnRate) degrees per second")
        #expect(model.headingNoise < 1.5, "they fly dead straight: \(model.headingNoise) degrees")
    }

    @Test func aPieceOfAFlightIsJudgedFromWhereTheFlightBegan() {
        // It turned aside by 90 degrees long before the piece, and goes on straight.
        let piece = (0..<600).map { SIMD2(20_000, 50 * Double($0)) }
        var whole = TurnFit()
        whole.add(flight: piece, begunAt: SIMD2(0, 0))
        var alone = TurnFit()
        alone.add(flight: piece)
        #expect(whole.model(returningAs: .attackDrone).habits != alone.model(returningAs: .attackDrone).habits)
    }

    @Test func fixesOfAMomentMakeNoFlight() {
        let fix = SmoothedFlight.Fix(time: 3.5, place: .zero, variance: 0)
        #expect(SmoothedFlight(of: [], speed: 50).points.isEmpty)
        #expect(SmoothedFlight(of: [fix], speed: 0).points.isEmpty)
    }
}
