import Foundation
import FoundationXML
import Testing
import TocsinServer

@Suite struct ScenarioTrackingTests {
    private static let options = ScenarioTracking.Options(
        detectionProbability: 0.9, sigma: 50, extent: 20_000, bearingSigmaDegrees: 3, range: 5_000, soundSpeed: 340,
        lag: 0)

    private static func folder(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in files.keys.sorted() {
            try Data((files[name] ?? "").utf8).write(to: folder.appending(path: name))
        }
        return folder
    }

    private static func error(_ files: [String: String]) throws -> ScenarioError? {
        let folder = try folder(files)
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try ScenarioFolder(folder)
            return nil
        } catch {
            return error
        }
    }

    @Test func aStraightFlightIsOneTrackOnThePlane() throws {
        // Scan 7 has no line at all: its time lies between its neighbours.
        let lines = (0..<20).filter { $0 != 7 }.map { "\($0),\($0 * 2),\(-3_000 + $0 * 100),\(2_000 - $0 * 40)" }
        let folder = try Self.folder(["detections.csv": (["scan,time,x,y"] + lines).joined(separator: "\n")])
        defer { try? FileManager.default.removeItem(at: folder) }
        var output = ""
        ScenarioTracking(options: Self.options).run(try ScenarioFolder(folder)) { output += $0.map(\.line).joined() }
        let last = try #require(output.split(separator: "\n").last).split(separator: ",").compactMap { Double($0) }
        #expect(last[0] == 19)
        #expect(abs(last[2] + 1_100) < 30 && abs(last[3] - 1_240) < 30)
        #expect(abs(last[4] - 50) < 5 && abs(last[5] + 20) < 5)
        #expect(Set(output.split(separator: "\n").compactMap { $0.split(separator: ",").dropFirst().first }).count == 1)
    }

    /// A turn is known better once its end was seen; every scan has its line, the first ones too.
    @Test func lagGivesEveryScanOnceAndBetter() throws {
        let places = (0..<40).map { scan -> (x: Double, y: Double) in
            scan < 20 ? (Double(scan) * 100, 0) : (2_000, Double(scan - 20) * 100)
        }
        let lines = places.enumerated().map { scan, place in
            let jitter = Double(scan * 7_919 % 101 - 50)
            return "\(scan),\(scan * 2),\(place.x + jitter),\(place.y - jitter)"
        }
        let folder = try Self.folder(["detections.csv": (["scan,time,x,y"] + lines).joined(separator: "\n")])
        defer { try? FileManager.default.removeItem(at: folder) }
        var errors: [Double] = []
        for lag in [0, 3] {
            var options = Self.options
            options.lag = lag
            var output = ""
            ScenarioTracking(options: options).run(try ScenarioFolder(folder)) { output += $0.map(\.line).joined() }
            let rows = output.split(separator: "\n").map { $0.split(separator: ",").compactMap { Double($0) } }
            if lag > 0 { #expect(rows.map { Int($0[0]) } == Array(0..<40)) }
            errors.append(
                rows.filter { $0[0] >= 5 }.reduce(0) { sum, row in
                    let truth = places[Int(row[0])]
                    return sum + hypot(row[2] - truth.x, row[3] - truth.y)
                })
        }
        #expect(errors[1] < 0.8 * errors[0])
    }

    @Test func thePictureShowsEveryTrackOnce() throws {
        let lines = (0..<20).flatMap { ["\($0),\($0 * 2),\($0 * 100),0", "\($0),\($0 * 2),0,\(5_000 + $0 * 100)"] }
        let folder = try Self.folder(["detections.csv": (["scan,time,x,y"] + lines).joined(separator: "\n")])
        defer { try? FileManager.default.removeItem(at: folder) }
        let scenario = try ScenarioFolder(folder)
        var picture = ScenarioPicture(scenario)
        ScenarioTracking(options: Self.options).run(scenario) { picture.add($0) }
        #expect(picture.svg.split(separator: "<polyline").count == 3)
        #expect(picture.svg.split(separator: "<circle").count == 41)
        #expect(XMLParser(data: Data(picture.svg.utf8)).parse())
    }

    @Test func everyFaultIsNamedWithItsLine() throws {
        let missing = try #require(try Self.error([:]))
        guard case .unreadable = missing else {
            Issue.record("\(missing)")
            return
        }
        let header = "scan,time,x,y\n"
        #expect(
            "\(try #require(try Self.error(["detections.csv": "scan,time,x\n"])))".hasSuffix(
                "no column \"y\" in the first line"))
        #expect(
            "\(try #require(try Self.error(["detections.csv": header + "0,0,1,2\n1,2,a,3\n"])))".hasSuffix(
                "line 3: column x is not a number"))
        #expect(
            "\(try #require(try Self.error(["detections.csv": header + "-1,0,1,2\n"])))".hasSuffix(
                "line 2: scan out of range"))
        let bearings = "scan,time,sensor,azimuth_rad\n0,0,4,1\n"
        let unknown = try #require(try Self.error(["detections.csv": bearings, "sensors.csv": "sensor,x,y\n1,0,0\n"]))
        #expect("\(unknown)".hasSuffix("line 2: sensor not in sensors.csv"))
    }
}
