internal import Foundation
package import TocsinDrill

/// Sends many raids through the benchmark, as many at once as there are cores; each stays on one.
package struct BenchmarkRunner: Sendable {
    private let benchmark: Benchmark
    private let forecaster: (any RaidForecaster)?

    package init(_ benchmark: Benchmark, forecaster: (any RaidForecaster)?) {
        self.benchmark = benchmark
        self.forecaster = forecaster
    }

    /// - Parameters:
    ///   - raid: makes or fetches raid number 0 ..< `count`.
    ///   - progress: told how many are done.
    /// - Returns: In the order of the raids, whatever ends first.
    package func results(
        count: Int, raid: @escaping @Sendable (Int) -> RaidRecord, progress: (Int) -> Void
    ) async -> [RaidResult] {
        await withTaskGroup(of: (Int, RaidResult).self) { group in
            var started = 0
            func start() {
                guard started < count else { return }
                let number = started
                started += 1
                group.addTask { (number, benchmark.result(of: raid(number), forecaster: forecaster)) }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
            var results = [RaidResult?](repeating: nil, count: count)
            var done = 0
            for await (number, result) in group {
                results[number] = result
                done += 1
                progress(done)
                start()
            }
            return results.compactMap { $0 }
        }
    }
}
