internal import Foundation
internal import TocsinModel

/// Writes the table of fields as a JSON Schema, for editors and other programs.
package enum ConfigurationSchema {
    /// JSON Schema, draft 2020-12, as text.
    package static func text() throws -> String {
        var schema = object(ConfigurationFields.all)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = "Configuration of tocsin"
        let bytes = try JSONSerialization.data(
            withJSONObject: schema, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func schema(of kind: FieldKind) -> [String: Any] {
        switch kind {
        case .text(let pattern):
            var text: [String: Any] = ["type": "string", "minLength": 1, "maxLength": Limits.charactersPerText * 10]
            text["pattern"] = pattern?.rawValue
            return text
        case .path: return ["type": "string", "minLength": 1, "maxLength": Limits.charactersPerText * 10]
        case .choice(let words): return ["enum": words]
        case .number(let range): return ["type": "number", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .whole(let range): return ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .flag: return ["type": "boolean"]
        case .object(let fields): return object(fields)
        case .oneOf(let fields):
            var one = object(fields)
            one["minProperties"] = 1
            one["maxProperties"] = 1
            return one
        case .list(let kind, let maximum): return ["type": "array", "items": schema(of: kind), "maxItems": maximum]
        }
    }

    private static func object(_ fields: [Field]) -> [String: Any] {
        var properties: [String: Any] = [:]
        for field in fields {
            var property = schema(of: field.kind)
            if !field.summary.isEmpty { property["description"] = field.summary }
            properties[field.name] = property
        }
        let required = fields.filter(\.isRequired).map(\.name)
        var object: [String: Any] = ["type": "object", "properties": properties, "additionalProperties": false]
        if !required.isEmpty { object["required"] = required }
        return object
    }
}
