import TocsinDecoders
import TocsinModel

extension ModeSMessage {
    init(hexadecimal: String) throws {
        let digits = Array(hexadecimal)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0..<$0 + 2]), radix: 16)! }
        self = try ModeSMessage(ModeSBits(bytes.span))
    }

    var squitter: ExtendedSquitter? {
        guard case .extendedSquitter(_, let squitter) = content else { return nil }
        return squitter
    }

    var velocity: AirborneVelocity? {
        guard case .velocity(let velocity) = squitter?.content else { return nil }
        return velocity
    }

    var coordinates: CompactPosition? {
        switch squitter?.content {
        case .airbornePosition(let position): position.coordinates
        case .surfacePosition(let position): position.coordinates
        default: nil
        }
    }
}
