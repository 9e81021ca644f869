import Foundation
import TocsinModel
import TocsinTracking

/// Times whole scans through the tracker with three motion models.
///
///     TrackBenchmark [--warm-up N] [--scans N] [--seed N] TARGETS ...   one JSON object per number of targets
///     TrackBenchmark --tracker off [...] TARGETS                        the same without tracking: the benchmark's own cost
///     TrackBenchmark --write FOLDER [--scans N] [--seed N] TARGETS      writes a scenario instead
///     TrackBenchmark --read FOLDER TRACKS.csv                           tracks a scenario, over and over for a second
///
/// Scans are made one at a time outside the timed part. The memory includes the generator's, a few percent.
@main
enum TrackBenchmark {
    static func main() throws {
        guard let options = Options(CommandLine.arguments.dropFirst()) else {
            FileHandle.standardError.write(
                Data("usage: TrackBenchmark [--warm-up N] [--scans N] [--seed N] [--tracker off] [--write FOLDER] TARGETS ...\n".utf8))
            exit(2)
        }
        if let folder = options.folderToRead {
            try track(ScenarioFolder(path: folder), into: options.words[0])
        } else if let folder = options.folderToWrite {
            for targets in options.numbers {
                try ScenarioFolder(path: folder).write(targets: targets, scans: options.scans, seed: options.seed)
            }
        } else {
            for targets in options.numbers { try measure(targets: targets, options) }
        }
    }

    /// Prints what a scan costs in the steady state.
    static func measure(targets: Int, _ options: Options) throws {
        var field = SimulatedField(targets: targets, seed: options.seed)
        var tracker = FieldTracker(area: field.area)
        var detections: [SimulatedField.Detection] = []
        var costs: [ProcessCost] = []
        var count = 0
        for number in 0..<(options.warmUp + options.scans) {
            field.next(into: &detections)
            let scan = FieldTracker.scan(number, of: detections.lazy.map(\.place))
            let before = ProcessCost.now
            if options.isTracking { tracker.observe(scan) }
            let cost = ProcessCost.now - before
            guard number >= options.warmUp else { continue }
            costs.append(cost)
            count += detections.count
        }
        let memoryPeak = ProcessCost.memoryPeakBytes
        let seconds = costs.map(\.processorSeconds)
        try SurveyFigures(
            targets: targets, scans: options.scans, detections: count, secondsPerScan: seconds.median,
            secondsPerScanAtMost: seconds.max() ?? 0, wallSecondsPerScan: costs.map(\.wallSeconds).median,
            memoryPeakBytes: memoryPeak, tracks: tracker.tracker.tracks.count, estimates: tracker.estimates.count
        ).printLine()
    }

    /// Writes the tracks of a scenario's first run, then times runs from start to end without writing.
    static func track(_ folder: ScenarioFolder, into path: String) throws {
        let places = try folder.read()
        let scans = places.enumerated().map { FieldTracker.scan($0.offset, of: $0.element) }
        let area = areaOfTypeB
        var text = "scan,track,x,y\n"
        var tracker = FieldTracker(area: area)
        for (number, scan) in scans.enumerated() {
            tracker.observe(scan)
            for estimate in tracker.estimates {
                text += "\(number),\(estimate.number),\(estimate.place.x),\(estimate.place.y)\n"
            }
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        var seconds: [Double] = []
        while seconds.reduce(0, +) < 1 {
            let before = ProcessCost.now
            var tracker = FieldTracker(area: area)
            for scan in scans { tracker.observe(scan) }
            seconds.append((ProcessCost.now - before).processorSeconds)
        }
        try ScenarioFigures(detections: places.reduce(0) { $0 + $1.count }, seconds: seconds.median).printLine()
    }

    /// The field of 100 targets, m^2: what a scenario in files covers.
    static let areaOfTypeB = 40_000.0 * 40_000.0
}
