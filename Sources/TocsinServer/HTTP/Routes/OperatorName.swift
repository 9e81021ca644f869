internal import Foundation
internal import TocsinModel

/// Who ended a warning, as the journal keeps it.
struct OperatorName {
    let text: String

    /// - Returns: `nil` unless `json` is `{"operatorName":"…"}` with a name that can be printed on one line.
    init?(json: [UInt8]) {
        struct Body: Decodable {
            var operatorName: String
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(json)) else { return nil }
        let name = body.operatorName.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !name.isEmpty, name.count <= Limits.charactersPerText, name.printable == name else { return nil }
        text = name
    }
}
