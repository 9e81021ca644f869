internal import RealModule

/// Compares one look of one sensor with the tracks that are followed by ear: which bearing is whose, by belief
/// propagation (Williams and Lau 2014), and what hits and misses say of place and existence.
struct HeardUpdate {
    let sensor: HearingSensor
    /// The time of the tracks, and that of the look after it, seconds.
    let now: Double
    let lag: Double
    /// Bearings of other causes per radian.
    let otherDensity: Double

    private struct Target {
        var track: Int
        var looks: [HeardLook?]
        /// Per motion, the probability that the sensor senses it.
        var chances: [Double] = []
        /// Motion after motion, bearing after bearing: chance times density.
        var likelihoods: [Double]
        /// Per bearing, over the density of other causes; and of causing none.
        var weights: [Double]
        /// Per bearing, the likelihoods over all motions.
        var sums: [Double]
        var missed = 0.0
        var isInReach = false
        var probabilities: [Double] = []
        var unseen = 1.0
    }

    private static let iterations = 6
    /// Squared normalized residuals from here on do not count.
    private static let gate = 25.0

    /// - Returns: Per bearing, the position of the track that caused it, if one did more likely than not.
    func take(_ bearings: inout [HeardBearing], _ tracks: inout [HeardTrack]) -> [Int?] {
        var targets: [Target] = []
        let reach = 2.2 * sensor.farthest + 500
        for (number, track) in tracks.enumerated() {
            let step = SIMD2(track.mean.x, track.mean.y) - sensor.ear.place
            guard (step * step).sum() <= reach * reach else { continue }
            let target = target(number, track, bearings)
            if target.isInReach { targets.append(target) }
        }
        associate(&targets, bearings)
        var owners = [Int?](repeating: nil, count: bearings.count)
        var left = [Double](repeating: 1, count: bearings.count)
        for target in targets {
            for (index, probability) in target.probabilities.enumerated() {
                left[index] -= probability
                if probability > 0.5 { owners[index] = target.track }
            }
            settle(&tracks[target.track], target, bearings)
        }
        for index in bearings.indices { bearings[index].free *= max(0, left[index]) }
        return owners
    }

    private func target(_ number: Int, _ track: HeardTrack, _ bearings: [HeardBearing]) -> Target {
        let count = bearings.count
        var target = Target(
            track: number, looks: [], likelihoods: [Double](repeating: 0, count: track.motions.count * count),
            weights: [], sums: [Double](repeating: 0, count: count))
        var miss = 0.0
        for (index, motion) in track.motions.enumerated() {
            let look = HeardLook(motion, now: now, lag: lag, ear: sensor.ear)
            var chance = 0.0
            if let look {
                let variance = look.distanceGradient.dot(motion.covariance * look.distanceGradient)
                let spread = (sensor.spread * sensor.spread + max(variance, 0)).squareRoot()
                chance = sensor.probability * Normal.cumulative((sensor.reach - look.distance) / spread)
                if chance > 1e-3 { target.isInReach = true }
                if chance > 1e-4, count > 0 {
                    let own =
                        look.angleGradient.dot(motion.covariance * look.angleGradient)
                        + look.curvature(motion.covariance)
                    for (other, bearing) in bearings.enumerated() {
                        let variance = own + bearing.variance(at: look.distance)
                        let residual = look.residual(of: bearing.direction)
                        let squared = residual * residual / variance
                        guard squared < Self.gate else { continue }
                        let likelihood = chance * Double.exp(-0.5 * squared) / (2 * .pi * variance).squareRoot()
                        target.likelihoods[index * count + other] = likelihood
                        target.sums[other] += motion.weight * likelihood
                    }
                }
            }
            target.looks.append(look)
            target.chances.append(chance)
            miss += motion.weight * (1 - chance)
        }
        target.missed = 1 - track.existence + track.existence * miss
        for other in 0..<count {
            target.weights.append(track.existence * target.sums[other] * bearings[other].free / otherDensity)
        }
        return target
    }

    private func associate(_ targets: inout [Target], _ bearings: [HeardBearing]) {
        let count = bearings.count
        var toBearing = [Double](repeating: 0, count: targets.count * count)
        var toTrack = [Double](repeating: 1, count: targets.count * count)
        if count > 0 {
            for _ in 0..<Self.iterations {
                for (row, target) in targets.enumerated() {
                    var sum = target.missed
                    for other in 0..<count { sum += target.weights[other] * toTrack[row * count + other] }
                    for other in 0..<count {
                        let index = row * count + other
                        let rest = sum - target.weights[other] * toTrack[index]
                        toBearing[index] = target.weights[other] / max(rest, 1e-12)
                    }
                }
                for other in 0..<count {
                    var sum = 1.0
                    for row in targets.indices { sum += toBearing[row * count + other] }
                    for row in targets.indices {
                        toTrack[row * count + other] = 1 / (sum - toBearing[row * count + other])
                    }
                }
            }
        }
        for row in targets.indices {
            var sum = targets[row].missed
            for other in 0..<count {
                let weight = targets[row].weights[other] * toTrack[row * count + other]
                targets[row].probabilities.append(weight)
                sum += weight
            }
            targets[row].unseen = targets[row].missed / sum
            for other in 0..<count { targets[row].probabilities[other] /= sum }
        }
    }

