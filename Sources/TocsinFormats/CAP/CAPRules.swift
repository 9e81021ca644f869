internal import TocsinModel

/// The rules of CAP 1.2 and of ours that the schema cannot say. Checked before a message is published.
package enum CAPRules {
    /// A rule that a message breaks.
    package enum Violation: Hashable, Sendable {
        /// `identifier` or `sender` is empty or has a blank, a comma, `<`, `&` or anything but visible ASCII.
        case badToken(element: String)
        case badTime(element: String)
        /// Somebody would take an exercise for real, or the reverse.
        case wrongStatus
        case exerciseWithoutNote
        case referencesMissing
        case referencesInFirstMessage
        case badReference(String)
        /// A message cannot follow itself or one that was sent later.
        case referenceNotEarlier(String)
        case noInfo
        case languageTwice(String)
        case expiresNotAfterSent
        case noArea
        /// The named text is empty or has control characters.
        case badText(element: String)
        case polygonNotClosed
        case polygonTooFewPoints
        case polygonNotOnEarth
    }

    /// - Parameter exercise: Whether the warning behind the message is one.
    /// - Returns: Every rule that the message breaks, in the order of its elements; empty if it may be published.
    package static func violations(of alert: CAPAlert, exercise: Bool) -> [Violation] {
        var violations: [Violation] = []
        if !isToken(alert.identifier) { violations.append(.badToken(element: "identifier")) }
        if !isToken(alert.sender) { violations.append(.badToken(element: "sender")) }
        if (alert.status == .exercise) != exercise { violations.append(.wrongStatus) }
        if alert.status == .exercise, alert.note?.isEmpty ?? true { violations.append(.exerciseWithoutNote) }
        let sent = CAPTime.instant(alert.sent)
        if sent == nil { violations.append(.badTime(element: "sent")) }
        violations += referenceViolations(in: alert, sent: sent)
        if alert.info.isEmpty { violations.append(.noInfo) }
        for (index, info) in alert.info.enumerated() {
            if alert.info[..<index].contains(where: { $0.language == info.language }) {
                violations.append(.languageTwice(info.language))
            }
            violations += infoViolations(info, sent: sent)
        }
        return violations
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !",<&".utf8.contains(byte)
            }
    }

    private static func referenceViolations(in alert: CAPAlert, sent: Instant?) -> [Violation] {
        switch (alert.msgType, alert.references) {
        case (.alert, nil): return []
        case (.alert, _?): return [.referencesInFirstMessage]
        case (.update, nil), (.cancel, nil): return [.referencesMissing]
        case (.update, let references?), (.cancel, let references?):
            return references.split(separator: " ", omittingEmptySubsequences: false).compactMap {
                violation(ofReference: String($0), in: alert, sent: sent)
            }
        }
    }

    private static func violation(ofReference text: String, in alert: CAPAlert, sent: Instant?) -> Violation? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, isToken(parts[0]), isToken(parts[1]), let earlier = CAPTime.instant(parts[2]) else {
            return .badReference(text)
        }
        let isSame = parts[0] == alert.sender && parts[1] == alert.identifier
        if isSame || sent.map({ earlier > $0 }) ?? false { return .referenceNotEarlier(text) }
        return nil
    }

    private static func infoViolations(_ info: CAPInformation, sent: Instant?) -> [Violation] {
        var violations: [Violation] = []
        let times = [("effective", info.effective), ("onset", info.onset), ("expires", info.expires)]
        for case (let element, let time?) in times where CAPTime.instant(time) == nil {
            violations.append(.badTime(element: element))
        }
        if let sent, let expires = CAPTime.instant(info.expires), expires <= sent {
            violations.append(.expiresNotAfterSent)
        }
        let texts = [
            ("language", info.language), ("event", info.event), ("senderName", info.senderName),
            ("headline", info.headline), ("description", info.description), ("instruction", info.instruction),
        ]
        for (element, text) in texts where !isText(text) { violations.append(.badText(element: element)) }
        if info.area.isEmpty { violations.append(.noArea) }
        return violations + info.area.flatMap(areaViolations)
    }

    private static func isText(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy(PlainText.isPlain)
    }

    private static func areaViolations(_ area: CAPArea) -> [Violation] {
        let text: [Violation] = isText(area.areaDesc) ? [] : [.badText(element: "areaDesc")]
        return text
            + area.polygon.compactMap { ring in
                guard let points = CAPPolygon.points(ring) else { return .polygonNotOnEarth }
                if points.count < 4 { return .polygonTooFewPoints }
                return points.first == points.last ? nil : .polygonNotClosed
            }
    }
}
