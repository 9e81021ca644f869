internal import Foundation
internal import TocsinDrill
internal import TocsinModel

/// The part of a drill's `truth.json` that a report needs.
struct TruthFile {
    let path: String
    private let contents: Contents

    /// - Throws: ``NightError/truthUnreadable(path:cause:)``.
    init(path: String) throws(NightError) {
        do {
            contents = try JSONDecoder().decode(Contents.self, from: Data(contentsOf: URL(filePath: path)))
        } catch let error as DecodingError {
            throw .truthUnreadable(path: path, cause: error.briefly)
        } catch {
            throw .truthUnreadable(path: path, cause: error.localizedDescription)
        }
        self.path = path
    }

    var startsAt: Moment { contents.startsAt }
    var endsAt: Moment { contents.endsAt }

    /// By number, with `shift` added to all times.
    func objects(shiftedBySeconds shift: Double) -> [NightTruth.Object] {
        contents.objects.map { $0.object(shiftedBySeconds: shift) }.sorted { $0.number < $1.number }
    }

    private struct Contents: Decodable {
        var startsAt: Moment
        var endsAt: Moment
        var objects: [Entry]
    }

    private struct Entry: Decodable {
        var object: Int
        var objectClass: ObjectClass
        var firstSensedAt: Moment?
        var end: RaidEnd.Kind
        var endsAt: Moment
        var endPoint: GeoPoint
        var exposedPeople: [String: Double]

        func object(shiftedBySeconds shift: Double) -> NightTruth.Object {
            NightTruth.Object(
                number: object, objectClass: objectClass,
                end: RaidEnd(kind: end, at: endsAt.instant.advanced(bySeconds: shift), point: endPoint),
                firstSensedAt: firstSensedAt?.instant.advanced(bySeconds: shift),
                exposures: exposedPeople.map { NightTruth.Exposure(area: AreaID($0.key), people: $0.value) }
                    .sorted { $0.area < $1.area },
                sight: firstSensedAt == nil ? .neverSensed : .notFollowed)
        }
    }

    /// An instant as ISO 8601 text.
    struct Moment: Decodable {
        var instant: Instant

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let instant = Instant(iso8601: text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no time")
            }
            self.instant = instant
        }
    }
}
