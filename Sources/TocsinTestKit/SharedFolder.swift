package import Foundation

/// The folder `../shared` beside the checkout: captures and scenarios that may not be committed.
package enum SharedFolder {
    /// `nil` where the folder is absent; tests that need it are then skipped.
    package static let root: URL? = {
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = checkout.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: folder.appending(path: "DESIGN.md").path) ? folder : nil
    }()

    package static var isPresent: Bool { root != nil }

    /// The message of a test that is skipped without the folder.
    package static let absence = "the folder ../shared with captures and scenarios is absent"

    package static func url(_ path: String) throws -> URL {
        guard let root else { throw CocoaError(.fileNoSuchFile) }
        return root.appending(path: path)
    }

    package static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(path)))
    }

    /// The text lines of a file compressed with gzip.
    package static func gunzippedLines(_ path: String) throws -> [Substring] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", try url(path).path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }
}
