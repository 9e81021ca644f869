internal import TocsinFormats
internal import TocsinModel

/// Where a writer goes on: behind the last whole record of what is there.
struct JournalTail {
    var identity: [UInt8]
    var segmentNumber: UInt64
    var chain: [UInt8]
    var lastSequence: UInt64

    init(of directory: JournalDirectory) {
        let known = directory.headers().last
        var generator = SystemRandomNumberGenerator()
        let fresh = (0..<SegmentHeader.identityByteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator)
        }
        identity = known?.identity ?? fresh
        segmentNumber = directory.segmentNumbers.last ?? 0
        chain = known?.chain ?? SegmentHeader.chainStart
        lastSequence = max(
            (known?.firstSequence ?? 1) - 1, directory.checkpointSequences.last ?? 0)
        var reader = JournalReader(
            directory, segments: directory.segmentNumbers.filter { $0 >= known?.number ?? 0 })
        while let record = reader.next() {
            switch record {
            case .input(let input): lastSequence = max(lastSequence, input.sequence)
            case .gap(_, let last): lastSequence = max(lastSequence, last)
            case .header, .outputs: break
            }
        }
        chain = reader.lastChain ?? chain
    }
}
