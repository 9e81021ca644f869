package import Foundation
package import TocsinModel

/// Who issues CAP messages, and how it makes them from warnings.
///
/// Every message it makes keeps ``CAPRules``.
package struct CAPIssuer: Hashable, Sendable {
    /// Names the system in identifiers: letters, digits, `.`, `_` and `-`; anything else becomes `-`.
    package let system: String
    /// Unique to the issuer, for example a domain name; made fit in the same way.
    package let sender: String
    package let senderName: String
    /// The languages to write, in order; those without texts of ours are left out, and English is the last resort.
    package let languages: [String]
    /// The public page. Messages lie at `cap/<identifier>.xml` below it.
    package let baseURL: URL
    /// What times in texts are given in.
    package let timeZone: TimeZone

    /// Takes any texts; those that CAP forbids are made fit.
    package init(
        system: String, sender: String, senderName: String, languages: [String], baseURL: URL, timeZone: TimeZone
    ) {
        self.system = PlainText.token(system, fallback: "tocsin").replacing(/[@:]/, with: "-")
        self.sender = PlainText.token(sender, fallback: "tocsin")
        let name = PlainText.cleaned(senderName)
        self.senderName = name.isEmpty ? self.sender : name
        let written = languages.reduce(into: [String]()) { kept, tag in
            if WarningPhrases.phrases(for: tag) != nil, !kept.contains(tag) { kept.append(tag) }
        }
        self.languages = written.isEmpty ? ["en"] : written
        self.baseURL = baseURL
        self.timeZone = timeZone
    }

    /// `<system>.w<number>.<revision>`: never the same for two messages of one system.
    package func identifier(_ number: WarningNumber, revision: UInt32) -> String {
        "\(system).w\(number.rawValue).\(revision)"
    }

    /// Where the message lies.
    package func url(_ identifier: String) -> URL { baseURL.appending(path: "cap/\(identifier).xml") }

    /// The message for `change` of a warning for `area`.
    /// - Parameter earlier: The changes of the same warning before this one, as far as they are still known.
    package func alert(for change: WarningChange, in area: Area, after earlier: [WarningChange]) -> CAPAlert {
        let warning = change.warning
        return CAPAlert(
            identifier: identifier(warning.number, revision: warning.revision), sender: sender,
            sent: CAPTime.text(warning.changedAt), status: warning.exercise ? .exercise : .actual,
            msgType: messageType(of: change), scope: .public,
            note: warning.exercise ? WarningPhrases.english.exerciseNote : nil,
            references: references(of: change, earlier),
            info: languages.compactMap { tag in
                WarningPhrases.phrases(for: tag).map { phrases in
                    CAPStatement(issuer: self, warning: warning, area: area, language: tag, phrases: phrases).info
                }
            })
    }

    /// A first revision is an Alert whatever it says; a later one refers back.
    private func messageType(of change: WarningChange) -> CAPAlert.MessageType {
        guard change.warning.revision > 1 else { return .alert }
        switch change.kind {
        case .raised, .changed: return .update
        case .ended: return .cancel
        }
    }

    /// All earlier messages that have not expired, and in any case the newest; of a forgotten history, the first.
    private func references(of change: WarningChange, _ earlier: [WarningChange]) -> String? {
        let warning = change.warning
        guard warning.revision > 1 else { return nil }
        let before = earlier.map(\.warning).filter {
            $0.number == warning.number && $0.revision < warning.revision
        }
        let standing = before.filter { $0.expiresAt > warning.changedAt || $0.revision == before.last?.revision }
        let first = [(revision: UInt32(1), sent: warning.issuedAt)]
        let referred = standing.isEmpty ? first : standing.map { (revision: $0.revision, sent: $0.changedAt) }
        return referred.suffix(Self.referencesMaximum).map { message in
            "\(sender),\(identifier(warning.number, revision: message.revision)),\(CAPTime.text(message.sent))"
        }.joined(separator: " ")
    }

    /// A warning that changes every 2 s through a long attack; more would fill the message with its past.
    static let referencesMaximum = 50
}
