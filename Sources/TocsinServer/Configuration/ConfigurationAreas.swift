internal import Foundation
internal import TocsinModel

extension ConfigurationBuilder {
    mutating func areas(_ path: String?) -> [Area] { [] }
}
