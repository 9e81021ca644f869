import Foundation

/// What scans of a simulated field cost; per scan, the median.
struct SurveyFigures: Encodable {
    var targets: Int
    var scans: Int
    var detections: Int
    /// On a processor.
    var secondsPerScan: Double
    var secondsPerScanAtMost: Double
    var wallSecondsPerScan: Double
    var memoryPeakBytes: Int
    /// In the tracker at the end, and those of them that are shown.
    var tracks: Int
    var estimates: Int
}

/// What a scenario costs from start to end; the median of several runs.
struct ScenarioFigures: Encodable {
    var detections: Int
    /// On a processor.
    var seconds: Double
}

extension Encodable {
    /// Prints one JSON object on one line.
    func printLine() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}
