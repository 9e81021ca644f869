package import Foundation
package import TocsinAreas
internal import TocsinModel

/// What `tocsin check` tells of a file of areas.
package enum AreaCheck {
    package struct Unreadable: Error, Hashable, Sendable {
        package var cause: String
    }

    /// The areas at `url` as they stand in the file.
    package static func file(_ url: URL) throws(Unreadable) -> AreaFile {
        let bytes: Data
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= Limits.bytesPerAreaFile else {
                throw Unreadable(cause: "it has more than \(Limits.bytesPerAreaFile) bytes")
            }
            bytes = try Data(contentsOf: url)
        } catch let error as Unreadable {
            throw error
        } catch {
            throw Unreadable(cause: error.localizedDescription)
        }
        return AreaFile(json: [UInt8](bytes))
    }

    /// The same as JSON: counts, and every refusal and notice with its place.
    package static func json(_ file: AreaFile) throws -> String {
        let document = Document(
            features: file.featureCount, areas: file.areas.count,
            problems: file.refusals.map {
                Entry(path: $0.path, message: $0.located, hint: $0.fault.hint, line: $0.feature?.line)
            },
            notices: file.notices.map {
                Entry(
                    path: [$0.feature.path, $0.path].filter { !$0.isEmpty }.joined(separator: "."),
                    message: $0.mending.message, hint: nil, line: $0.feature.line)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    private struct Document: Encodable {
        var features: Int
        var areas: Int
        var problems: [Entry]
        var notices: [Entry]
    }

    private struct Entry: Encodable {
        var path: String
        var message: String
        var hint: String?
        /// Of the area file, counted from 1.
        var line: Int?
    }
}
