internal import Foundation
package import TocsinForecast

/// The file that `tocsin drill --fit` writes: how the threat classes move, as JSON.
package enum MotionFile {
    package static func read(path: String) throws(DrillError) -> MotionParameters {
        do {
            return try JSONDecoder().decode(MotionParameters.self, from: Data(contentsOf: URL(filePath: path)))
        } catch let error as DecodingError {
            throw .badMotion(path: path, problem: error.briefly)
        } catch {
            throw .cannotRead(path: path, cause: error.localizedDescription)
        }
    }

    package static func write(_ motion: MotionParameters, path: String) throws(DrillError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            try encoder.encode(motion).write(to: URL(filePath: path))
        } catch {
            throw .cannotWrite(path: path, cause: error.localizedDescription)
        }
    }
}
