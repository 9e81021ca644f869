internal import Foundation
internal import XMLCoder

/// A message of the Common Alerting Protocol 1.2 (OASIS, 1 July 2010), section 3.2.1. The properties stand in the
/// order that the schema demands; times are texts of the form ``CAPTime`` gives.
package struct CAPAlert: Hashable, Sendable, Codable {
    package var identifier: String
    package var sender: String
    package var sent: String
    package var status: Status
    package var msgType: MessageType
    package var scope: Scope
    /// Says what exercise it is; `nil` in a real message.
    package var note: String?
    /// `sender,identifier,sent` of earlier messages, separated by blanks; `nil` in a first message.
    package var references: String?
    package var info: [CAPInformation]

    /// Whether it is meant.
    package enum Status: String, Hashable, Sendable, Codable, CaseIterable {
        case actual = "Actual"
        case exercise = "Exercise"
    }

    /// How it stands to earlier messages.
    package enum MessageType: String, Hashable, Sendable, Codable, CaseIterable {
        case alert = "Alert"
        case update = "Update"
        case cancel = "Cancel"
    }

    /// For whom it is.
    package enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
        case `public` = "Public"
    }

    /// Of the schema.
    package static let namespace = "urn:oasis:names:tc:emergency:cap:1.2"
    /// CAP 1.2, section 4.
    package static let mediaType = "application/cap+xml"

    /// The message as an XML document in UTF-8.
    /// - Throws: `EncodingError`; none is known to arise from texts.
    package func xml() throws -> [UInt8] {
        let encoder = XMLEncoder()
        encoder.outputFormatting = .prettyPrinted
        let document = try encoder.encode(
            self, withRootKey: "alert", rootAttributes: ["xmlns": Self.namespace],
            header: XMLHeader(version: 1.0, encoding: "UTF-8"))
        return [UInt8](document)
    }

    /// This message as others refer to it.
    package var reference: String { "\(sender),\(identifier),\(sent)" }
}
