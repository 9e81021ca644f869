package import Foundation
package import TocsinModel
internal import XMLCoder

/// A feed of CAP messages (RFC 4287), the newest first.
package struct AtomFeed: Hashable, Sendable, Encodable {
    private var id: String
    private var title: String
    private var updated: String
    private var author: Author
    private var link: [Link]
    private var entry: [Entry]

    /// RFC 4287, section 7.
    package static let mediaType = "application/atom+xml"
    /// A client that polls each minute misses nothing while fewer changes than this come in a minute.
    package static let entriesMaximum = 200

    /// - Parameters:
    ///   - alerts: In the order in which they were sent; the last ``entriesMaximum`` are taken.
    ///   - updated: The time of a feed without alerts.
    package init(title: String, url: URL, issuer: CAPIssuer, alerts: [CAPAlert], updated: Instant) {
        id = url.absoluteString
        self.title = PlainText.cleaned(title)
        author = Author(name: issuer.senderName)
        link = [Link(rel: "self", type: Self.mediaType, href: url.absoluteString)]
        entry = alerts.suffix(Self.entriesMaximum).reversed().map { Entry($0, issuer: issuer) }
        self.updated = entry.first?.updated ?? Entry.time(CAPTime.text(updated))
    }

    /// The feed as an XML document in UTF-8.
    package func xml() throws -> [UInt8] {
        let encoder = XMLEncoder()
        encoder.outputFormatting = .prettyPrinted
        let document = try encoder.encode(
            self, withRootKey: "feed", rootAttributes: ["xmlns": "http://www.w3.org/2005/Atom"],
            header: XMLHeader(version: 1.0, encoding: "UTF-8"))
        return [UInt8](document)
    }

    private struct Author: Hashable, Sendable, Encodable {
        var name: String
    }

    private struct Link: Hashable, Sendable, Encodable, DynamicNodeEncoding {
        var rel: String
        var type: String
        var href: String

        static func nodeEncoding(for key: any CodingKey) -> XMLEncoder.NodeEncoding { .attribute }
    }

    private struct Entry: Hashable, Sendable, Encodable {
        var id: String
        var title: String
        var updated: String
        var link: [Link]
        var summary: String

        init(_ alert: CAPAlert, issuer: CAPIssuer) {
            let url = issuer.url(alert.identifier).absoluteString
            id = url
            title = alert.info.first?.headline ?? alert.identifier
            updated = Self.time(alert.sent)
            link = [Link(rel: "alternate", type: CAPAlert.mediaType, href: url)]
            summary = alert.info.first?.description ?? ""
        }

        /// RFC 3339 reads `-00:00` as "the zone is unknown"; here it is known.
        static func time(_ cap: String) -> String { cap.replacing("-00:00", with: "Z") }
    }
}
