internal import Foundation

/// Changes single values of a settings struct by their names. What may be changed is read from the struct itself,
/// so that there is no second list of its properties.
enum SettingsOverride {
    /// One field per property that is a number, a flag, a word, a list of these or an object of these.
    static func fields<Settings: Codable>(of standard: Settings) -> [Field] {
        guard let tree = tree(of: standard) else { return [] }
        return fields(of: tree)
    }

    /// - Returns: `standard` with the values of `changes` in place of its own; `nil` if they do not fit together.
    static func apply<Settings: Codable>(_ changes: ConfigurationValue?, to standard: Settings) -> Settings? {
        guard let changes else { return standard }
        guard let tree = tree(of: standard),
            let bytes = try? JSONEncoder().encode(merge(changes, into: tree))
        else { return nil }
        return try? JSONDecoder().decode(Settings.self, from: bytes)
    }

    private static func tree<Settings: Codable>(of settings: Settings) -> ConfigurationValue? {
        guard let bytes = try? JSONEncoder().encode(settings) else { return nil }
        return try? JSONDecoder().decode(ConfigurationValue.self, from: bytes)
    }

    private static func fields(of tree: ConfigurationValue) -> [Field] {
        guard case .object(let properties) = tree else { return [] }
        return properties.sorted { $0.key < $1.key }.compactMap { name, value in
            kind(of: value).map { Field(name, $0, summary(of: value)) }
        }
    }

    private static func kind(of value: ConfigurationValue) -> FieldKind? {
        switch value {
        case .flag: .flag
        case .whole, .number: .number(-1e15...1e15)
        case .text: .text(pattern: nil)
        case .list(let elements): elements.first.flatMap(kind).map { .list(of: $0, atMost: 1_000) }
        case .object: .object(fields(of: value))
        }
    }

    private static func summary(of value: ConfigurationValue) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(value) else { return "" }
        if case .object = value { return "" }
        return "Default: \(String(decoding: bytes, as: UTF8.self))."
    }

    private static func merge(
        _ changes: ConfigurationValue, into tree: ConfigurationValue
    ) -> ConfigurationValue {
        guard case .object(let changed) = changes, case .object(var properties) = tree else { return changes }
        for (name, change) in changed {
            properties[name] = properties[name].map { merge(change, into: $0) } ?? change
        }
        return .object(properties)
    }
}
