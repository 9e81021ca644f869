import Foundation
import Testing
import TocsinForecast

/// What is fitted to made flights are the habits that they were made with.
struct TurnFitTests {
    /// 2,000 s at 50 m/s, north-east, with one turn of 90 degrees to a side at 2 degrees per second in the middle.
    private static func flight(turningTo side: Double) -> [SIMD2<Double>] {
        var place = SIMD2<Double>.zero
        return (0..<2_000).map { second in
            let course = (45 + side * min(90, max(0, 2 * Double(second - 1_000)))) * .pi / 180
            place += 50 * SIMD2(cos(course), sin(course))
            return place
        }
    }

    private static let model: TurnModel = {
        var fit = TurnFit()
        for number in 0..<40 { fit.add(flight: flight(turningTo: number % 2 == 0 ? 1 : -1)) }
        for number in 0..<1_000 { fit.add(silence: 60, flies: number % 10 < 7) }
        return fit.model(returningAs: .attackDrone)
    }()

    @Test func theHabitsOfTheFlightsAreFound() {
        let habit = Self.model.habits[0]
        // One turn in the 880 s of each flight that count, before which it has not turned.
        #expect(abs(habit.hazard * 880 - 1) < 0.15, "\(habit.hazard)")
        #expect(habit.circleShare < 0.05)
        #expect(habit.angles[17...18].reduce(0, +) > 0.4 && habit.angles[5...6].reduce(0, +) > 0.4)
        #expect(abs(Self.model.turnRate - 2) < 0.25, "\(Self.model.turnRate) degrees per second")
        #expect(abs(Self.model.endRate * 2_000 - 1) < 0.01)
        #expect(abs(Self.model.surviving(silence: 60) - 0.7) < 0.01)
        #expect(Self.model.headingNoise < 0.01, "they fly dead straight")
    }

    @Test(arguments: ["survival", "shares", "turnRate"])
    func aModelThatMeansNothingIsRefusedWithTheReason(_ wrong: String) throws {
        var model = TurnModel.attackDrone
        switch wrong {
        case "survival": model.survival = [0.5]
        case "shares": model.habits[1].angles[0] = 2
        default: model.turnRate = 0
        }
        let encoded = try JSONEncoder().encode(model)
        let error = try #require(throws: DecodingError.self) {
            try JSONDecoder().decode(TurnModel.self, from: encoded)
        }
        #expect("\(error)".contains(wrong), "\(error)")
    }
}
