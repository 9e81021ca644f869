import Foundation
import Testing
import TocsinJournal
import TocsinModel
import TocsinPipeline
import TocsinServer

@Suite struct ConductorTests {
    @Test func replayDecidesAsLiveDid() async throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        let conductor = try night.start()
        for index in 0..<400 {
            await conductor.accept(night.frame(index, at: await conductor.readClock()))
            if index % 4 == 0 { await conductor.accept(.tick) }
        }
        let live = await conductor.close()
        var replay = try Replay(directory: night.directory)
        let result = replay.play { _ in }
        #expect(result.inputs == 500)
        #expect(result.digest == live)
        #expect(result.decisions >= 40, "the unreadable frames alone are 40 decisions")
        #expect(result.firstDifference == nil)
        #expect(result.problems.isEmpty)
    }

    @Test(arguments: [1, 37, 210])
    func restartAfterAKillGoesOnWhereItWas(seed: UInt64) async throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        var generator = Sequence64(state: seed)
        var index = 0
        for _ in 0..<4 {
            let situation = try await untilKilled(
                night, from: &index, frames: Int.random(in: 1...60, using: &generator))
            let recovered = try #require(try Recovered.open(night.directory))
            #expect(recovered.situation == situation)
            #expect(recovered.situation.digest == situation.digest)
        }
        var replay = try Replay(directory: night.directory)
        let result = replay.play { _ in }
        #expect(result.firstDifference == nil)
        #expect(result.inputs == UInt64(index))
    }

    /// Takes frames, keeps a checkpoint in the middle, and leaves everything as it is, as a kill does.
    private func untilKilled(
        _ night: MadeUpNight, from index: inout Int, frames: Int
    ) async throws -> Situation {
        let conductor = try night.start()
        for step in 0..<frames {
            await conductor.accept(night.frame(index, at: await conductor.readClock()))
            index += 1
            if step == frames / 2, let situation = await conductor.situation(after: 1) {
                await conductor.keep(try Checkpoint(situation))
            }
        }
        return try #require(await conductor.situation(after: 0))
    }

    @Test func checkpointDecodesToAnEqualSituation() async throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        let conductor = try night.start()
        for index in 0..<100 { await conductor.accept(night.frame(index, at: await conductor.readClock())) }
        let situation = try #require(await conductor.situation(after: 1))
        #expect(try Checkpoint(situation).situation() == situation)
    }

    @Test func acceptedTimesNeverGoBack() async throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        let conductor = try night.start()
        var last = Instant(nanosecondsSinceEpoch: 0)
        for sequence in 1...100 {
            let acceptance = await conductor.accept(.tick)
            #expect(acceptance.acceptedAt >= last)
            #expect(acceptance.sequence == UInt64(sequence))
            last = acceptance.acceptedAt
        }
    }

    @Test func subscriptionsEndWithTheConductor() async throws {
        let night = try MadeUpNight()
        defer { night.remove() }
        let conductor = try night.start()
        var events = await conductor.subscribe(after: nil).makeAsyncIterator()
        guard case .snapshot(let snapshot) = await events.next() else {
            Issue.record("the first event is no snapshot")
            return
        }
        #expect(snapshot.lastEvent == 0)
        _ = await conductor.close()
        #expect(await events.next() == nil)
    }
}

/// SplitMix64: failures name its seed.
struct Sequence64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
