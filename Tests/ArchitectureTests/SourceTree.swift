import Foundation

/// The Swift sources of this checkout, as text.
enum SourceTree {
    struct File {
        var path: String
        var target: String
        var lines: [Substring]
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let core = [
        "TocsinModel", "TocsinAreas", "TocsinDecoders", "TocsinTracking", "TocsinForecast", "TocsinWarning",
        "TocsinPlanning", "TocsinDrill", "TocsinPipeline",
    ]

    static let files: [File] = {
        let folder = root.appending(path: "Sources")
        guard let names = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else { return nil }
            let target = String(name.prefix { $0 != "/" })
            return File(
                path: "Sources/\(name)", target: target,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }()

    static var coreFiles: [File] { files.filter { core.contains($0.target) } }

    /// A line without its comment and without the contents of its string literals.
    static func code(_ line: Substring) -> String {
        var result = ""
        var inString = false
        var previous: Character = " "
        for character in line {
            if character == "\"" && previous != "\\" { inString.toggle() }
            if !inString && character == "/" && previous == "/" { return String(result.dropLast()) }
            if !inString { result.append(character) }
            previous = character
        }
        return result
    }
}
