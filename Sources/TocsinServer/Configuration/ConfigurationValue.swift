/// A value that stands in the configuration and fits its field, or a settings struct as a tree of its properties.
enum ConfigurationValue: Sendable, Hashable, Codable {
    case flag(Bool)
    case whole(Int)
    case number(Double)
    case text(String)
    case list([ConfigurationValue])
    case object([String: ConfigurationValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? container.decode(Int.self) {
            self = .whole(whole)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([ConfigurationValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: ConfigurationValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .flag(let flag): try container.encode(flag)
        case .whole(let whole): try container.encode(whole)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }

    /// The value behind a key; `nil` where the key is absent or this is no object.
    subscript(name: String) -> ConfigurationValue? {
        guard case .object(let values) = self else { return nil }
        return values[name]
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var number: Double? {
        switch self {
        case .number(let number): number
        case .whole(let number): Double(number)
        case .text, .flag, .object, .list: nil
        }
    }

    var whole: Int? {
        guard case .whole(let number) = self else { return nil }
        return number
    }

    var flag: Bool? {
        guard case .flag(let flag) = self else { return nil }
        return flag
    }

    var list: [ConfigurationValue]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }
}
