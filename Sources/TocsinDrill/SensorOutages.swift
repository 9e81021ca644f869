package import TocsinModel

/// A time in which a made-up sensor is dead: it measures nothing and gives no sign of life.
package struct SensorOutage: Hashable, Sendable, Codable {
    package var from: Instant
    package var to: Instant

    package init(from: Instant, to: Instant) {
        self.from = from
        self.to = to
    }
}

/// How often made-up sensors fail, and for how long. Assumptions.
package struct OutageRate: Hashable, Sendable, Codable {
    /// The mean number of one sensor (Poisson).
    package var perHour: Double
    /// How long one lasts, uniform.
    package var seconds: ClosedRange<Double>

    package init(perHour: Double, seconds: ClosedRange<Double>) {
        self.perHour = perHour
        self.seconds = seconds
    }

    /// Of 300 microphones about 3 are dead at any time.
    package static let standard = OutageRate(perHour: 0.1, seconds: 120...600)
}

extension SimulatedSensor {
    /// The number at which the streams of chance of outages begin, apart from those of the measurements.
    private static let outageStream: UInt64 = 1 << 41

    /// The sensors with the outages of a raid; the same seed gives the same ones.
    package static func failing(
        _ sensors: [SimulatedSensor], at rate: OutageRate, during raid: Raid
    ) -> [SimulatedSensor] {
        let end = raid.endsAt.advanced(bySeconds: SensorSimulation.secondsAfterEnd)
        let mean = 3_600 / rate.perHour
        return sensors.enumerated().map { index, sensor in
            var generator = SeededGenerator(seed: raid.seed, stream: outageStream + UInt64(index))
            var failing = sensor
            failing.outages = []
            var from = raid.startsAt.advanced(bySeconds: generator.exponential(mean: mean))
            while from < end {
                let to = from.advanced(bySeconds: generator.uniform(in: rate.seconds))
                failing.outages.append(SensorOutage(from: from, to: to))
                from = to.advanced(bySeconds: generator.exponential(mean: mean))
            }
            return failing
        }
    }

    /// What it says of what it would say: nothing while it is dead.
    func messages(of messages: [SimulatedMessage]) -> [SimulatedMessage] {
        guard !outages.isEmpty else { return messages }
        return messages.filter { message in
            !outages.contains { $0.from <= message.measuredAt && message.measuredAt < $0.to }
        }
    }
}
