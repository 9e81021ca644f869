internal import TocsinModel

/// What a feature's properties say, as read.
struct AreaFields {
    private(set) var id: String?
    private(set) var aliases: [AreaID] = []
    private(set) var protects: Set<ProtectedThing>?
    private(set) var region: String?
    private var name: String?
    private var names: [LocalizedName] = []
    private var population: Double?
    private var seconds: Double?
    private var daySeconds: Double?
    private var nightSeconds: Double?
    private var nightFrom: Int?
    private var nightTo: Int?
    private var utcOffset: Int?
    /// The keys read so far; a bit each.
    private var named: UInt32 = 0

    private enum Key: String, CaseIterable {
        case id, name, population, secondsToShelter, protects, region, aliases, names
        case secondsToShelterDay, secondsToShelterNight, nightFrom, nightTo, utcOffset

        var path: String { "properties.\(rawValue)" }
        var bit: UInt32 { 1 << UInt32(Self.allCases.firstIndex(of: self) ?? 0) }
    }

    /// Night where a file tells no hours: 22:00 to 06:00.
    private static let nightStandard = (from: 22 * 60, to: 6 * 60)
    private static let secondsRange = 0...86_400.0
    private static let populationRange = 0...1e9

    /// Reads the object that is next. Properties that are not known are passed over: maps carry many.
    mutating func read(_ reader: inout FeatureReader) throws(DecodeError) {
        guard reader.json.take("{") else {
            guard try !reader.json.takeNull() else { return }
            try reader.json.skipValue()
            return reader.refuse(.wrongKind(wanted: "object"), "properties")
        }
        var isFirst = true
        while let name = try reader.fieldName(&isFirst) {
            guard let key = Key(rawValue: name) else {
                try readUnknown(name, &reader)
                continue
            }
            if named & key.bit != 0 { reader.refuse(.givenTwice, key.path) }
            named |= key.bit
            if try !reader.json.takeNull() { try read(key, &reader) }
        }
    }

    private mutating func read(_ key: Key, _ reader: inout FeatureReader) throws(DecodeError) {
        switch key {
        case .id: id = try reader.identifier(key.path)
        case .name: name = try reader.text(key.path)
        case .names: try readNames(key.path, &reader)
        case .population: population = try number(key, in: Self.populationRange, &reader)
        case .secondsToShelter: seconds = try number(key, in: Self.secondsRange, &reader)
        case .secondsToShelterDay: daySeconds = try number(key, in: Self.secondsRange, &reader)
        case .secondsToShelterNight: nightSeconds = try number(key, in: Self.secondsRange, &reader)
        case .nightFrom: nightFrom = try clock(key, &reader)
        case .nightTo: nightTo = try clock(key, &reader)
        case .utcOffset: utcOffset = try offset(key, &reader)
        case .region: region = try reader.text(key.path)
        case .aliases:
            try reader.list(key.path, atMost: Limits.aliasesPerArea) { reader, index throws(DecodeError) in
                if let alias = try reader.identifier("\(key.path)[\(index)]") { aliases.append(AreaID(alias)) }
            }
        case .protects: try readProtects(&reader)
        }
    }

    /// `name:de` and the like is a name; anything else is passed over.
    private mutating func readUnknown(_ name: String, _ reader: inout FeatureReader) throws(DecodeError) {
        guard name.hasPrefix("name:") else { return try reader.json.skipValue() }
        if try reader.json.takeNull() { return }
        guard let text = try reader.text("properties.\(name)") else { return }
        names.append(LocalizedName(language: String(name.dropFirst("name:".count)), text: text))
    }

    private func number(
        _ key: Key, in range: ClosedRange<Double>, _ reader: inout FeatureReader
    ) throws(DecodeError) -> Double? {
        guard let number = try reader.number(key.path) else { return nil }
        guard range.contains(number) else {
            reader.refuse(.outOfRange(range), key.path)
            return nil
        }
        return number
    }

    private mutating func readNames(_ path: String, _ reader: inout FeatureReader) throws(DecodeError) {
        guard reader.json.take("{") else {
            try reader.json.skipValue()
            return reader.refuse(.wrongKind(wanted: "object"), path)
        }
        var isFirst = true
        while let range = try reader.json.fieldName(isFirst: isFirst) {
            isFirst = false
            let language = reader.json.shortText(range)
            if try reader.json.takeNull() { continue }
            guard let text = try reader.text("\(path).\(language)") else { continue }
            names.append(LocalizedName(language: language, text: text))
        }
    }

