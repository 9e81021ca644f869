internal import TocsinModel
internal import Yams

/// Reads a YAML tree by the table of fields and collects every mistake on the way.
struct ConfigurationReader {
    private(set) var problems: [ConfigurationProblem] = []

    /// - Returns: The values that fit; those that do not are left out and told in `problems`.
    mutating func read(_ node: Node, as kind: FieldKind, at path: String) -> ConfigurationValue? {
        switch kind {
        case .text(let pattern): readText(node, pattern: pattern, at: path)
        case .path: readText(node, pattern: nil, at: path)
        case .choice(let words): readChoice(node, of: words, at: path)
        case .number(let range): readNumber(node, in: range, at: path)
        case .whole(let range): readWhole(node, in: range, at: path)
        case .flag: readFlag(node, at: path)
        case .object(let fields): readObject(node, fields: fields, at: path)
        case .oneOf(let fields): readOneOf(node, fields: fields, at: path)
        case .list(let kind, let maximum): readList(node, of: kind, atMost: maximum, at: path)
        }
    }

    private mutating func report(_ path: String, _ message: String, hint: String? = nil, in node: Node) {
        problems.append(ConfigurationProblem(path: path, message: message, hint: hint, line: node.mark?.line))
    }

    private mutating func readText(_ node: Node, pattern: TextPattern?, at path: String) -> ConfigurationValue? {
        guard let text = node.writtenText else {
            report(path, "must be text, not \(node.described)", hint: "quote it", in: node)
            return nil
        }
        guard (1...Limits.charactersPerText * 10).contains(text.count) else {
            report(path, "must not be empty or longer than \(Limits.charactersPerText * 10) characters", in: node)
            return nil
        }
        if let pattern, !pattern.accepts(text) {
            report(path, "\"\(text)\" is not \(pattern.description)", in: node)
            return nil
        }
        return .text(text)
    }

    private mutating func readChoice(_ node: Node, of words: [String], at path: String) -> ConfigurationValue? {
        guard let text = node.writtenText, words.contains(text) else {
            let guess = node.string.flatMap { Spelling.nearest(to: $0, of: words) }
            let hint = guess.map { "did you mean \($0)?" } ?? "one of \(words.joined(separator: ", "))"
            report(path, "\(node.described) is not known here", hint: hint, in: node)
            return nil
        }
        return .text(text)
    }

    private mutating func readNumber(
        _ node: Node, in range: ClosedRange<Double>, at path: String
    ) -> ConfigurationValue? {
        guard node.kind == .number || node.kind == .whole, let number = node.float else {
            report(path, "must be a number, not \(node.described)", in: node)
            return nil
        }
        guard range.contains(number) else {
            report(
                path, "\(number.plain) is out of range",
                hint: "\(range.lowerBound.plain) to \(range.upperBound.plain)", in: node)
            return nil
        }
        return .number(number)
    }

    private mutating func readWhole(_ node: Node, in range: ClosedRange<Int>, at path: String) -> ConfigurationValue? {
        guard node.kind == .whole, let number = node.int else {
            report(path, "must be a whole number, not \(node.described)", in: node)
            return nil
        }
        guard range.contains(number) else {
            report(path, "\(number) is out of range", hint: "\(range.lowerBound) to \(range.upperBound)", in: node)
            return nil
        }
        return .whole(number)
    }

    private mutating func readFlag(_ node: Node, at path: String) -> ConfigurationValue? {
        guard node.kind == .flag, let flag = node.bool else {
            report(path, "must be true or false, not \(node.described)", in: node)
            return nil
        }
        return .flag(flag)
    }

    private mutating func readObject(_ node: Node, fields: [Field], at path: String) -> ConfigurationValue? {
        guard let mapping = node.mapping else {
            report(path, "must have keys and values, not be \(node.described)", in: node)
            return nil
        }
        var values: [String: ConfigurationValue] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            let place = path.isEmpty ? name : "\(path).\(name)"
            guard let field = fields.first(where: { $0.name == name }) else {
                let guess = Spelling.nearest(to: name, of: fields.map(\.name)).map { "did you mean \($0)?" }
                report(place, "is not known", hint: guess, in: key)
                continue
            }
            values[name] = read(value, as: field.kind, at: place)
        }
        for field in fields where field.isRequired && mapping[field.name] == nil {
            let place = path.isEmpty ? field.name : "\(path).\(field.name)"
            report(place, "is missing", hint: field.summary, in: node)
        }
        return .object(values)
    }

    private mutating func readOneOf(_ node: Node, fields: [Field], at path: String) -> ConfigurationValue? {
        let names = fields.map(\.name).joined(separator: ", ")
        if let mapping = node.mapping, mapping.count != 1 {
            report(path, "must have exactly one key", hint: "one of \(names)", in: node)
            return nil
        }
        return readObject(node, fields: fields, at: path)
    }

    private mutating func readList(
        _ node: Node, of kind: FieldKind, atMost maximum: Int, at path: String
    ) -> ConfigurationValue? {
        guard let sequence = node.sequence else {
            report(path, "must be a list, not \(node.described)", in: node)
            return nil
        }
        guard sequence.count <= maximum else {
            report(path, "has \(sequence.count) elements", hint: "at most \(maximum)", in: node)
            return nil
        }
        var elements: [ConfigurationValue] = []
        for (index, element) in sequence.enumerated() {
            if let value = read(element, as: kind, at: "\(path)[\(index)]") { elements.append(value) }
        }
        return .list(elements)
    }
}

extension Node {
    fileprivate enum Kind { case text, number, whole, flag, nothing, list, object }

    fileprivate var kind: Kind {
        switch self {
        case .mapping: return .object
        case .sequence: return .list
        case .alias: return .nothing
        case .scalar(let scalar):
            guard scalar.style == .plain || scalar.style == .any else { return .text }
            switch Resolver.default.resolveTag(of: self) {
            case .int: return .whole
            case .float: return .number
            case .bool: return .flag
            case .null: return .nothing
            default: return .text
            }
        }
    }

    /// The text, if it is written as one and not as a number or a flag.
    fileprivate var writtenText: String? { kind == .text ? string : nil }

    fileprivate var described: String {
        switch kind {
        case .object: "keys and values"
        case .list: "a list"
        case .nothing: "nothing"
        case .text, .number, .whole, .flag: "\"\(string.map { String($0.prefix(60)) } ?? "")\""
        }
    }
}

extension Double {
    /// Without ".0" where it is whole.
    fileprivate var plain: String { Int(exactly: self).map(String.init) ?? description }
}
