/// What one message says in one language: CAP 1.2, section 3.2.2, in the order of the schema.
package struct CAPInformation: Hashable, Sendable, Codable {
    /// RFC 3066.
    package var language: String
    package var category: [Category]
    package var event: String
    package var responseType: [ResponseType]
    package var urgency: Urgency
    package var severity: Severity
    package var certainty: Certainty
    package var effective: String
    /// When the threat is expected at the earliest; `nil` if nothing is forecast.
    package var onset: String?
    /// Optional in the schema; here always set.
    package var expires: String
    package var senderName: String
    package var headline: String
    package var description: String
    package var instruction: String
    package var web: String?
    /// For machines: stage, reason, times.
    package var parameter: [CAPNamedValue]
    package var area: [CAPArea]

    /// The kinds of event that an air threat is.
    package enum Category: String, Hashable, Sendable, Codable, CaseIterable {
        case safety = "Safety"
        case security = "Security"
    }

    /// What people are asked to do.
    package enum ResponseType: String, Hashable, Sendable, Codable, CaseIterable {
        case shelter = "Shelter"
        case prepare = "Prepare"
        case monitor = "Monitor"
        case allClear = "AllClear"
    }

    /// How soon they are to do it.
    package enum Urgency: String, Hashable, Sendable, Codable, CaseIterable {
        case immediate = "Immediate"
        case expected = "Expected"
        case past = "Past"
    }

    /// How bad it may be.
    package enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
        case extreme = "Extreme"
        case severe = "Severe"
        case minor = "Minor"
    }

    /// How sure it is.
    package enum Certainty: String, Hashable, Sendable, Codable, CaseIterable {
        case observed = "Observed"
        /// More probable than not.
        case likely = "Likely"
        case possible = "Possible"
        case unknown = "Unknown"
    }
}

/// Where: CAP 1.2, section 3.2.4.
package struct CAPArea: Hashable, Sendable, Codable {
    package var areaDesc: String
    /// Rings of `latitude,longitude` on WGS-84, separated by blanks; the last pair repeats the first.
    package var polygon: [String]
    package var geocode: [CAPNamedValue]
}

/// A value under a name that the sender defines.
package struct CAPNamedValue: Hashable, Sendable, Codable {
    package var valueName: String
    package var value: String
}