    private mutating func readProtects(_ reader: inout FeatureReader) throws(DecodeError) {
        var things: Set<ProtectedThing> = []
        let known = ProtectedThing.allCases.map(\.rawValue)
        let path = Key.protects.path
        try reader.list(path, atMost: known.count) { reader, index throws(DecodeError) in
            guard let word = try reader.text("\(path)[\(index)]") else { return }
            guard let thing = ProtectedThing(rawValue: word) else {
                return reader.refuse(.unknown(word, known: known), "\(path)[\(index)]")
            }
            things.insert(thing)
        }
        protects = things
    }

    /// Minutes after midnight of `22:00`; `nil`: refused.
    private func clock(_ key: Key, _ reader: inout FeatureReader) throws(DecodeError) -> Int? {
        guard let text = try reader.text(key.path) else { return nil }
        guard let minutes = Self.minutes(Substring(text)), minutes < 1_440 else {
            reader.refuse(.wrongKind(wanted: "time of day as 22:00"), key.path)
            return nil
        }
        return minutes
    }

    /// Minutes of `+02:00`, `-03:30` or `Z`; `nil`: refused.
    private func offset(_ key: Key, _ reader: inout FeatureReader) throws(DecodeError) -> Int? {
        guard let text = try reader.text(key.path) else { return nil }
        if text == "Z" { return 0 }
        // 18 hours are the most that RFC 9557's and ISO 8601's readers take.
        guard let sign = text.first, sign == "+" || sign == "-", let minutes = Self.minutes(text.dropFirst()),
            minutes <= 18 * 60
        else {
            reader.refuse(.wrongKind(wanted: "offset from UTC as +02:00"), key.path)
            return nil
        }
        return sign == "-" ? -minutes : minutes
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60
        else { return nil }
        return hours * 60 + minutes
    }
}

extension AreaFields {
    /// What an area must have.
    struct Description {
        var names: [LocalizedName]
        var population: Int
        var shelter: ShelterTime
    }

    /// `nil`: something is missing; the reader notes what.
    func described(_ reader: inout FeatureReader) -> Description? {
        let names = orderedNames
        if names.allSatisfy(\.text.isEmpty) { note("name", &reader) }
        if population == nil { note("population", &reader) }
        let shelter = shelter(&reader)
        guard !names.allSatisfy(\.text.isEmpty), let population, let shelter else { return nil }
        return Description(names: names, population: Int(population), shelter: shelter)
    }

    /// Notes that `key` is missing, unless it was refused.
    private func note(_ key: String, _ reader: inout FeatureReader) {
        let path = "properties.\(key)"
        if !reader.refusals.contains(where: { $0.subpath == path }) { reader.refuse(.missing, path) }
    }

    /// The main name first, in its language if that is told too; then by language, as a JSON object has no order.
    private var orderedNames: [LocalizedName] {
        var ordered = names.sorted { ($0.language, $0.text) < ($1.language, $1.text) }
        guard let name else { return ordered }
        let known = ordered.firstIndex { $0.text == name }.map { ordered.remove(at: $0) }
        ordered.insert(known ?? LocalizedName(language: "", text: name), at: 0)
        return ordered
    }

    private func shelter(_ reader: inout FeatureReader) -> ShelterTime? {
        guard daySeconds != nil || nightSeconds != nil else {
            if seconds == nil { note("secondsToShelter", &reader) }
            return seconds.map { ShelterTime(seconds: $0) }
        }
        if daySeconds == nil { note("secondsToShelterDay", &reader) }
        if nightSeconds == nil { note("secondsToShelterNight", &reader) }
        if utcOffset == nil { note("utcOffset", &reader) }
        guard let daySeconds, let nightSeconds, let utcOffset else { return nil }
        if let seconds, seconds != max(daySeconds, nightSeconds) {
            reader.refuse(.contradictsDayAndNight, "properties.secondsToShelter")
        }
        return ShelterTime(
            seconds: daySeconds,
            night: ShelterTime.Night(
                seconds: nightSeconds, fromMinute: nightFrom ?? Self.nightStandard.from,
                toMinute: nightTo ?? Self.nightStandard.to, utcOffsetMinutes: utcOffset))
    }
}
