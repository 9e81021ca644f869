internal import TocsinModel

/// What `tocsin check` says of an area file: how many of what, what was mended, what was refused.
package struct AreaReport: Hashable, Sendable {
    private let file: AreaFile

    package init(_ file: AreaFile) { self.file = file }

    /// One line with the counts.
    package var summary: String {
        let people = file.areas.reduce(0) { $0 + $1.population }
        let polygons = file.areas.reduce(0) { $0 + $1.polygons.count }
        let vertices = file.areas.reduce(0) { sum, area in
            area.polygons.reduce(sum) { $0 + $1.vertices.count + $1.holes.reduce(0) { $0 + $1.count } }
        }
        return "\(file.featureCount) features: \(file.areas.count) areas of \(polygons) polygons with \(vertices) "
            + "vertices, \(people) people; \(file.notices.count) notices, \(file.refusals.count) refusals."
    }

    /// The notices: each kind with its count, then at most `examples` of it with their places.
    package func notices(examples: Int) -> [String] {
        var order: [String] = []
        var kinds: [String: [AreaNotice]] = [:]
        for notice in file.notices {
            if kinds[notice.mending.summary] == nil { order.append(notice.mending.summary) }
            kinds[notice.mending.summary, default: []].append(notice)
        }
        return order.flatMap { summary in
            let notices = kinds[summary] ?? []
            let more = notices.count > examples && examples > 0 ? ["  ... and \(notices.count - examples) more"] : []
            return ["\(notices.count) \(summary)"] + notices.prefix(examples).map { "  \(line($0))" } + more
        }
    }

    /// Every refusal with its place and what to do about it.
    package var refusals: [String] {
        file.refusals.map { refusal in
            let feature = refusal.feature.map { Self.name($0) + ": " } ?? ""
            let path = refusal.subpath.isEmpty ? "" : "\(refusal.subpath) "
            return "\(feature)\(path)\(refusal.located) (\(refusal.fault.hint))"
        }
    }

    private func line(_ notice: AreaNotice) -> String {
        let path = notice.path.isEmpty ? "" : "\(notice.path): "
        let at = notice.at.map { " at [\($0.longitudeDegrees), \($0.latitudeDegrees)]" } ?? ""
        return "\(Self.name(notice.feature)): \(path)\(notice.mending.message)\(at)"
    }

    /// For example `line 7, features[3] ch-2660646`.
    private static func name(_ place: FeaturePlace) -> String {
        "line \(place.line), \(place.path)" + (place.id.map { " \($0)" } ?? "")
    }
}
