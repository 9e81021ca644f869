internal import TocsinModel
struct StreamFramer { init(format: WireFormat) {}; mutating func append(_ bytes: [UInt8]) -> [[UInt8]] { [] } }
