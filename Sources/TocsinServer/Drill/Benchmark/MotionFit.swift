package import TocsinDrill
package import TocsinForecast
internal import TocsinModel

/// Fits how the threat classes move to raids of the benchmark that are never scored.
package enum MotionFit {
    /// A silence is looked at this often. Seconds.
    private static let silenceSteps = 2.5

    /// - Parameter progress: told how many raids are done.
    package static func fit(
        to generator: RaidGenerator, seeds: [UInt64], country: String, progress: (Int) -> Void
    ) -> MotionParameters {
        var drones = TurnFit()
        var missiles = TurnFit()
        for (number, seed) in seeds.enumerated() {
            for object in generator.raid(seed: seed).objects {
                if object.objectClass == .attackDrone {
                    add(object, to: &drones)
                } else {
                    add(object, to: &missiles)
                }
            }
            progress(number + 1)
        }
        var fitted = MotionParameters.standard
        let last = seeds.last ?? 0
        fitted.provenance =
            "\(seeds.count) raids over \(country), seeds \(seeds.first ?? 0) ... \(last); returns as in Tocsin's own"
        fitted.attackDrone.turns = drones.model(returningAs: fitted.attackDrone.turns)
        fitted.cruiseMissile.turns = missiles.model(returningAs: fitted.cruiseMissile.turns)
        return fitted
    }

    private static func add(_ object: RecordedObject, to fit: inout TurnFit) {
        fit.add(flight: object.path.points.map { SIMD2($0.east, $0.north) })
        guard let first = object.updates.first, let last = object.updates.last else { return }
        let until = min(object.endReport?.at ?? .infinity, last.at + 600)
        var update = 0
        for at in stride(from: first.at, to: until, by: silenceSteps) {
            while update + 1 < object.updates.count, object.updates[update + 1].at <= at { update += 1 }
            fit.add(silence: at - object.updates[update].at, flies: at <= object.end.at)
        }
    }
}
