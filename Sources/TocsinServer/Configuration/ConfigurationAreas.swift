internal import Foundation
internal import TocsinFormats
internal import TocsinModel

extension ConfigurationBuilder {
    /// The areas of the GeoJSON file at `path`, relative to the configuration.
    mutating func areas(_ path: String?) -> [Area] {
        guard let path, let url = existing(path, at: "areas") else { return [] }
        guard let bytes = try? Data(contentsOf: url) else {
            report("areas", "cannot read \(url.path)")
            return []
        }
        let file = TocsinFormats.AreaFile(json: Array(bytes))
        for problem in file.problems {
            report("areas: \(problem.path)", problem.message, hint: problem.hint)
        }
        if file.areas.isEmpty && file.problems.isEmpty { report("areas", "\(url.path) holds no area to warn") }
        return file.areas
    }
}
