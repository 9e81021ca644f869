internal import TocsinModel

/// The bytes of the files of a folder of raids; Docs/raid-benchmark.md tells their columns.
package struct RaidFiles: Hashable, Sendable {
    package var feed: [UInt8]
    package var ends: [UInt8]
    package var truth: [UInt8]
    package var arrivals: [UInt8]

    package init(feed: [UInt8], ends: [UInt8], truth: [UInt8], arrivals: [UInt8]) {
        self.feed = feed
        self.ends = ends
        self.truth = truth
        self.arrivals = arrivals
    }

    package static let feedFile = "feed.csv"
    package static let feedColumns = ["raid", "time", "object", "class", "x", "y", "vx", "vy"]
    package static let endsFile = "ends.csv"
    package static let endsColumns = ["raid", "time", "object", "kind"]
    package static let truthFile = "truth.csv"
    package static let truthColumns = ["raid", "time", "object", "x", "y"]
    package static let arrivalsFile = "arrivals.csv"
    package static let arrivalsColumns = ["raid", "time", "object", "kind", "x", "y"]

    /// By raid, both in the order of their first line in truth.csv.
    package func raids() throws(RaidFileError) -> [(name: String, raid: RaidRecord)] {
        var assembly = RaidAssembly()
        try readTruth(into: &assembly)
        try readFeed(into: &assembly)
        try readEnds(into: &assembly)
        try readArrivals(into: &assembly)
        return assembly.raids
    }

    private func readTruth(into assembly: inout RaidAssembly) throws(RaidFileError) {
        var reader = CSVReader(truth, file: Self.truthFile)
        let columns = try reader.columns(Self.truthColumns)
        while try reader.next() {
            let at = try reader.number(columns[1])
            let point = PlanePoint(east: try reader.number(columns[3]), north: try reader.number(columns[4]))
            let object = assembly.object(reader.text(columns[0]), reader.text(columns[2]))
            assembly.objects[object].truth.append((at, point, reader.line))
        }
        guard !assembly.objects.isEmpty else {
            throw RaidFileError(file: Self.truthFile, line: 1, problem: .noRows)
        }
        for object in assembly.objects.indices {
            assembly.objects[object].truth.sort { $0.at < $1.at }
            let points = assembly.objects[object].truth
            for (point, next) in zip(points, points.dropFirst()) where point.at == next.at {
                throw RaidFileError(
                    file: Self.truthFile, line: max(point.line, next.line),
                    problem: .sameTime(object: assembly.objects[object].name))
            }
        }
    }

    private func readFeed(into assembly: inout RaidAssembly) throws(RaidFileError) {
        var reader = CSVReader(feed, file: Self.feedFile)
        let columns = try reader.columns(Self.feedColumns)
        while try reader.next() {
            let object = try assembly.known(reader, columns[0], columns[2])
            guard let objectClass = RaidAssembly.objectClass(reader.text(columns[3])) else {
                throw reader.problem(.unknownClass(reader.text(columns[3])))
            }
            guard assembly.objects[object].objectClass ?? objectClass == objectClass else {
                throw reader.problem(.otherClass(object: assembly.objects[object].name))
            }
            assembly.objects[object].objectClass = objectClass
            let update = FeedUpdate(
                at: try reader.number(columns[1]),
                position: PlanePoint(east: try reader.number(columns[4]), north: try reader.number(columns[5])),
                velocity: PlanePoint(east: try reader.number(columns[6]), north: try reader.number(columns[7])))
            assembly.objects[object].updates.append((update, reader.line))
        }
        for object in assembly.objects.indices {
            assembly.objects[object].updates.sort { $0.update.at < $1.update.at }
            let updates = assembly.objects[object].updates
            for (update, next) in zip(updates, updates.dropFirst()) where update.update.at == next.update.at {
                throw RaidFileError(
                    file: Self.feedFile, line: max(update.line, next.line),
                    problem: .sameTime(object: assembly.objects[object].name))
            }
        }
    }

    private func readEnds(into assembly: inout RaidAssembly) throws(RaidFileError) {
        var reader = CSVReader(ends, file: Self.endsFile)
        let columns = try reader.columns(Self.endsColumns)
        while try reader.next() {
            let object = try assembly.known(reader, columns[0], columns[2])
            guard assembly.objects[object].endReport == nil else {
                throw reader.problem(.usedTwice(assembly.objects[object].name))
            }
            assembly.objects[object].endReport = EndReport(
                kind: try RaidAssembly.kind(reader, columns[3]), at: try reader.number(columns[1]))
        }
    }

    private func readArrivals(into assembly: inout RaidAssembly) throws(RaidFileError) {
        var reader = CSVReader(arrivals, file: Self.arrivalsFile)
        let columns = try reader.columns(Self.arrivalsColumns)
        while try reader.next() {
            let object = try assembly.known(reader, columns[0], columns[2])
            guard assembly.objects[object].end == nil else {
                throw reader.problem(.usedTwice(assembly.objects[object].name))
            }
            let point = PlanePoint(east: try reader.number(columns[4]), north: try reader.number(columns[5]))
            assembly.objects[object].end = RecordedEnd(
                kind: try RaidAssembly.kind(reader, columns[3]), at: try reader.number(columns[1]), point: point)
        }
    }
}
