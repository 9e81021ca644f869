/// What carries sound near the ground: the same over a region.
public struct Air: Hashable, Sendable, Codable {
    /// Degrees Celsius.
    public var temperature: Double
    /// Where the wind blows to, m/s.
    public var windEast: Double
    public var windNorth: Double

    /// Without more knowledge: the temperature at which sound travels 340 m/s, and no wind.
    public init(temperature: Double = 14.356, windEast: Double = 0, windNorth: Double = 0) {
        self.temperature = temperature
        self.windEast = windEast
        self.windNorth = windNorth
    }

    /// m/s, from the temperature: linear in it within 0.2 m/s from -20 to 40 degrees (Bohn 1988).
    public var soundSpeed: Double { 331.3 + 0.606 * temperature }

    /// East and north, m/s.
    var wind: SIMD2<Double> { SIMD2(windEast, windNorth) }
}
