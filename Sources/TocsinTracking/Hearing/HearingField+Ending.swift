internal import RealModule
internal import TocsinModel

// What is shown of the tracks followed by ear, and how they end.
extension HearingField {
    private enum Threshold {
        static let leastExistence = 0.02
        /// The logarithm of the odds that it is silent, from which a track ends; from which it is not shown, and
        /// not shown any more: one at the limit would come and go.
        static let silenceToEnd = 4.0
        static let silenceToHide = 0.0
        static let silenceToHideStill = 1.5
        /// Heard by nobody for so long, seconds.
        static let deafSeconds = 8.0
        /// Standard deviations of the place, meters: to end; to be shown, and to be shown still.
        static let uselessSigma = 1_500.0
        static let shownSigma = 600.0
        static let shownStill = 1.3
        static let shownExistence = 0.5
        /// A young track is first shown at this age, seconds: objects near each other are told apart only then.
        static let youngSeconds = 2.5
    }

    /// A track as the tracker shows it.
    struct Outline {
        var key: Int
        var number: TrackNumber?
        var mean: SIMD4<Double>
        var covariance: PlaneMatrix
        var existence: Double
        var isShown: Bool
    }

    /// All tracks and young tracks.
    var outlines: [Outline] {
        tracks.map { track in
            let isNew = track.number == nil
            let sigma = Threshold.shownSigma * (isNew ? 1 : Threshold.shownStill)
            let silence = isNew ? Threshold.silenceToHide : Threshold.silenceToHideStill
            let isShown =
                track.covariance.placeVariance < sigma * sigma && track.silence < silence
                && track.existence >= Threshold.shownExistence
            return Outline(
                key: track.key, number: track.number, mean: track.mean, covariance: track.covariance,
                existence: track.existence, isShown: isShown)
        }
            + young.map { track in
                let isShown =
                    track.existence >= Threshold.shownExistence && now - track.bornAt >= Threshold.youngSeconds
                    && track.covariance.placeVariance < Threshold.shownSigma * Threshold.shownSigma
                return Outline(
                    key: track.key, number: track.number, mean: track.state, covariance: track.covariance,
                    existence: track.existence, isShown: isShown)
            }
    }

    mutating func name(_ key: Int, _ number: TrackNumber) {
        if let index = tracks.firstIndex(where: { $0.key == key }) { tracks[index].number = number }
        if let index = young.firstIndex(where: { $0.key == key }) { young[index].number = number }
    }

    /// Lets a track go: others follow its object.
    mutating func drop(_ key: Int) {
        tracks.removeAll { $0.key == key }
        young.removeAll { $0.key == key }
    }

    /// Removes the tracks that have ended.
    /// - Returns: Those that are only lost from sight, because nobody listens.
    mutating func removeEnded(isMute: Bool) -> [TrackNumber] {
        let faded = isMute ? tracks.filter { !isImprobable($0) && isUseless($0) }.compactMap(\.number) : []
        tracks = tracks.filter { !isImprobable($0) && !isUseless($0) }
        return faded
    }

    private func isImprobable(_ track: HeardTrack) -> Bool {
        track.existence < Threshold.leastExistence || track.silence > Threshold.silenceToEnd
            || now - track.lastHeardAt > Threshold.deafSeconds
    }

    private func isUseless(_ track: HeardTrack) -> Bool {
        let (east, north) = (track.covariance.first.x, track.covariance.second.y)
        return (east * east + north * north).squareRoot() > Threshold.uselessSigma * Threshold.uselessSigma
    }

    // MARK: Twins

    /// Farther apart, two tracks are two objects: meters, m/s, and squared Mahalanobis distance.
    private enum Twins {
        static let distance = 600.0
        static let speed = 60.0
        static let squaredDistance = 2.0
        /// They must say the same for so many ticks.
        static let ticks = 3
    }

    /// Lets the later of two tracks that say the same go.
    mutating func removeTwins() {
        var first = 0
        while first < tracks.count {
            var second = first + 1
            while second < tracks.count {
                if areTwins(first, second) {
                    join(first, second)
                } else {
                    second += 1
                }
            }
            first += 1
        }
    }

    private mutating func areTwins(_ first: Int, _ second: Int) -> Bool {
        let step = tracks[first].mean - tracks[second].mean
        guard step.x * step.x + step.y * step.y <= Twins.distance * Twins.distance,
            step.z * step.z + step.w * step.w <= Twins.speed * Twins.speed,
            let factor = PlaneFactor(tracks[first].covariance + tracks[second].covariance)
        else { return false }
        let isNear = factor.squaredLength(of: step) < Twins.squaredDistance
        let key = tracks[second].key
        let before = tracks[first].twins.first { $0.x == key }?.y ?? 0
        let count = isNear ? before + 1 : max(0, before - 1)
        tracks[first].twins.removeAll { $0.x == key }
        if count > 0 { tracks[first].twins.append(SIMD2(key, count)) }
        return isNear && count >= Twins.ticks
    }

    /// The likelier state stays, with the older number.
    private mutating func join(_ first: Int, _ second: Int) {
        let (one, two) = (tracks[first], tracks[second])
        if one.existence < 0.5, two.existence > one.existence {
            tracks[first] = two
            let older = one.bornAt < two.bornAt ? one : two
            tracks[first].number = older.number ?? one.number ?? two.number
        }
        tracks.remove(at: second)
    }
}
