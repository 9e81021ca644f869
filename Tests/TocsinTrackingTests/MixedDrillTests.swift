import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// Everything at once: radars, microphones, people, receivers; raiders, airliners that speak and some that do not.
@Suite struct MixedDrillTests {
    private static let size = MixedWorld.Size(
        drones: 12, missiles: 4, seconds: 1_800, radars: 4, microphones: 300, people: 50, flightsFrom: 600, silent: 3)

    @Test(.enabled(if: isOptimized, "takes many minutes in debug"), arguments: [UInt64(5), 6])
    func everybodyIsFollowedAndNobodyIsMistaken(seed: UInt64) throws {
        let world = try MixedWorld(Self.size, seed: seed)
        var drill = MixedDrill(world)
        var account = MixedAccount(world)
        for second in 0..<Int(Self.size.seconds) {
            let sights = drill.advance(to: second)
            account.note(sights, tracker: drill.tracker, second: second)
        }
        for line in account.lines { print("mixed drill \(seed):", line) }
        print("mixed drill \(seed): sensor events", drill.sensorEvents, "trust events", drill.trustEvents.count)
        for raider in account.raiders where raider.looks > 30 {
            #expect(raider.share >= 0.8, "raider \(raider.number) followed \(raider.share)")
            #expect(raider.coveredShare >= 0.95, "raider \(raider.number) followed \(raider.coveredShare) where sensed")
        }
        #expect(account.airlinersLost == 0)
        #expect(account.airlinersThreatening == 0)
        // State vectors are up to 1.3 km wrong along the flight (recorded so), and a radar sees where it is instead.
        #expect(account.airlinersDoubled <= 4 && account.longestDouble <= 60)
        #expect(account.falseTracks.count <= 5)
        #expect(drill.trustEvents.isEmpty && drill.sensorEvents.isEmpty)
        #expect(account.namedRightShare >= 0.95)
    }
}
