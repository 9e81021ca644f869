internal import TocsinModel

/// Neighbouring reports of one frame that are taken together: anonymous ones of one sensor and kind, measured
/// within a short time, among which no two mean the same object. Everything else is a batch of one.
struct ReportBatch {
    enum Kind: Hashable { case identified, anonymous, bearing, presence, estimate }

    var kind: Kind
    var reports: [Report]

    /// A radar turns its beam over a target in less; the same object is not seen twice in this time.
    private static let spanSeconds = 0.5

    static func batches(of reports: [Report]) -> [ReportBatch] {
        var batches: [ReportBatch] = []
        for report in reports {
            let kind = Kind(of: report)
            if let last = batches.last?.reports.first, batches[batches.count - 1].kind == kind,
                kind == .anonymous || kind == .bearing, last.sensor == report.sensor,
                last.exercise == report.exercise,
                abs(report.measuredAt.seconds(since: last.measuredAt)) < spanSeconds
            {
                batches[batches.count - 1].reports.append(report)
            } else {
                batches.append(ReportBatch(kind: kind, reports: [report]))
            }
        }
        return batches
    }
}

extension ReportBatch.Kind {
    init(of report: Report) {
        switch report.measurement {
        case .estimate: self = .estimate
        case .presence: self = .presence
        case .bearing: self = .bearing
        case .fix, .polar: self = report.identity.address == nil ? .anonymous : .identified
        }
    }
}
