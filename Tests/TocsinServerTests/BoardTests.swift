import Testing
import TocsinModel
import TocsinServer

@Suite struct BoardTests {
    private func change(_ kind: WarningChange.Kind, warning number: UInt64, revision: UInt32) -> Output {
        let at = MadeUpNight.epoch
        let warning = Warning(
            number: WarningNumber(number), revision: revision, area: AreaID("ch-1"), exercise: true,
            stage: kind == .ended ? .quiet : .watch, reason: .threatApproaching, issuedAt: at, changedAt: at,
            expiresAt: at.advanced(bySeconds: 60), arrival: nil, course: nil, probability: 0.5, tracks: [])
        return .warning(WarningChange(kind: kind, previousStage: .quiet, warning: warning))
    }

    @Test func endedWarningsAreNotInForceButKeepTheirHistory() {
        var board = Board()
        let at = MadeUpNight.epoch
        _ = board.take([change(.raised, warning: 1, revision: 1), change(.raised, warning: 2, revision: 1)], at: at)
        _ = board.take([change(.ended, warning: 1, revision: 2)], at: at)
        #expect(board.warnings.map(\.change.warning.number) == [WarningNumber(2)])
        #expect(board.history(of: WarningNumber(1)).map(\.change.warning.revision) == [1, 2])
    }

    @Test func whoComesBackGetsExactlyWhatWasMissed() throws {
        var board = Board()
        for number in 1...50 {
            _ = board.take([change(.raised, warning: UInt64(number), revision: 1)], at: MadeUpNight.epoch)
        }
        for seen in UInt64(0)...50 {
            let missed = try #require(board.events(after: seen))
            #expect(missed.map(\.number) == Array((seen + 1)..<51))
        }
        #expect(board.events(after: 51) == nil, "an event that was never given out")
    }

    @Test func tooOldAnEventIsNotResumed() {
        var board = Board()
        for number in 1...UInt64(2 * Board.eventsMaximum + 1) {
            _ = board.take([change(.raised, warning: number, revision: 1)], at: MadeUpNight.epoch)
        }
        #expect(board.events(after: 1) == nil)
        #expect(board.events(after: board.lastEvent - 1)?.count == 1)
        #expect(board.events.count < 2 * Board.eventsMaximum)
    }

    @Test func rejectionsAreCountedByFeedAndReason() {
        var board = Board()
        let rejection = Rejection(feed: FeedNumber(1), error: .badJSON, offset: 0, sample: [])
        for _ in 0..<30 { _ = board.take([.rejected(rejection)], at: MadeUpNight.epoch) }
        #expect(board.rejectionTotals.map(\.count) == [30])
        #expect(board.rejections.count == Board.rejectionsMaximum)
    }
}