    // MARK: What it says of a track

    private func settle(_ track: inout HeardTrack, _ target: Target, _ bearings: [HeardBearing]) {
        hearSilence(&track, target)
        var existence = 0.0
        var motions: [HeardMotion] = []
        for index in track.motions.indices {
            guard let motion = settled(track, index, target, bearings) else { continue }
            existence += motion.weight
            motions.append(motion)
        }
        guard existence > 0 else { return }
        for index in motions.indices { motions[index].weight /= existence }
        track.existence = min(existence, 0.9999)
        track.motions = motions
        track.summarize()
    }

    /// One motion after the look, by moment matching over what it may have caused; its weight counts existence.
    private func settled(
        _ track: HeardTrack, _ index: Int, _ target: Target, _ bearings: [HeardBearing]
    ) -> HeardMotion? {
        let motion = track.motions[index]
        let chance = target.chances[index]
        let share = track.existence * motion.weight
        let missed = target.unseen / target.missed * share * (1 - chance)
        var weights: [Double] = []
        var total = missed
        for other in bearings.indices {
            let likelihood = target.likelihoods[index * bearings.count + other]
            let weight =
                likelihood > 0
                ? target.probabilities[other] * motion.weight * likelihood / target.sums[other] : 0
            weights.append(weight)
            total += weight
        }
        guard total > 0 else { return nil }
        var result = motion
        result.weight = total
        guard let look = target.looks[index], chance >= 1e-4 else { return result }
        let shape = RangeShape(sensor, look, motion)
        var parts: [HeardMotion] = []
        if missed >= 1e-4 * total { parts.append(shape.missed(motion, weight: missed)) }
        for (other, weight) in weights.enumerated() where weight > 1e-4 * total {
            parts.append(corrected(shape.heard(motion, weight: weight), by: bearings[other], look))
        }
        guard var result = parts.first else { return motion }
        for part in parts.dropFirst() { result.merge(part) }
        result.weight = total
        return result
    }

    private func corrected(_ motion: HeardMotion, by bearing: HeardBearing, _ look: HeardLook) -> HeardMotion {
        let look = HeardLook(motion, now: now, lag: lag, ear: sensor.ear) ?? look
        let gain = motion.covariance * look.angleGradient
        let variance =
            look.angleGradient.dot(gain) + bearing.variance(at: look.distance) + look.curvature(motion.covariance)
        var result = motion
        result.correct(gain: gain, variance: variance, residual: look.residual(of: bearing.direction))
        return result
    }

    private func hearSilence(_ track: inout HeardTrack, _ target: Target) {
        var distance = 0.0
        var share = 0.0
        var evidence = 0.0
        for (index, motion) in track.motions.enumerated() {
            evidence += motion.weight * (1 - target.chances[index])
            guard let look = target.looks[index] else { continue }
            distance += motion.weight * look.distance
            share += motion.weight
        }
        guard share > 0 else { return }
        // The odds of the bearings, given that it exists: the messages that came to the track.
        for (other, weight) in target.weights.enumerated() where weight > 0 {
            let odds = target.probabilities[other] * target.missed / target.unseen
            evidence += odds / max(track.existence, 1e-9)
        }
        if target.unseen < 0.5 { track.lastHeardAt = now }
        track.hear(evidence: evidence, emittedAt: now + lag - distance / share / sensor.ear.speed)
    }
}

/// What a hit or a miss says of an object's distance: the moments of its density times the detection curve, or
/// times what is left of it, along the line of sight (assumed density filtering, Maybeck 1982, section 12.7).
private struct RangeShape {
    private let gain: SIMD4<Double>
    private let variance: Double
    private let spread: Double
    private let margin: Double
    private let chance: Double

    init(_ sensor: HearingSensor, _ look: HeardLook, _ motion: HeardMotion) {
        gain = motion.covariance * look.distanceGradient
        variance = max(look.distanceGradient.dot(gain), 1e-9)
        spread = (sensor.spread * sensor.spread + variance).squareRoot()
        margin = (sensor.reach - look.distance) / spread
        chance = sensor.probability
    }

    func heard(_ motion: HeardMotion, weight: Double) -> HeardMotion {
        let ratio = Normal.density(margin) / max(Normal.cumulative(margin), 1e-9)
        return shaped(
            motion, weight: weight, slope: -ratio / spread, bend: -ratio * (margin + ratio) / (spread * spread))
    }

    func missed(_ motion: HeardMotion, weight: Double) -> HeardMotion {
        let rest = 1 - chance * Normal.cumulative(margin)
        let first = chance * Normal.density(margin) / spread / rest
        let second = first * margin / spread
        return shaped(motion, weight: weight, slope: first, bend: second - first * first)
    }

    /// x += P h l', P += P h h^T P l'' with the derivatives of the log likelihood by the predicted distance.
    private func shaped(_ motion: HeardMotion, weight: Double, slope: Double, bend: Double) -> HeardMotion {
        var result = motion
        result.weight = weight
        guard abs(slope) * variance.squareRoot() >= 1e-3 else { return result }
        result.state += gain * slope
        result.covariance.addSquare(gain, min(max(bend, -0.7 / variance), 0.5 / variance))
        return result
    }
}
