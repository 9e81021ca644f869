internal import Foundation
internal import TocsinAreas
package import TocsinModel

/// The areas of a drill with the region that each belongs to, from a GeoJSON file as Tools/make_areas.py writes.
package struct DrillAreas: Hashable, Sendable {
    /// By ascending id; cities whole, as the file has them.
    package let areas: [Area]
    /// By area; empty where the file names no region, so that all such areas are one.
    package let regionNames: [String]

    package init(path: String) throws(DrillError) {
        let file: AreaFile
        do throws(AreaCheck.Unreadable) {
            file = try AreaCheck.file(URL(filePath: path))
        } catch {
            throw .cannotRead(path: path, cause: error.cause)
        }
        if let refusal = AreaReport(file).refusals.first { throw .badAreas(path: path, problem: refusal) }
        areas = file.areas.sorted { $0.id < $1.id }
        regionNames = areas.map { $0.region ?? "" }
    }
}
