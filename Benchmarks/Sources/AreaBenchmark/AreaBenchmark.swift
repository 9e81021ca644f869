import Foundation
import TocsinAreas

/// `AreaBenchmark [FILE.geojson]`: how long reading areas takes. Without a file, 100,000 made-up areas are written to a
/// temporary folder first, and Foundation's readers take the same bytes. It belongs to the core's package, because areas
/// are read by no public library.
@main
enum AreaBenchmark {
    static func main() throws {
        let given = CommandLine.arguments.dropFirst().first.map { URL(filePath: $0) }
        let made = FileManager.default.temporaryDirectory.appending(path: "tocsin-areas-\(UUID().uuidString).geojson")
        if given == nil { try NationalFile.text(count: 100_000).write(to: made) }
        defer { try? FileManager.default.removeItem(at: made) }
        let path = given ?? made

        var data = Data()
        let reading = try seconds { data = try Data(contentsOf: path) }
        var file = AreaFile(json: [])
        let areas = seconds { file = AreaFile(json: Array(data)) }
        let loaded = file.areas.count
        let cutting = seconds { file.cutBigCities() }
        let report = AreaReport(file)
        print("\(data.count) bytes; \(loaded) areas before big cities were cut")
        print(([report.summary] + report.notices(examples: 3) + report.refusals).joined(separator: "\n"))
        line("bytes from the file", reading)
        line("areas of the bytes", areas)
        line("big cities cut", cutting)
        line("all", reading + areas + cutting)
        guard given == nil else { return }
        line("JSONDecoder, same bytes", try seconds { _ = try JSONDecoder().decode(PlainFile.self, from: data) })
        line("JSONSerialization", try seconds { _ = try JSONSerialization.jsonObject(with: data) })
    }

    private static func line(_ name: String, _ seconds: Double) {
        print("\(name.padding(toLength: 26, withPad: " ", startingAt: 0))\(String(format: "%7.3f s", seconds))")
    }

    /// Processor time, because the machine is shared.
    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let started = clock()
        try work()
        return Double(clock() - started) / Double(CLOCKS_PER_SEC)
    }

    private struct PlainFile: Decodable {
        var features: [Feature]
        struct Feature: Decodable { var geometry: Geometry }
        struct Geometry: Decodable { var coordinates: [[[Double]]] }
    }
}
