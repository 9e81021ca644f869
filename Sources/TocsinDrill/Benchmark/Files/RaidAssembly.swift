internal import TocsinModel

/// Objects of many raids, gathered from several files.
struct RaidAssembly {
    var objects: [Object] = []
    private var positions: [Key: Int] = [:]
    private var raidNames: [String] = []
    private var raidPositions: [String: Int] = [:]

    struct Object {
        var raid: Int
        var name: String
        var objectClass: ObjectClass?
        var truth: [(at: Double, point: PlanePoint, line: Int)] = []
        var updates: [(update: FeedUpdate, line: Int)] = []
        var endReport: EndReport?
        var end: RecordedEnd?
    }

    private struct Key: Hashable {
        var raid: String
        var object: String
    }

    /// The position of the object, which is new if it has not been named before.
    mutating func object(_ raid: String, _ name: String) -> Int {
        let key = Key(raid: raid, object: name)
        if let position = positions[key] { return position }
        if raidPositions[raid] == nil {
            raidPositions[raid] = raidNames.count
            raidNames.append(raid)
        }
        positions[key] = objects.count
        objects.append(Object(raid: raidPositions[raid] ?? 0, name: name))
        return objects.count - 1
    }

    func known(_ reader: CSVReader, _ raid: Int, _ object: Int) throws(RaidFileError) -> Int {
        let name = reader.text(object)
        guard let position = positions[Key(raid: reader.text(raid), object: name)] else {
            throw reader.problem(.unknownObject(name))
        }
        return position
    }

    static func objectClass(_ text: String) -> ObjectClass? {
        switch text {
        case ObjectClass.attackDrone.rawValue: .attackDrone
        case ObjectClass.cruiseMissile.rawValue: .cruiseMissile
        default: nil
        }
    }

    static func kind(_ reader: CSVReader, _ column: Int) throws(RaidFileError) -> RaidEnd.Kind {
        guard let kind = RaidEnd.Kind(rawValue: reader.text(column)) else {
            throw reader.problem(.unknownKind(reader.text(column)))
        }
        return kind
    }

    var raids: [(name: String, raid: RaidRecord)] {
        var records = raidNames.map { _ in RaidRecord(objects: []) }
        for object in objects {
            records[object.raid].objects.append(object.record(number: records[object.raid].objects.count))
        }
        return Array(zip(raidNames, records))
    }
}

extension RaidAssembly.Object {
    /// Between the mean speeds of the two classes: tells the class of what was never sensed. Meters per second.
    private static let dividingSpeed = 120.0

    /// What is said of an object after it has come down is left out.
    func record(number: Int) -> RecordedObject {
        var path = TruePath()
        for sample in truth where sample.at < end?.at ?? .infinity { path.append(sample.point, at: sample.at) }
        if let end { path.append(end.point, at: end.at) }
        let last = truth.last.map { RecordedEnd(kind: .left, at: $0.at, point: $0.point) }
        let ended = end ?? last ?? RecordedEnd(kind: .left, at: 0, point: PlanePoint(east: 0, north: 0))
        return RecordedObject(
            number: number, objectClass: objectClass ?? classBySpeed, path: path, end: ended,
            updates: updates.map(\.update), endReport: endReport)
    }

    private var classBySpeed: ObjectClass {
        guard let first = truth.first, let last = truth.last, last.at > first.at else { return .attackDrone }
        let way = zip(truth, truth.dropFirst()).reduce(0) { $0 + $1.0.point.distance(to: $1.1.point) }
        return way / (last.at - first.at) > Self.dividingSpeed ? .cruiseMissile : .attackDrone
    }
}
