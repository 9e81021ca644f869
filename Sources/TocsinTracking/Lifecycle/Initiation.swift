internal import TocsinModel

/// The first state of an object from one position.
struct Initiation {
    let settings: TrackingSettings

    /// - Returns: `nil` if the sighting is no position: directions start tracks in ``HearingField``.
    func firstState(of sighting: Sighting) -> Gaussian? {
        switch sighting.geometry {
        case .place(let place): firstState(of: place)
        case .radar(let radar): firstState(of: radar)
        case .bearing, .rows: nil
        }
    }

    /// The first state of an object seen at `position` without its height, with `variance` per horizontal axis.
    func firstState(at position: SIMD4<Double>, variance: Double) -> Gaussian {
        let up = LocalFrame.up(at: position)
        let height = settings.unknownHeightSigma * settings.unknownHeightSigma
        return Gaussian(
            position: position, velocity: .zero,
            positionBlock: .diagonal(variance) + Matrix3.outer(up, up) * (height - variance),
            velocityBlock: velocityBlock(up: up, horizontalVariance: nil, verticalVariance: nil))
    }

    private func firstState(of place: PlaceSighting) -> Gaussian {
        let vertical = place.frame.up
        let heightSigma = settings.unknownHeightSigma
        let heightVariance = place.heightVariance ?? heightSigma * heightSigma
        return Gaussian(
            position: place.position, velocity: place.velocity?.vector ?? .zero,
            positionBlock: .diagonal(place.variance)
                + Matrix3.outer(place.axes.along, place.axes.along) * place.alongVariance
                + Matrix3.outer(vertical, vertical) * (heightVariance - place.variance),
            crossBlock: .zero,
            velocityBlock: velocityBlock(
                up: vertical, horizontalVariance: place.velocity?.horizontalVariance,
                verticalVariance: place.velocity?.verticalVariance))
    }

    private func firstState(of radar: RadarSighting) -> Gaussian {
        let position = radar.position(unknownHeight: radar.origin.height + settings.unknownHeightMean)
        let relative = position - radar.origin
        let range = max(relative.length, 1)
        let line = relative * (1 / range)
        let gradient = AzimuthGradient(relative: relative, frame: radar.frame)
        let across = gradient.gradient * gradient.groundSquared.squareRoot()
        let upward = LocalFrame.up(at: position)
        // Perpendicular to the line of sight and to the across axis: mostly up.
        let rise = upward - line * upward.dot(line) - across * upward.dot(across)
        let third = rise * (1 / max(rise.length, 1e-9))
        let heightVariance =
            radar.elevation == nil
            ? (radar.height == nil
                ? settings.unknownHeightSigma * settings.unknownHeightSigma : radar.heightVariance)
            : 4 * radar.azimuthVariance * range * range
        return Gaussian(
            position: position, velocity: .zero,
            positionBlock: Matrix3.outer(line, line) * radar.slantRangeVariance
                + Matrix3.outer(across, across) * (radar.azimuthVariance * gradient.groundSquared)
                + Matrix3.outer(third, third) * heightVariance,
            crossBlock: .zero,
            velocityBlock: velocityBlock(up: upward, horizontalVariance: nil, verticalVariance: nil))
    }

    func velocityBlock(
        up: SIMD4<Double>, horizontalVariance: Double?, verticalVariance: Double?
    ) -> Matrix3 {
        let sigma = settings.firstVelocitySigma
        let verticalSigma = settings.firstVerticalVelocitySigma
        let horizontal = horizontalVariance ?? sigma * sigma
        let vertical = verticalVariance ?? verticalSigma * verticalSigma
        return .diagonal(horizontal) + Matrix3.outer(up, up) * (vertical - horizontal)
    }
}
