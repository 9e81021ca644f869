internal import RealModule
package import TocsinModel

/// A latitude and longitude in compact position reporting, CPR (Doc 9871, appendix C; DO-260B, A.1.7): 17 bits
/// each within a zone; which zone is found from a second message of the other parity, or from a place nearby.
///
/// Bare numbers are degrees on WGS-84.
package struct CompactPosition: Hashable, Sendable, Codable {
    /// On the ground zones are four times smaller.
    package let isSurface: Bool
    /// Odd messages count 59 zones from pole to pole and back, even ones 60.
    package let isOdd: Bool
    /// 0 to 131,071: 2^17ths of a zone.
    package let latitudeCode: Int
    package let longitudeCode: Int

    init(_ bits: ModeSBits, isSurface: Bool) {
        self.isSurface = isSurface
        isOdd = bits.flag(54)
        latitudeCode = bits.bits(55, 71)
        longitudeCode = bits.bits(72, 88)
    }

    /// The inverse of decoding, as a transponder does it (DO-260B, A.1.7.3).
    package init(encoding point: GeoPoint, isOdd: Bool, isSurface: Bool) {
        self.isSurface = isSurface
        self.isOdd = isOdd
        // Surface messages keep the low 17 bits of a 19-bit code.
        let steps = isSurface ? Self.steps * 4 : Self.steps
        let zone = 360 / (isOdd ? 59.0 : 60.0)
        let latitude = (steps * Self.remainder(point.latitudeDegrees, zone) / zone + 0.5).rounded(.down)
        let decoded = zone * (latitude / steps + (point.latitudeDegrees / zone).rounded(.down))
        let width = 360 / Self.zonesOfLongitude(decoded, isOdd: isOdd)
        let longitude = (steps * Self.remainder(point.longitudeDegrees, width) / width + 0.5).rounded(.down)
        latitudeCode = Int(latitude) & 0x1_FFFF
        longitudeCode = Int(longitude) & 0x1_FFFF
    }

    private static let steps = 131_072.0
    private var latitudeShare: Double { Double(latitudeCode) / Self.steps }
    private var longitudeShare: Double { Double(longitudeCode) / Self.steps }
    /// Degrees that all zones together span: the globe, or a quarter of it.
    private var span: Double { isSurface ? 90 : 360 }

    /// The place nearest to `reference`, which must be within half a zone: about 330 km in the air, 80 km on
    /// the ground.
    /// - Returns: `nil` if that place does not exist (beyond a pole).
    package func local(near reference: GeoPoint) -> GeoPoint? {
        let height = span / (isOdd ? 59 : 60)
        let latitude = Self.nearest(to: reference.latitudeDegrees, share: latitudeShare, zone: height)
        guard abs(latitude) <= 90 else { return nil }
        let width = span / Self.zonesOfLongitude(latitude, isOdd: isOdd)
        let longitude = Self.nearest(to: reference.longitudeDegrees, share: longitudeShare, zone: width)
        return GeoPoint(latitudeDegrees: latitude, longitudeDegrees: Self.wrapped(longitude))
    }

    /// The place of this message by itself and `other`, one of the other parity and the same kind, sent within a
    /// few seconds. In the air the result is unique. On the ground eight places fit: the one nearest to
    /// `reference` (within some thousands of kilometers) is meant.
    ///
    /// - Returns: `nil` if the two do not belong together, lie on both sides of a change of the number of
    ///   longitude zones, or a reference is missing.
    package func global(with other: CompactPosition, reference: GeoPoint?) -> GeoPoint? {
        guard isOdd != other.isOdd, isSurface == other.isSurface else { return nil }
        let even = isOdd ? other : self
        let odd = isOdd ? self : other
        let index = (59 * even.latitudeShare - 60 * odd.latitudeShare + 0.5).rounded(.down)
        var evenLatitude = span / 60 * (Self.remainder(index, 60) + even.latitudeShare)
        var oddLatitude = span / 59 * (Self.remainder(index, 59) + odd.latitudeShare)
        if isSurface {
            guard let reference else { return nil }
            // The southern solution lies 90 degrees further south.
            let northern = isOdd ? oddLatitude : evenLatitude
            if abs(northern - 90 - reference.latitudeDegrees) < abs(northern - reference.latitudeDegrees) {
                evenLatitude -= 90
                oddLatitude -= 90
            }
        } else {
            if evenLatitude >= 270 { evenLatitude -= 360 }
            if oddLatitude >= 270 { oddLatitude -= 360 }
        }
        guard abs(evenLatitude) <= 90, abs(oddLatitude) <= 90 else { return nil }
        let zones = Self.longitudeZones(evenLatitude)
        guard zones == Self.longitudeZones(oddLatitude) else { return nil }
        let count = Double(zones)
        let turn = ((count - 1) * even.longitudeShare - count * odd.longitudeShare + 0.5).rounded(.down)
        let own = max(isOdd ? count - 1 : count, 1)
        let longitude = span / own * (Self.remainder(turn, own) + longitudeShare)
        return GeoPoint(
            latitudeDegrees: isOdd ? oddLatitude : evenLatitude,
            longitudeDegrees: isSurface ? quadrant(of: longitude, near: reference) : Self.wrapped(longitude))
    }

    /// The one of the four longitudes 90 degrees apart that is nearest to the reference.
    private func quadrant(of longitude: Double, near reference: GeoPoint?) -> Double {
        guard let reference else { return longitude }
        let turns = ((reference.longitudeDegrees - longitude) / 90).rounded()
        return Self.wrapped(longitude + turns * 90)
    }

    private static func nearest(to reference: Double, share: Double, zone: Double) -> Double {
        let zones = reference / zone
        let index = zones.rounded(.down) + (0.5 + zones - zones.rounded(.down) - share).rounded(.down)
        return zone * (index + share)
    }

    private static func remainder(_ value: Double, _ divisor: Double) -> Double {
        value - divisor * (value / divisor).rounded(.down)
    }

    private static func wrapped(_ longitude: Double) -> Double {
        longitude >= 180 ? longitude - 360 : (longitude < -180 ? longitude + 360 : longitude)
    }

    private static func zonesOfLongitude(_ latitude: Double, isOdd: Bool) -> Double {
        Double(max(longitudeZones(latitude) - (isOdd ? 1 : 0), 1))
    }

    /// NL: how many zones of longitude an even message has at `latitude`, 59 at the equator to 1 at the poles.
    package static func longitudeZones(_ latitude: Double) -> Int {
        let magnitude = abs(latitude)
        let edges = zoneEdges
        var low = 0
        var high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if magnitude < edges[middle] { high = middle } else { low = middle + 1 }
        }
        return 59 - low
    }

    /// The latitudes, ascending, from which on there are 58, 57, ... 1 zones (DO-260B, A.1.7.2 d):
    /// acos(sqrt((1 - cos(pi / (2 NZ))) / (1 - cos(2 pi / NL)))) with NZ = 15.
    private static let zoneEdges: [Double] = (2...59).reversed().map { zones in
        // Two zones at 87 degrees itself, one beyond.
        if zones == 2 { return 87.0.nextUp }
        let ratio = (1 - Double.cos(.pi / 30)) / (1 - Double.cos(2 * .pi / Double(zones)))
        return Double.acos(ratio.squareRoot()) * 180 / .pi
    }
}
