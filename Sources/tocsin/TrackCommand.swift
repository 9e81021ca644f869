import ArgumentParser
import Foundation
import TocsinModel
import TocsinServer

/// `tocsin track`: the tracker alone, on detections of a flat field.
struct TrackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "track",
        abstract: "The tracker alone: on a scenario folder, or on a radar's recording beside the radar's own tracks.",
        discussion: """
            PATH is a scenario folder or a radar's recording. A folder holds detections.csv, with the columns scan,time,x,y (plots; meters, seconds) or \
            scan,time,sensor,azimuth_rad (directions to sounds; radians counter-clockwise from x) and then \
            sensors.csv with sensor,x,y. Other columns are not read. Clutter and births are estimated.

            The result has one line per track and scan, made from the reports up to that scan: \
            scan,track,x,y,vx,vy. With --lag N it may use those of the N scans after it, for records and scores.

            A recording (ASTERIX category 048; .ast, .pcap or raw) is tracked as if live, once with identity and height \
            hidden and once with all that the radar reports, and a table says how well the track numbers follow the \
            aircraft, beside the radar's own track numbers. Scoring needs no true place of the radar.

            Examples:
              tocsin track scenarios/A_101 --pd 0.9 --sigma 50 --extent 20000 > tracks.csv
              tocsin track scenarios/A_101 --lag 3 > smoothed.csv
              tocsin track scenarios/A_101 --explain 7
              tocsin track scenarios/A_101 --picture tracks.svg
              tocsin track recording.ast
              tocsin track recording.pcap --radar 41.3,2.1,30 --json
              tocsin track scenarios/C_301 --bearing-sigma-deg 3 --range 5000 --sound-speed 340
            """)

    @Argument(help: "A scenario folder or a radar's recording.", completion: .file())
    var path: String

    @Option(help: "Recordings: where the radar stands: LATITUDE,LONGITUDE,HEIGHT in degrees and meters.")
    var radar = "0,0,0"

    @Option(name: .customLong("pd"), help: "Plots: the probability that an object is seen in a scan, above 0, below 1.")
    var detectionProbability = 0.9

    @Option(help: "Plots: the standard deviation per axis, meters.")
    var sigma = 50.0

    @Option(help: "Plots: the side of the square field, meters.")
    var extent = 20_000.0

    @Option(name: .customLong("bearing-sigma-deg"), help: "Directions: the standard deviation, degrees.")
    var bearingSigmaDegrees = 3.0

    @Option(help: "Directions: how far a sensor hears, meters.")
    var range = 5_000.0

    @Option(help: "Directions: the speed of sound, meters per second.")
    var soundSpeed = 340.0

    @Option(help: "Plots: so many later scans may be used for the tracks of a scan, 0 to 50.")
    var lag = 0

    @Option(help: "Tell the life of the track of this number instead: what started it, what it took, why it ended.")
    var explain: UInt64?

    @Flag(help: "Recordings, or with --explain: one JSON object per line.")
    var json = false

    @Option(help: "Also draw the detections and the tracks into this SVG file.", completion: .file(extensions: ["svg"]))
    var picture: String?

    func validate() throws {
        guard SensorPosition(text: radar) != nil else {
            throw ValidationError("--radar must be LATITUDE,LONGITUDE,HEIGHT, for example 41.3,2.1,30")
        }
        guard (0...50).contains(lag) else { throw ValidationError("--lag must lie between 0 and 50") }
        guard detectionProbability > 0, detectionProbability < 1 else {
            throw ValidationError("--pd must lie between 0 and 1")
        }
        for (name, value) in [
            ("sigma", sigma), ("extent", extent), ("bearing-sigma-deg", bearingSigmaDegrees), ("range", range),
            ("sound-speed", soundSpeed),
        ] {
            guard value > 0, value.isFinite else { throw ValidationError("--\(name) must be above 0") }
        }
    }

    func run() throws {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isThere, !isFolder.boolValue, let place = SensorPosition(text: radar) {
            return try TrackRecording(path: path, radar: place, json: json).run()
        }
        let folder: ScenarioFolder
        do {
            folder = try ScenarioFolder(URL(filePath: path, directoryHint: .isDirectory))
        } catch {
            FileHandle.standardError.write(Data("tocsin track: \(error)\n".utf8))
            throw ExitCode(2)
        }
        let options = ScenarioTracking.Options(
            detectionProbability: detectionProbability, sigma: sigma, extent: extent,
            bearingSigmaDegrees: bearingSigmaDegrees, range: range, soundSpeed: soundSpeed, lag: lag,
            explained: explain)
        guard explain == nil else { return try tellLife(ScenarioTracking(options: options).run(folder) { _ in }) }
        print(ScenarioTracking.header)
        var drawing = ScenarioPicture(folder)
        ScenarioTracking(options: options).run(folder) { estimates in
            print(estimates.map(\.line).joined(), terminator: "")
            if picture != nil { drawing.add(estimates) }
        }
        try picture.map { try drawing.svg.write(toFile: $0, atomically: true, encoding: .utf8) }
    }

    private func tellLife(_ life: TrackLife) throws {
        guard !life.isEmpty else {
            FileHandle.standardError.write(
                Data("tocsin track: no track of that number; run without --explain to see the numbers\n".utf8))
            throw ExitCode(2)
        }
        for line in json ? life.jsonLines : life.lines { print(line) }
    }
}
