internal import Foundation
internal import TocsinDrill
internal import TocsinModel

/// Writes a drill to a folder: what the sensors say, where they stand, and the truth.
package struct DrillFiles {
    package let directory: String

    package init(directory: String) { self.directory = directory }

    package func write(_ exercise: DrillExercise) throws(DrillError) {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: directory, cause: error.localizedDescription)
        }
        var lines: [UInt8] = []
        for message in exercise.messages {
            lines.append(contentsOf: message.line.utf8)
            lines.append(UInt8(ascii: "\n"))
        }
        try write(Data(lines), to: "reports.jsonl")
        try write(json(exercise.sensors.map(SensorEntry.init)), to: "sensors.json")
        try write(Data(truthTable(exercise.raid).utf8), to: "truth.csv")
        try write(json(Truth(of: exercise)), to: "truth.json")
    }

    private func write(_ contents: Data, to name: String) throws(DrillError) {
        let path = directory + "/" + name
        do {
            try contents.write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .cannotWrite(path: path, cause: error.localizedDescription)
        }
    }

    private func json(_ value: some Encodable) throws(DrillError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(value) + [UInt8(ascii: "\n")]
        } catch {
            throw .cannotWrite(path: directory, cause: error.localizedDescription)
        }
    }

    private func truthTable(_ raid: Raid) -> String {
        var text = "time,object,class,latitude,longitude,height,vx,vy\n"
        for object in raid.objects {
            for sample in object.samples {
                let numbers = [
                    (sample.point.latitudeDegrees, 6), (sample.point.longitudeDegrees, 6), (sample.height.meters, 1),
                    (sample.velocity.east, 2), (sample.velocity.north, 2),
                ].map { String(format: "%.\($0.1)f", $0.0) }
                text += "\(sample.at.iso8601),\(object.number),\(object.objectClass.rawValue),"
                text += numbers.joined(separator: ",") + "\n"
            }
        }
        return text
    }
}

/// A sensor as the configuration has it.
private struct SensorEntry: Encodable {
    var id: String
    var kind: String
    var latitude: Double
    var longitude: Double
    var heightMeters: Double
    var rangeMeters: Double
    var intervalSeconds: Double

    init(_ sensor: SimulatedSensor) {
        let settings = sensor.settings
        id = settings.id.rawValue
        kind = settings.kind.rawValue
        latitude = settings.position.point.latitudeDegrees
        longitude = settings.position.point.longitudeDegrees
        heightMeters = settings.position.height.meters
        rangeMeters = settings.range.meters
        intervalSeconds = settings.interval / .seconds(1)
    }
}

/// What a raid was, without the seconds of its flights.
private struct Truth: Encodable {
    var seed: UInt64
    var startsAt: String
    var endsAt: String
    var settings: RaidSettings
    var objects: [Object]
    var outages: [Outage]

    struct Outage: Encodable {
        var sensor: String
        var from: String
        var to: String
    }

    struct Object: Encodable {
        var object: Int
        var objectClass: ObjectClass
        var target: String
        var firstSensedAt: String?
        var end: RaidEnd.Kind
        var endsAt: String
        var endPoint: GeoPoint
        var exposedPeople: [String: Double]
    }

    init(of exercise: DrillExercise) {
        let raid = exercise.raid
        let outcome = exercise.outcome
        seed = raid.seed
        startsAt = raid.startsAt.iso8601
        endsAt = raid.endsAt.iso8601
        settings = raid.settings
        outages = exercise.sensors.flatMap { sensor in
            sensor.outages.map {
                Outage(sensor: sensor.settings.id.rawValue, from: $0.from.iso8601, to: $0.to.iso8601)
            }
        }
        objects = raid.objects.map { object in
            let arrival = outcome.arrivals.first { $0.object == object.number }
            let exposed = (arrival?.exposures ?? []).map { (outcome.areas[$0.area].id.rawValue, $0.people.rounded()) }
            return Object(
                object: object.number, objectClass: object.objectClass, target: object.target.rawValue,
                firstSensedAt: outcome.firstSensed[object.number].map {
                    raid.startsAt.advanced(bySeconds: $0).iso8601
                },
                end: object.end.kind, endsAt: object.end.at.iso8601, endPoint: object.end.point,
                exposedPeople: Dictionary(exposed, uniquingKeysWith: +))
        }
    }
}
