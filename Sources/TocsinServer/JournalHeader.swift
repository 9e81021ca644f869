internal import Foundation
package import TocsinModel
package import TocsinPipeline

/// What a journal begins with: all that decides what is decided, so that a replay needs nothing else.
package struct JournalHeader: Hashable, Sendable, Codable {
    package var system: String
    package var exercise: Bool
    /// What the conductor's clock showed at the start.
    package var epoch: Instant
    package var settings: PipelineSettings

    package init(system: String, exercise: Bool, epoch: Instant, settings: PipelineSettings) {
        self.system = system
        self.exercise = exercise
        self.epoch = epoch
        self.settings = settings
    }

    package init(bytes: [UInt8], path: String) throws(ServerError) {
        do {
            self = try JSONDecoder().decode(JournalHeader.self, from: Data(bytes))
        } catch {
            throw .journalUnreadable(path: path, cause: "its header: \(error.localizedDescription)")
        }
    }

    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self))
    }

    /// The parts in which `other` would decide otherwise. Shifts of recordings are made at the first start, and
    /// are kept from then on.
    package func differences(from other: JournalHeader) -> [String] {
        var differences: [String] = []
        func compare<Part: Hashable>(_ name: String, _ left: Part, _ right: Part) {
            if left != right { differences.append(name) }
        }
        compare("system", system, other.system)
        compare("exercise", exercise, other.exercise)
        compare("feeds", settings.feeds.map(\.unshifted), other.settings.feeds.map(\.unshifted))
        compare("sensors", settings.sensors, other.settings.sensors)
        compare("areas", settings.areas, other.settings.areas)
        compare("tracking", settings.tracking, other.settings.tracking)
        compare("forecast", settings.forecast, other.settings.forecast)
        compare("warning", settings.warning, other.settings.warning)
        return differences
    }
}

extension FeedSettings {
    fileprivate var unshifted: FeedSettings {
        var settings = self
        settings.timeShift = .zero
        return settings
    }
}
