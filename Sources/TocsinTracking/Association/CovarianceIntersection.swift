/// Takes an estimate whose errors may be shared with ours (Julier and Uhlmann 1997).
///
/// P^-1 = w P1^-1 + (1 - w) P2^-1 is the Kalman update with P1 / w and P2 / (1 - w); the share w is the one
/// that leaves the least horizontal position variance, so identical information changes nothing.
enum CovarianceIntersection {
    private static let shares = stride(from: 0.05, through: 0.951, by: 0.05)

    static func apply(_ sighting: Sighting, to mixture: inout MotionMixture, lag: Double) {
        guard case .place(let place) = sighting.geometry else { return }
        let overall = mixture.overall
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
        return widened
    }

    private static func horizontalVariance(of state: Gaussian, _ frame: LocalFrame) -> Double {
        state.positionBlock.along(frame.east) + state.positionBlock.along(frame.north)
    }
}

extension PlaceSighting {
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
