import Foundation
import TocsinTestKit

/// Validation against the CAP 1.2 schema by xmllint, an implementation that is not ours.
enum SchemaCheck {
    static let isPossible =
        SharedFolder.isPresent && FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint")
    static let absence = "xmllint (Debian: libxml2-utils) or the folder ../shared is absent"

    /// What xmllint says of files that are not valid; empty if all are.
    static func complaints(about files: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/xmllint")
        process.arguments =
            ["--nonet", "--noout", "--schema", try SharedFolder.url("data/cap/schema/CAP-v1.2.xsd").path] + files
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let lines = output.split(separator: "\n").map(String.init)
        let valid = lines.filter { $0.hasSuffix(" validates") }.count
        let complaints = lines.filter { !$0.hasSuffix(" validates") }
        return valid == files.count ? complaints : complaints + ["only \(valid) of \(files.count) are valid"]
    }

    /// What xmllint says of one document that is to be well formed; empty if it is.
    static func wellFormednessComplaints(_ document: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString).xml")
        try Data(document).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/xmllint")
        process.arguments = ["--nonet", "--noout", file.path]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return output
    }
}
