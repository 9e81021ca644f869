internal import RealModule

/// A reproducible source of random bits: xoshiro256** 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom
/// number generators", 2021), its state filled by SplitMix64 as its authors advise.
///
/// The draws below are our own, because the standard library does not promise that `Double.random(in:using:)`
/// stays the same between releases.
package struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable, Codable {
    private var state0: UInt64
    private var state1: UInt64
    private var state2: UInt64
    private var state3: UInt64

    /// One of many independent streams of the same seed: the raid draws from stream 0 and every sensor from its
    /// own, so that another sensor does not change the raid.
    package init(seed: UInt64, stream: UInt64 = 0) {
        var mixer = SplitMix64(state: seed)
        mixer.state = mixer.next() ^ (stream &* 0xD134_2543_DE82_EF95)
        state0 = mixer.next()
        state1 = mixer.next()
        state2 = mixer.next()
        state3 = mixer.next()
    }

    package mutating func next() -> UInt64 {
        let product = state1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state1 << 17
        state2 ^= state0
        state3 ^= state1
        state1 ^= state2
        state0 ^= state3
        state2 ^= shifted
        state3 = (state3 << 45) | (state3 >> 19)
        return result
    }

    /// A number in [0, 1): the upper 53 bits.
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number between the ends of `range`, equally likely everywhere.
    package mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// A whole number from 0 up to `count`, exclusive; 0 if `count` is below 1.
    package mutating func index(below count: Int) -> Int {
        max(0, min(count - 1, Int(uniform() * Double(count))))
    }

    /// Whether something of this probability happens.
    package mutating func happens(withProbability probability: Double) -> Bool { uniform() < probability }

    /// A normal number of mean 0 and standard deviation 1 (Box and Muller 1958; the second one is not kept, so
    /// that every call uses exactly two numbers).
    package mutating func normal() -> Double {
        let radius = (-2 * Double.log(1 - uniform())).squareRoot()
        return radius * Double.cos(2 * .pi * uniform())
    }

    /// An exponential number of the given mean.
    package mutating func exponential(mean: Double) -> Double { -mean * Double.log(1 - uniform()) }

    /// A Poisson number of the given mean, by multiplying uniforms (Knuth, volume 2, 3.4.1); for means up to 500.
    package mutating func poisson(mean: Double) -> Int {
        let limit = Double.exp(-min(max(mean, 0), 500))
        var count = 0
        var product = uniform()
        while product > limit {
            count += 1
            product *= uniform()
        }
        return count
    }

    /// The position of a weight, drawn in proportion to the weights; `nil` if none is positive.
    package mutating func index(weights: [Double]) -> Int? {
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return nil }
        var rest = uniform() * sum
        for (index, weight) in weights.enumerated() where weight > 0 {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.lastIndex { $0 > 0 }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): spreads one seed over many bits.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
