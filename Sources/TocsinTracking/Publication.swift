internal import RealModule
internal import TocsinModel

extension TrackState {
    /// The track as other stages see it, at the time of its state.
    var published: Track { published(mixture.overall, at: at, existence: existence) }

    /// The track as it was at `instant`, by everything known now.
    /// - Returns: `nil` if it had not started, or its past is not kept so far back.
    func published(at instant: Instant, lifetime: Double) -> Track? {
        if instant == at { return published }
        guard instant >= startedAt, instant < at, let node = history.node(near: instant) else { return nil }
        let existence = history.existence(at: node, given: existence, at: at, lifetime: lifetime)
        return published(node.state(given: mixture.overall), at: node.at, existence: existence)
    }

    private func published(_ overall: Gaussian, at instant: Instant, existence: Double) -> Track {
        let (point, height) = overall.position.geographic
        let frame = LocalFrame(at: overall.position)
        let velocity = PlanePoint(
            east: overall.velocity.dot(frame.east), north: overall.velocity.dot(frame.north))
        let covariance = overall.horizontalCovariance(in: frame)
        let publishedHeight = heightIsMeasured ? height : nil
        // Nothing flies where only a claim is and radar sees nothing: it is no aircraft, and no threat either.
        let trust = isRefuted ? transponder?.trust ?? 1 : 1
        return Track(
            number: number, at: instant, point: point, height: publishedHeight, velocity: velocity,
            covariance: covariance, existence: min(existence, trust),
            classes: classifier?.probabilities ?? Self.unknown,
            identity: identity, isCooperative: isBelieved, exercise: exercise,
            isConfirmed: isConfirmed && !isRefuted,
            startedAt: startedAt, lastReportAt: lastReportAt, reportCount: reportCount,
            sensors: contacts.map(\.sensor))
    }

    private static let unknown = ObjectClassifier().probabilities
}

extension Tracker {
    /// The track as other stages see it.
    func published(_ state: TrackState) -> Track {
        guard let radar = state.slantRadar, let sensor = sensors[radar] else { return state.published }
        var lifted = state
        let plane = SlantPlane(origin: sensor.position)
        let (mean, sigma) = (settings.unknownHeightMean, settings.unknownHeightSigma)
        for index in lifted.mixture.modes.indices where lifted.mixture.modes[index].altitude != .free {
            plane.shorten(&lifted.mixture.modes[index].state, heightMean: mean, heightSigma: sigma)
        }
        return lifted.published
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
