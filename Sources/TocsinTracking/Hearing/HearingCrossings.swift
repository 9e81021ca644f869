internal import RealModule

/// First candidates: where two bearings of different sensors cross, for a set of velocities.
///
/// Sound that left p(te) and is heard at s says p(t) = s + d b' with b' = b + u / c, b being the direction, u the
/// velocity through the air and d the distance that it went; so each pair of bearings and each velocity give one
/// crossing.
struct HearingCrossings {
    let scene: HearingScene

    /// The velocities tried: standing, and rings of directions at the speeds of drones and missiles, m/s.
    private static let velocities: [SIMD2<Double>] = [(50.0, 8), (110.0, 10), (165.0, 14), (220.0, 18)].enumerated()
        .reduce(into: [.zero]) { list, ring in
            let (speed, count) = ring.element
            for index in 0..<count {
                let angle = 2 * Double.pi * (Double(index) + 0.5 * Double(ring.offset % 2)) / Double(count)
                list.append(SIMD2(speed * Double.cos(angle), speed * Double.sin(angle)))
            }
        }

    /// A bearing mostly explained already crosses nothing.
    private static let leastShare = 0.1
    /// How old the second bearing of a pair may be, seconds.
    private static let pairSeconds = 2.5
    private static let newSeconds = 0.5
    private static let leastScore = 2.0
    /// So many ticks are looked at in the first round.
    private static let ticks = 4
    /// Best candidates kept, in a quiet and in a busy sky.
    private static let keptQuiet = 100
    private static let keptBusy = 400
    private static let busyBearings = 40

    /// The best crossings, all different.
    func best() -> [HearingCandidate] {
        let now = scene.now
        let usable = scene.bearings.indices.filter { scene.bearings[$0].left >= Self.leastShare }
        let new = usable.filter { scene.bearings[$0].at > now - Self.newSeconds }
        let others = usable.filter { scene.bearings[$0].at > now - Self.pairSeconds }
        var found: [HearingCandidate] = []
        for first in new {
            for second in others where isPair(first, second) {
                for velocity in Self.velocities {
                    guard var candidate = crossing(scene.bearings[first], scene.bearings[second], velocity) else {
                        continue
                    }
                    candidate.score =
                        scene.score(candidate.state, sigma: HearingCandidate.searchSigma, newest: Self.ticks).value
                    if candidate.score > Self.leastScore { found.append(candidate) }
                }
            }
        }
        found.sort { $0.score > $1.score }
        let most = new.count > Self.busyBearings ? max(Self.keptBusy, 4 * new.count) : Self.keptQuiet
        return different(found, atMost: most)
    }

    private func isPair(_ first: Int, _ second: Int) -> Bool {
        let (one, two) = (scene.bearings[first], scene.bearings[second])
        guard one.sensor != two.sensor else { return false }
        if two.at > scene.now - Self.newSeconds, two.sensor < one.sensor { return false }
        let (left, right) = (scene.sensors[one.sensor], scene.sensors[two.sensor])
        let step = left.ear.place - right.ear.place
        let reach = left.reach + left.spread + right.reach + right.spread + 600
        return (step * step).sum() <= reach * reach
    }

    private func crossing(
        _ first: HeardBearing, _ second: HeardBearing, _ velocity: SIMD2<Double>
    ) -> HearingCandidate? {
        let (one, two) = (scene.sensors[first.sensor], scene.sensors[second.sensor])
        let a = first.direction + (velocity - one.ear.wind) / one.ear.speed
        let b = second.direction + (velocity - two.ear.wind) / two.ear.speed
        let determinant = b.x * a.y - a.x * b.y
        guard abs(determinant) >= 0.12 else { return nil }
        let start = one.ear.place - velocity * (first.at - scene.now)
        let offset = two.ear.place - velocity * (second.at - scene.now) - start
        let oneDistance = (b.x * offset.y - offset.x * b.y) / determinant
        let twoDistance = (a.x * offset.y - a.y * offset.x) / determinant
        guard oneDistance >= 50, oneDistance <= one.reach + one.spread, twoDistance >= 50,
            twoDistance <= two.reach + two.spread
        else { return nil }
        let place = start + a * oneDistance
        return HearingCandidate(state: SIMD4(place.x, place.y, velocity.x, velocity.y))
    }

    /// One per cell of places and velocities, the best first.
    private func different(_ candidates: [HearingCandidate], atMost most: Int) -> [HearingCandidate] {
        var seen: Set<SIMD4<Double>> = []
        var kept: [HearingCandidate] = []
        for candidate in candidates where kept.count < most {
            let cell = (candidate.state / SIMD4(700, 700, 60, 60)).rounded(.down)
            if seen.insert(cell).inserted { kept.append(candidate) }
        }
        return kept
    }
}
