internal import RealModule
internal import TocsinModel

/// One class that a track may be of, and what share of the threat it stands for.
struct ClassShare {
    let objectClass: ObjectClass
    let motion: ThreatMotion
    /// The share of the threat probability, 0 ... 1; all shares add up to 1.
    let share: Double

    /// The threat classes by their probability and by how well their speeds fit the track's.
    ///
    /// The speed only shifts weight between threat classes; how far the track is a threat at all is the tracker's
    /// judgement.
    static func shares(of track: Track, settings: ForecastSettings) -> [ClassShare] {
        let weighted = ObjectClass.allCases.compactMap { objectClass -> (ObjectClass, ThreatMotion, Double)? in
            guard let motion = settings.motion(of: objectClass), track.classes[objectClass] > 0 else { return nil }
            let fit = max(settings.misfitLikelihood, speedFit(of: track, motion))
            return (objectClass, motion, track.classes[objectClass] * fit)
        }
        let sum = weighted.reduce(0) { $0 + $1.2 }
        let kept = weighted.filter { $0.2 >= settings.leastClassShare * sum }
        let keptSum = kept.reduce(0) { $0 + $1.2 }
        return kept.map { objectClass, motion, weight in
            ClassShare(objectClass: objectClass, motion: motion, share: weight / keptSum)
        }
    }

    /// How likely the track's speed is for the class, against the best case: 1 inside the class's range, a Gaussian
    /// of the track's own uncertainty outside.
    private static func speedFit(of track: Track, _ motion: ThreatMotion) -> Double {
        let speed = track.speed.metersPerSecond
        let outside = max(0, motion.speedMinimum - speed, speed - motion.speedMaximum)
        let spread = motion.speedSpread * speed
        let variance =
            (track.covariance.velocityEastEast + track.covariance.velocityNorthNorth) / 2 + spread * spread
        guard variance > 0 else { return outside > 0 ? 0 : 1 }
        return Double.exp(-outside * outside / (2 * variance))
    }
}
