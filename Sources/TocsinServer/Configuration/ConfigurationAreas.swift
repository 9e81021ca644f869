internal import Foundation
internal import TocsinAreas
internal import TocsinModel

extension ConfigurationBuilder {
    /// The areas of the GeoJSON file at `path`, relative to the configuration; big cities in parts.
    mutating func areas(_ path: String?) -> AreaFile? {
        guard let path, let url = existing(path, at: "areas") else { return nil }
        var file: AreaFile
        do throws(AreaCheck.Unreadable) {
            file = try AreaCheck.file(url)
        } catch {
            report("areas", "cannot read \(url.path): \(error.cause)")
            return nil
        }
        for refusal in file.refusals {
            let place = refusal.path.isEmpty ? "areas" : "areas: \(refusal.path)"
            report(place, refusal.located, hint: refusal.fault.hint)
        }
        file.cutBigCities()
        return file
    }
}
