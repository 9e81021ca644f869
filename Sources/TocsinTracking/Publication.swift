internal import RealModule
internal import TocsinModel

extension TrackState {
    /// The track as other stages see it, at the time of its state.
    var published: Track {
        let overall = mixture.overall
        let (point, height) = overall.position.geographic
        let frame = LocalFrame(at: overall.position)
        let velocity = PlanePoint(
            east: overall.velocity.dot(frame.east), north: overall.velocity.dot(frame.north))
        let covariance = overall.horizontalCovariance(in: frame)
        let publishedHeight = heightIsMeasured ? height : nil
        return Track(
            number: number, at: at, point: point, height: publishedHeight, velocity: velocity,
            covariance: covariance, existence: existence,
            classes: classes(velocity: velocity, covariance: covariance, height: publishedHeight),
            identity: identity, isCooperative: identity.isCooperative, exercise: exercise, isConfirmed: isConfirmed,
            startedAt: startedAt, lastReportAt: lastReportAt, reportCount: reportCount,
            sensors: contacts.map(\.sensor))
    }

    private func classes(
        velocity: PlanePoint, covariance: HorizontalCovariance, height: GeometricHeight?
    ) -> ClassProbabilities {
        let speed = (velocity.east * velocity.east + velocity.north * velocity.north).squareRoot()
        let variance = (covariance.velocityEastEast + covariance.velocityNorthNorth) / 2
        var result = classes
        let evidence = KinematicEvidence.evidence(
            speed: speed, speedVariance: variance, height: height?.meters,
            isCooperative: identity.isCooperative)
        if let evidence { result.update(with: evidence, doubt: 0) }
        return result
    }
}

extension Gaussian {
    func horizontalCovariance(in frame: LocalFrame) -> HorizontalCovariance {
        let (east, north) = (frame.east, frame.north)
        let positionEast = positionBlock * east
        let velocityEast = velocityBlock * east
        let crossEast = crossBlock * east
        let crossNorth = crossBlock * north
        return HorizontalCovariance(
            eastEast: east.dot(positionEast), eastNorth: north.dot(positionEast),
            northNorth: positionBlock.along(north), eastVelocityEast: east.dot(crossEast),
            eastVelocityNorth: east.dot(crossNorth), northVelocityEast: north.dot(crossEast),
            northVelocityNorth: north.dot(crossNorth), velocityEastEast: east.dot(velocityEast),
            velocityEastNorth: north.dot(velocityEast), velocityNorthNorth: velocityBlock.along(north))
    }
}
