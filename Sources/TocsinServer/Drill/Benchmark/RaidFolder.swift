internal import Foundation
package import TocsinDrill

/// A folder of raids made elsewhere: areas.csv, feed.csv, ends.csv, truth.csv and arrivals.csv.
package struct RaidFolder: Sendable {
    private let path: String

    /// A raid is written with its true way this many seconds apart.
    private static let truthSeconds = 5

    package init(path: String) { self.path = path }

    package func areas() throws -> ListedAreas { try ListedAreas(Self.bytes(of: file(ListedAreas.file))) }

    package func raids() throws -> [(name: String, raid: RaidRecord)] {
        let files = RaidFiles(
            feed: try Self.bytes(of: file(RaidFiles.feedFile)), ends: try Self.bytes(of: file(RaidFiles.endsFile)),
            truth: try Self.bytes(of: file(RaidFiles.truthFile)),
            arrivals: try Self.bytes(of: file(RaidFiles.arrivalsFile)))
        return try files.raids()
    }

    package static func towns(path: String) throws -> [BenchmarkTown] {
        try TownFile.towns(in: bytes(of: URL(filePath: path)), file: path)
    }

    private func file(_ name: String) -> URL { URL(filePath: path).appending(path: name) }

    private static func bytes(of file: URL) throws(DrillError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: file, options: .mappedIfSafe))
        } catch {
            throw .cannotRead(path: file.path, cause: error.localizedDescription)
        }
    }

    /// Writes raids one after the other, so that only one is held as text.
    package func write(_ areas: ListedAreas, raids: [(name: String, raid: () -> RaidRecord)]) throws(DrillError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data(RaidExport.areas(areas).utf8).write(to: file(ListedAreas.file))
            let files = try [
                (RaidFiles.feedFile, RaidFiles.feedColumns), (RaidFiles.endsFile, RaidFiles.endsColumns),
                (RaidFiles.truthFile, RaidFiles.truthColumns), (RaidFiles.arrivalsFile, RaidFiles.arrivalsColumns),
            ].map { name, columns in
                try Data(RaidExport.header(columns).utf8).write(to: file(name))
                let handle = try FileHandle(forWritingTo: file(name))
                try handle.seekToEnd()
                return handle
            }
            for (name, raid) in raids {
                let lines = RaidExport.lines(of: raid(), name: name, truthEvery: Self.truthSeconds)
                for (handle, text) in zip(files, [lines.feed, lines.ends, lines.truth, lines.arrivals]) {
                    try handle.write(contentsOf: Data(text.utf8))
                }
            }
            for handle in files { try handle.close() }
        } catch {
            throw .cannotWrite(path: path, cause: error.localizedDescription)
        }
    }
}
