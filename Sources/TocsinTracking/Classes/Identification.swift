/// Whether an object says who it is by transponder or Remote ID, and is believed.
package enum Identification: Hashable, Sendable, Codable {
    /// It says nothing, or only a radar's plot carries a code.
    case absent
    /// It says so and behaves so: it is no threat, however it flies.
    case believed
    /// It has lost its trust; what is left of it, 0 ... 1.
    case doubted(trust: Double)

    /// Whether the difference is not worth judging anew.
    func isNearly(_ other: Identification) -> Bool {
        if case .doubted(let trust) = self, case .doubted(let next) = other { return abs(trust - next) < 0.02 }
        return self == other
    }
}
