import Foundation
import Testing
import TocsinForecast
import TocsinModel

/// Flies drones with the forecaster's stated motion, but with code of its own (steps of a second, exact circles), and
/// compares what was forecast with what happened.
struct CalibrationTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
        mutating func uniform() -> Double { Double.random(in: 0x1p-53..<1, using: &self) }
        mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
    }

    private struct Town {
        var east: Double
        var north: Double
        var radius: Double
    }

    private static let seed: UInt64 = 20_260_101
    private static let horizon = 430.0

    /// The second at which the drone is first within 300 m of each town; `nil` if not within the horizon.
    private static func fly(
        _ towns: [Town], east: Double, north: Double, velocity: PlanePoint, _ generator: inout Generator
    ) -> [Double?] {
        var (x, y) = (east, north)
        let drawn = (velocity.east * velocity.east + velocity.north * velocity.north).squareRoot()
        let speed = max(33, min(53, drawn)) * (1 + 0.04 * generator.normal())
        var heading = atan2(velocity.north, velocity.east)
        var turnLeft = 0.0
        var nextTurn = -600 * log(generator.uniform())
        var arrivals = [Double?](repeating: nil, count: towns.count)
        for second in 0..<Int(horizon) {
            for (index, town) in towns.enumerated() where arrivals[index] == nil {
                let distance = ((x - town.east) * (x - town.east) + (y - town.north) * (y - town.north)).squareRoot()
                if distance <= town.radius + 300 { arrivals[index] = Double(second) }
            }
            if abs(turnLeft) > 0 {
                let bent = min(abs(turnLeft), 4 * Double.pi / 180) * (turnLeft > 0 ? 1 : -1)
                heading += bent
                turnLeft -= bent
            } else {
                heading += 0.5 * Double.pi / 180 * generator.normal()
                nextTurn -= 1
                if nextTurn <= 0 {
                    turnLeft = (2 * generator.uniform() - 1) * Double.pi / 2
                    nextTurn = -600 * log(generator.uniform())
                }
            }
            x += speed * cos(heading)
            y += speed * sin(heading)
        }
        return arrivals
    }

    @Test func statedProbabilitiesAndEarliestTimesAreHonest() {
        var generator = Generator(state: Self.seed)
        let towns = (0..<12).map { _ in
            Town(
                east: Double.random(in: -15_000..<15_000, using: &generator),
                north: Double.random(in: -15_000..<15_000, using: &generator),
                radius: Double.random(in: 700..<2_000, using: &generator))
        }
        let areas = towns.enumerated().map { index, town in
            Plain.disc("a\(index + 10)", east: town.east, north: town.north, radius: town.radius, shelter: 390)
        }
        var settings = Plain.settings(particles: 256)
        settings.horizonSeconds = Self.horizon
        let forecaster = Forecaster(settings: settings, areas: areas)
        var bins = [(count: Int, forecast: Double, arrived: Int)](repeating: (0, 0, 0), count: 5)
        var (arrivals, early) = (0, 0)
        for number in 1...250 {
            let east = Double.random(in: -20_000..<20_000, using: &generator)
            let north = Double.random(in: -20_000..<20_000, using: &generator)
            let angle = Double.random(in: 0..<2 * .pi, using: &generator)
            let velocity = PlanePoint(east: 46 * cos(angle), north: 46 * sin(angle))
            let track = Plain.track(
                UInt64(number), east: east, north: north, velocity: velocity, positionSigma: 300, velocitySigma: 3)
            let truth = Self.fly(
                towns, east: east + 300 * generator.normal(), north: north + 300 * generator.normal(),
                velocity: PlanePoint(
                    east: velocity.east + 3 * generator.normal(), north: velocity.north + 3 * generator.normal()),
                &generator)
            let forecasts = forecaster.forecasts(for: track, at: Plain.start)
            for (index, arrival) in truth.enumerated() {
                let forecast = forecasts.first { $0.area == areas[index].id }
                let probability = forecast?.probabilityWithinHorizon ?? 0
                let bin = min(4, Int(probability * 5))
                bins[bin].count += 1
                bins[bin].forecast += probability
                guard let arrival else { continue }
                bins[bin].arrived += 1
                guard let forecast, probability >= 0.02 else { continue }
                arrivals += 1
                if forecast.earliest.seconds(since: Plain.start) <= arrival + 1 { early += 1 }
            }
        }
        for bin in bins {
            // Three standard errors of a binomial count, and half an arrival more.
            let expected = bin.forecast
            let share = expected / Double(max(1, bin.count))
            let allowed = 3 * (expected * (1 - share)).squareRoot() + 2
            #expect(abs(Double(bin.arrived) - expected) <= allowed, "seed \(Self.seed): \(bins)")
        }
        #expect(arrivals > 100)
        // 95 % are stated early by definition; three standard errors below.
        let share = Double(early) / Double(max(1, arrivals))
        #expect(share >= 0.95 - 3 * (0.95 * 0.05 / Double(max(1, arrivals))).squareRoot(), "\(early) of \(arrivals)")
        print("seed \(Self.seed): earliest before arrival \(early) of \(arrivals); reliability \(bins)")
    }
}
