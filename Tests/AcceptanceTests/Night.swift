import Foundation
import FoundationNetworking
import Testing

/// A small made-up country with a drill raid over it, and the commands of the real binary run on it.
struct Night {
    let folder: URL
    let binary: URL

    /// The builds of this checkout that there are; `make test` builds both.
    static let binaries: [URL] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return ["debug", "release"].map { root.appending(path: ".build/\($0)/tocsin") }
            .filter { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Scenario seconds per second: the raid of ten minutes takes ten seconds.
    static let rate = 60

    init(binary: URL) throws {
        self.binary = binary
        folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-night-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.towns().write(to: folder.appending(path: "areas.geojson"), atomically: true, encoding: .utf8)
        try configuration.write(to: folder.appending(path: "tocsin.yaml"), atomically: true, encoding: .utf8)
        let drill = try run([
            "drill", "--areas", path("areas.geojson"), "--seed", "5", "--drones", "10", "--missiles", "4",
            "--directions", "2", "--minutes", "10", "--microphones", "60", "--radars", "2", "--output", path("drill"),
            "--no-score",
        ])
        try #require(drill.status == 0, "\(drill.errors)")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    private var configuration: String {
        """
        system: acceptance
        http: {port: 0}
        journal: {directory: journal}
        clock: {rate: \(Self.rate)}
        feeds:
          - name: drill
            format: reports
            exercise: true
            source: {file: {path: drill/reports.jsonl}}
        sensorsFile: drill/sensors.json
        areas: areas.geojson
        cap: {sender: acceptance@tocsin.example}
        """
    }

    /// Thirty-six towns on a grid of 12 km, each a square of 3 km.
    private static func towns() -> String {
        let features = (0..<36).map { number -> String in
            let latitude = 46.7 + Double(number / 6) * 0.11
            let longitude = 7.6 + Double(number % 6) * 0.16
            let corners = [(-0.0135, -0.02), (-0.0135, 0.02), (0.0135, 0.02), (0.0135, -0.02), (-0.0135, -0.02)]
            let ring = corners.map { "[\(longitude + $0.1),\(latitude + $0.0)]" }.joined(separator: ",")
            return """
                {"type":"Feature","id":"town-\(number)","properties":{"name":"Town \(number)","names":{"en":"Town \
                \(number)"},"population":\(21_000 + number * 500),"secondsToShelter":90,"protects":["homes"]},\
                "geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ",\n"))]}"#
    }

    // MARK: Commands

    struct Ended {
        var status: Int32
        var output: [String]
        var errors: String
        var digest: String? { output.last.flatMap { $0.hasPrefix("digest: ") ? $0 : nil } }
    }

    func run(_ arguments: [String]) throws -> Ended {
        let running = try Running(binary: binary, arguments: arguments, folder: folder)
        return running.waitForEnd()
    }

    func watch(_ options: [String] = []) throws -> Running {
        try Running(binary: binary, arguments: ["watch", path("tocsin.yaml")] + options, folder: folder)
    }
}

/// A started process whose output goes to files, so that a full pipe never stops it.
final class Running {
    let process = Process()
    private let output: URL
    private let errors: URL
    let startedAt = ContinuousClock.now

    init(binary: URL, arguments: [String], folder: URL) throws {
        let name = UUID().uuidString
        output = folder.appending(path: "\(name).out")
        errors = folder.appending(path: "\(name).err")
        try Data().write(to: output)
        try Data().write(to: errors)
        process.executableURL = binary
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var lines: [String] { text(output).split(separator: "\n").map(String.init) }

    func waitForEnd() -> Night.Ended {
        process.waitUntilExit()
        return Night.Ended(status: process.terminationStatus, output: lines, errors: text(errors))
    }

    private func text(_ file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

    /// The first value that `probe` gives, asked every 20 ms.
    func wait<Value>(_ what: String, seconds: Double, for probe: () -> Value?) throws -> Value {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while ContinuousClock.now < end {
            if let value = probe() { return value }
            if !process.isRunning { break }
            usleep(20_000)
        }
        throw Missed(what: what, output: text(output) + text(errors))
    }

    struct Missed: Error, CustomStringConvertible {
        var what: String
        var output: String
        var description: String { "waited in vain for \(what); the process said:\n\(output.suffix(2_000))" }
    }

    /// `http://127.0.0.1:…`, from the line that is printed at the start.
    func address() throws -> String {
        try wait("the address", seconds: 20) {
            lines.lazy.compactMap { line in
                line.firstMatch(of: #/http:\/\/127\.0\.0\.1:[1-9][0-9]*/#).map { String($0.output) }
            }.first
        }
    }

    /// The body of a GET as JSON; `nil` while the server does not answer.
    func fetch(_ url: String, token: String? = nil) -> [String: Any]? {
        guard let url = URL(string: url) else { return nil }
        var request = URLRequest(url: url, timeoutInterval: 5)
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let answered = DispatchSemaphore(value: 0)
        let body = Body()
        URLSession.shared.dataTask(with: request) { data, response, _ in
            if (response as? HTTPURLResponse)?.statusCode == 200 { body.data = data }
            answered.signal()
        }.resume()
        answered.wait()
        return body.data.flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
    }

    private final class Body: @unchecked Sendable { var data: Data? }
}
