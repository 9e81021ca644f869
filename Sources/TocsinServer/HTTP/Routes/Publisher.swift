internal import Foundation
internal import TocsinFormats
internal import TocsinModel

/// Turns what was decided into the texts that the public reads.
struct Publisher: Sendable {
    private let issuer: CAPIssuer
    private let areas: [Area]
    private let areasByID: [AreaID: Area]

    init(issuer: CAPIssuer, areas: [Area]) {
        self.issuer = issuer
        self.areas = areas
        areasByID = Dictionary(areas.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The areas as GeoJSON.
    func areasDocument() throws -> [UInt8] { try AreaCollection(areas).json() }

    /// The warning as one line of JSON.
    func warning(_ change: WarningChange) -> [UInt8] {
        let warning = change.warning
        let text = WarningJSON(
            change, areaName: areasByID[warning.area]?.name ?? warning.area.rawValue,
            capIdentifier: issuer.identifier(warning.number, revision: warning.revision))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        // With this no number is refused, and a warning goes out whatever its numbers are.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinite", negativeInfinity: "-infinite", nan: "unknown")
        return [UInt8]((try? encoder.encode(text)) ?? Data())
    }

    /// - Returns: The warning and revision of a message's identifier; `nil` if it is not one of ours.
    func revision(of identifier: String) -> (number: WarningNumber, revision: UInt32)? {
        let prefix = "\(issuer.system).w"
        guard identifier.hasPrefix(prefix) else { return nil }
        let parts = identifier.dropFirst(prefix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = UInt64(parts[0]), let revision = UInt32(parts[1]) else { return nil }
        let warning = WarningNumber(number)
        // One message has one identifier: no signs, no leading zeros.
        return issuer.identifier(warning, revision: revision) == identifier ? (warning, revision) : nil
    }

    /// The CAP message of `change`.
    /// - Parameter earlier: The changes of the same warning before it, as far as they are known.
    /// - Returns: `nil` if the warning's area is not configured any more.
    func message(_ change: WarningChange, after earlier: [WarningChange]) throws -> [UInt8]? {
        try alert(change, after: earlier)?.xml()
    }

    /// The Atom feed of the messages of `changes`, which come in the order in which they were decided.
    func feed(of changes: [WarningChange], updated: Instant) throws -> [UInt8] {
        let newest = changes.suffix(AtomFeed.entriesMaximum)
        return try AtomFeed(
            title: issuer.senderName, url: issuer.baseURL.appending(path: "cap/feed.atom"), issuer: issuer,
            alerts: newest.compactMap { alert($0, after: []) }, updated: updated
        ).xml()
    }

    /// A message that broke a rule of CAP would not be published: no document is better than an exercise that looks
    /// real, and the stream carries the warning all the same.
    private func alert(_ change: WarningChange, after earlier: [WarningChange]) -> CAPAlert? {
        guard let area = areasByID[change.warning.area] else { return nil }
        let alert = issuer.alert(for: change, in: area, after: earlier)
        return CAPRules.violations(of: alert, exercise: change.warning.exercise).isEmpty ? alert : nil
    }
}
