/// The seeds of the benchmark. Three ranges that never meet: to fit on, fixed ones to score, and ones to score that
/// follow from a commit, which nobody can have tuned for.
package enum BenchmarkSeeds {
    /// Below 2^31.
    package static func fitting(_ count: Int) -> [UInt64] { (0..<count).map { UInt64($0) } }

    /// From 2^31 on, below 2^32.
    package static func fixed(_ count: Int) -> [UInt64] { (0..<count).map { (1 << 31) + UInt64($0) } }

    /// From 2^63 on: drawn from the text of the commit's hash (FNV-1a, Fowler, Noll and Vo, 64 bits).
    package static func derived(from commit: String, _ count: Int) -> [UInt64] {
        let hash = commit.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: hash)
        return (0..<count).map { _ in generator.next() | (1 << 63) }
    }
}
