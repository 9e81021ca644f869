import Foundation
import Testing
import TocsinDecoders
import TocsinModel

/// A real flight of 80 minutes across France from start to landing, 57,793 messages, with what rs1090 made of them.
/// The file comes with the set-up (`make demo`), so it is not in the repository.
@Suite(
    .enabled(if: RecordedFlight.file != nil, "the recorded flight is absent: set-up fetches it into .cache/demo"))
struct ModeSFlightTests {
    @Test func positionsAddressesAndFormatsAreThoseOfTheRecording() throws {
        let bytes = [UInt8](try Data(contentsOf: try #require(RecordedFlight.file)))
        let reference = try #require(ModeSFileDecoder.reference(in: bytes, format: .modesJSON))
        var decoder = ModeSFileDecoder(format: .modesJSON, reference: reference)
        var lines: [RawLine] = []
        decoder.take(bytes) { lines.append(RawLine(bytes: $0)) }
        decoder.finish { lines.append(RawLine(bytes: $0)) }
        #expect(decoder.refusals == [])
        let recorded = bytes.split(separator: 0x0A).map { RawLine(bytes: Array($0)) }
        try #require(lines.count == 57_793 && recorded.count == 57_793)
        var places = (recorded: 0, both: 0, near: 0)
        var wrong = 0
        for (ours, theirs) in zip(lines, recorded) {
            if ours["address"] != theirs["icao24"] || ours["df"] != theirs["df"] { wrong += 1 }
            guard let place = theirs.place else { continue }
            places.recorded += 1
            guard let own = ours.place else { continue }
            places.both += 1
            if own.greatCircleDistance(to: place).meters <= 10 { places.near += 1 }
        }
        print("positions recorded, decoded by both, within 10 m: \(places)")
        #expect(wrong == 0)
        #expect(places.recorded == 8_324)
        #expect(places.both >= 8_300)
        #expect(Double(places.near) >= 0.995 * Double(places.both))
    }
}

enum RecordedFlight {
    static let file: URL? = {
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = checkout.appending(path: ".cache/demo/full_flight_short.jsonl")
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }()
}

/// A line of flat JSON whose fields are looked up as text: a whole JSON reader would take most of the test's time.
private struct RawLine {
    let bytes: [UInt8]

    subscript(name: StaticString) -> String? {
        let key = Array("\"\(name)\":".utf8)
        var start = 0
        while start + key.count < bytes.count {
            if bytes[start] == key[0], bytes[start..<start + key.count].elementsEqual(key) {
                let value = bytes[(start + key.count)...].prefix { $0 != 0x2C && $0 != 0x7D }
                return String(decoding: value.filter { $0 != 0x22 }, as: UTF8.self)
            }
            start += 1
        }
        return nil
    }

    var place: GeoPoint? {
        guard let latitude = self["latitude"].flatMap(Double.init),
            let longitude = self["longitude"].flatMap(Double.init)
        else { return nil }
        return GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
    }
}
