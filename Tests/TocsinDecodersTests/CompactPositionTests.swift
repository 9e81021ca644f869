import Testing
import TocsinDecoders
import TocsinModel

@Suite struct CompactPositionTests {
    /// The number of zones at latitudes of the published table (DO-260B, table A-2), just below and above an edge.
    @Test(arguments: [
        (0.0, 59), (10.470_471, 59), (10.470_472, 58), (-44.194_549, 43), (44.194_550, 42), (59.954_591, 30),
        (59.954_593, 29), (86.535_369, 3), (86.535_370, 2), (86.999, 2), (87.0, 2), (87.001, 1), (-90.0, 1),
    ])
    func zonesOfLongitude(_ latitude: Double, _ zones: Int) {
        #expect(CompactPosition.longitudeZones(latitude) == zones)
    }

    /// Worked examples of "The 1090 Megahertz Riddle" (J. Sun, 2021).
    @Test func airbornePairAndSingleMessage() throws {
        let even = try #require(ModeSMessage(hexadecimal: "8D40621D58C382D690C8AC2863A7").coordinates)
        let odd = try #require(ModeSMessage(hexadecimal: "8D40621D58C386435CC412692AD6").coordinates)
        let place = try #require(even.global(with: odd, reference: nil))
        #expect(abs(place.latitudeDegrees - 52.257_20) < 1e-5)
        #expect(abs(place.longitudeDegrees - 3.919_37) < 1e-5)
        let nearby = GeoPoint(latitudeDegrees: 52.258, longitudeDegrees: 3.918)
        let local = try #require(even.local(near: nearby))
        #expect(local.greatCircleDistance(to: place).meters < 0.01)
    }

    @Test func surfacePairNeedsAReference() throws {
        let even = try #require(ModeSMessage(hexadecimal: "8C4841753AAB238733C8CD4020B1").coordinates)
        let odd = try #require(ModeSMessage(hexadecimal: "8C4841753A9A153237AEF0F275BE").coordinates)
        #expect(odd.global(with: even, reference: nil) == nil)
        let reference = GeoPoint(latitudeDegrees: 51.990, longitudeDegrees: 4.375)
        let newestOdd = try #require(odd.global(with: even, reference: reference))
        #expect(abs(newestOdd.latitudeDegrees - 52.320_56) < 1e-5)
        #expect(abs(newestOdd.longitudeDegrees - 4.735_74) < 1e-5)
        let newestEven = try #require(even.global(with: odd, reference: reference))
        #expect(abs(newestEven.latitudeDegrees - 52.323_040) < 1e-6)
        #expect(abs(newestEven.longitudeDegrees - 4.730_473) < 1e-6)
    }

    /// Encoding and decoding anywhere on the globe gives the place back to the step of the code: 5.1 m in the air,
    /// 1.3 m on the ground.
    @Test func everyPlaceComesBack() throws {
        var generator = Steps(state: 7)
        var pairs = 0
        for _ in 0..<4_000 {
            let point = GeoPoint(
                latitudeDegrees: generator.next(in: -80...80), longitudeDegrees: generator.next(in: -180...180))
            for isSurface in [false, true] {
                let even = CompactPosition(encoding: point, isOdd: false, isSurface: isSurface)
                let odd = CompactPosition(encoding: point, isOdd: true, isSurface: isSurface)
                let near = GeoPoint(
                    latitudeDegrees: point.latitudeDegrees + generator.next(in: -0.3...0.3),
                    longitudeDegrees: point.longitudeDegrees + generator.next(in: -0.3...0.3))
                let accuracyMeters = isSurface ? 1.5 : 6.0
                let local = try #require(even.local(near: near))
                #expect(local.greatCircleDistance(to: point).meters < accuracyMeters, "\(point) local \(isSurface)")
                // A pair may lie on both sides of a change of zones and then says nothing.
                guard let place = odd.global(with: even, reference: near) else { continue }
                pairs += 1
                #expect(place.greatCircleDistance(to: point).meters < accuracyMeters, "\(point) global \(isSurface)")
            }
        }
        #expect(pairs > 7_900)
    }

    @Test func messagesOfOneParityAreNoPair() {
        let point = GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8)
        let even = CompactPosition(encoding: point, isOdd: false, isSurface: false)
        let surface = CompactPosition(encoding: point, isOdd: true, isSurface: true)
        #expect(even.global(with: even, reference: point) == nil)
        #expect(even.global(with: surface, reference: point) == nil)
    }
}

/// Repeatable numbers for tests (Knuth's linear congruence).
struct Steps: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // The low bits of such a generator repeat soon.
        return state ^ state >> 33
    }

    mutating func next(in range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }
}
