internal import Foundation
internal import TocsinJournal

/// Where a drill's run is recorded, so that it can be replayed, reported and explained as a live night is.
package struct DrillJournal: Hashable, Sendable {
    package let directory: String

    /// - Parameter folder: the drill's folder; the journal is its folder ``name``.
    package init(in folder: String) { directory = folder + "/" + Self.name }

    /// A name of its own, so that no live night's journal is ever begun anew.
    package static let name = "drill-journal"

    /// Begins anew: the same drill gives the same journal.
    func begin(_ header: JournalHeader) throws(DrillError) -> JournalWriter {
        let url = URL(filePath: directory)
        do {
            if FileManager.default.fileExists(atPath: directory) { try FileManager.default.removeItem(at: url) }
            return try JournalWriter(directory: url, header: header.bytes())
        } catch let error as JournalError {
            throw .cannotWrite(path: directory, cause: error.description)
        } catch {
            throw .cannotWrite(path: directory, cause: error.localizedDescription)
        }
    }

    /// Closes the journal.
    /// - Throws: if the disk did not take all of it.
    func end(_ journal: JournalWriter) throws(DrillError) {
        let status = journal.status
        journal.close()
        if case .degraded(let cause, let lost) = status {
            throw .cannotWrite(path: directory, cause: "\(cause), \(lost) records were lost")
        }
    }
}
