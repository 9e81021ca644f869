internal import RealModule
internal import TocsinModel

/// What an object's flight says about its class. It is derived afresh each time and never accumulated: the
/// same speed seen a hundred times is one piece of evidence.
enum KinematicEvidence {
    /// Typical ground speed and its standard deviation per class, m/s, in the order of
    /// `ObjectClass.allCases`. Attack drones and cruise missiles: PHYSICS table (33-53 and 190-270 m/s, the
    /// spread doubled for doubt); the others are assumptions.
    private static let speeds: [(mean: Double, sigma: Double)] = [
        (48, 14), (235, 40), (1_200, 500), (170, 70), (55, 22), (14, 6), (13, 8),
    ]
    /// Heights above which a class is improbable, meters above the ellipsoid (assumptions; an attack drone
    /// was reported at 4,900 m).
    private static let ceilings: [Double] = [5_500, 3_500, .infinity, .infinity, 5_000, 4_000, 4_000]
    /// How likely an object of the class answers or broadcasts an identity of its own. Threats do not; a
    /// threat that pretends to is the business of the trust in transponders.
    private static let cooperative: [Double] = [1e-6, 1e-6, 1e-6, 0.95, 0.7, 1e-6, 0.3]

    static func evidence(
        speed: Double, speedVariance: Double, height: Double?, isCooperative: Bool
    ) -> ClassEvidence? {
        let likelihoods = ObjectClass.allCases.map { objectClass -> Double in
            let index = objectClass.index
            let variance = speeds[index].sigma * speeds[index].sigma + speedVariance
            let miss = speed - speeds[index].mean
            let bySpeed = Double.exp(-0.5 * miss * miss / variance) / variance.squareRoot()
            let byHeight = (height ?? 0) > ceilings[index] ? 0.05 : 1
            let byIdentity = isCooperative ? cooperative[index] : 1 - cooperative[index]
            return max(bySpeed, 1e-9) * byHeight * byIdentity
        }
        return ClassEvidence(likelihoods: likelihoods)
    }
}
