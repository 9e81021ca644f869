import TocsinDecoders
import TocsinModel

/// ASTERIX written by hand, and what our reader makes of it.
enum AsterixBytes {
    /// A data block around records.
    static func block(_ category: UInt8, _ records: [UInt8]) -> [UInt8] {
        let length = records.count + 3
        return [category, UInt8(length >> 8), UInt8(length & 0xFF)] + records
    }

    /// A target report of 20/129 with time of day, descriptor, position (range 48.65234375 NM, azimuth
    /// 261.84814453125 degrees), mode A 4004, flight level 370, address 4a08eb and callsign ROT415.
    static func plot(time: UInt32 = 3_686_509, descriptor: [UInt8] = [0xA0], modeA: [UInt8] = [0x08, 0x04]) -> [UInt8] {
        let head: [UInt8] = [0b1111_1101, 0b1100_0000, 20, 129]
        let timeOfDay = [UInt8(time >> 16 & 0xFF), UInt8(time >> 8 & 0xFF), UInt8(time & 0xFF)]
        let position: [UInt8] = [0x30, 0xA7, 0xBA, 0x34]
        let rest: [UInt8] = [0x05, 0xC8, 0x4A, 0x08, 0xEB, 0x48, 0xF5, 0x34, 0xC7, 0x58, 0x20]
        return head + timeOfDay + descriptor + position + modeA + rest
    }

    /// A north marker of 20/129.
    static let northMarker: [UInt8] = [0b1110_0000, 20, 129, 1, 0x38, 0x40, 0x2D]

    static func steps(_ bytes: [UInt8], editions: AsterixEditions = .newest) -> [AsterixReader.Step] {
        var reader = AsterixReader(editions: editions)
        var steps: [AsterixReader.Step] = []
        while let step = reader.next(in: bytes.span) { steps.append(step) }
        return steps
    }

    static func errors(_ bytes: [UInt8], editions: AsterixEditions = .newest) -> [DecodeError] {
        steps(bytes, editions: editions).compactMap { step in
            guard case .rejected(let rejection) = step else { return nil }
            return rejection.error
        }
    }

    static func plots(_ bytes: [UInt8], editions: AsterixEditions = .newest) -> [PlotRecord] {
        steps(bytes, editions: editions).compactMap { step in
            guard case .plot(let plot) = step else { return nil }
            return plot
        }
    }
}
