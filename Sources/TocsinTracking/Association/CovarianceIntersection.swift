/// Takes an estimate whose errors may be shared with ours (Julier and Uhlmann 1997).
///
/// P^-1 = w P1^-1 + (1 - w) P2^-1 is the Kalman update with P1 / w and P2 / (1 - w); the share w is the one
/// that leaves the least horizontal position variance, so identical information changes nothing.
///
/// Of what an estimate does not tell (a height, a velocity) it tells that objects have one: P2 holds there what is
/// thought of objects just seen, around our own mean. Otherwise P1 / w would grow with every estimate.
enum CovarianceIntersection {
    private static let shares = stride(from: 0.05, through: 0.951, by: 0.05)

    static func apply(
        _ sighting: Sighting, to mixture: inout MotionMixture, lag: Double, settings: TrackingSettings
    ) {
        guard case .place(let told) = sighting.geometry else { return }
        let overall = mixture.overall
        let place = told.completed(by: overall, settings)
        var best: (variance: Double, share: Double?) = (horizontalVariance(of: overall, place.frame), nil)
        for share in shares {
            let fused = fuse(overall, place, share: share, lag: lag)
            let variance = horizontalVariance(of: fused, place.frame)
            if variance < best.variance { best = (variance, share) }
        }
        guard let share = best.share else { return }
        mixture = MotionMixture(
            modes: mixture.modes.map { mode in
                MotionMixture.Mode(state: fuse(mode.state, place, share: share, lag: lag), weight: mode.weight)
            })
    }

    static func fuse(_ state: Gaussian, _ place: PlaceSighting, share: Double, lag: Double) -> Gaussian {
        var widened = state
        widened.positionBlock = state.positionBlock * (1 / share)
        widened.crossBlock = state.crossBlock * (1 / share)
        widened.velocityBlock = state.velocityBlock * (1 / share)
        _ = place.widened(by: 1 / (1 - share)).rows(lag: lag).correct(&widened)
        // Rounding makes the blocks a little unsymmetric; no correction lessens that, and 1 / w would multiply it.
        widened.positionBlock = widened.positionBlock.symmetric
        widened.velocityBlock = widened.velocityBlock.symmetric
        return widened
    }

    private static func horizontalVariance(of state: Gaussian, _ frame: LocalFrame) -> Double {
        state.positionBlock.along(frame.east) + state.positionBlock.along(frame.north)
    }
}

extension Matrix3 {
    fileprivate var symmetric: Matrix3 { (self + transposed) * 0.5 }
}

extension PlaceSighting {
    /// The same with all that it does not tell, as uncertain as that is of an object just seen.
    fileprivate func completed(by state: Gaussian, _ settings: TrackingSettings) -> PlaceSighting {
        func square(_ sigma: Double) -> Double { sigma * sigma }
        var result = self
        if heightVariance == nil {
            result.position += frame.up * (state.position - position).dot(frame.up)
            result.heightVariance = square(settings.unknownHeightSigma)
        }
        var velocity =
            velocity
            ?? MeasuredVelocity(vector: state.velocity, horizontalVariance: square(settings.firstVelocitySigma))
        if velocity.verticalVariance == nil {
            velocity.vector += frame.up * (state.velocity - velocity.vector).dot(frame.up)
            velocity.verticalVariance = square(settings.firstVerticalVelocitySigma)
        }
        result.velocity = velocity
        return result
    }

    fileprivate func widened(by factor: Double) -> PlaceSighting {
        var result = self
        result.variance *= factor
        result.alongVariance *= factor
        result.heightVariance = heightVariance.map { $0 * factor }
        result.velocity?.horizontalVariance *= factor
        result.velocity?.verticalVariance = velocity?.verticalVariance.map { $0 * factor }
        return result
    }
}
