internal import RealModule
internal import TocsinModel

// What radar did to the track whose life is being noted (``TrackNotes``).
extension Tracker {
    func isNoted(_ slot: Int) -> Bool { notes.isAbout(list.states[slot].number) }

    /// - Parameter distance: Of the plot from where the track was expected, meters in the slant plane.
    mutating func noteTake(_ report: Report, slot: Int, probability: Double, _ plane: SlantPlane) {
        guard isNoted(slot), let expected = notes.expected, case .polar(let polar) = report.measurement else { return }
        let relative = expected - plane.origin
        let range = relative.length
        let turn = AzimuthGradient(relative: relative, frame: plane.frame).residual(of: polar.azimuth.radians)
        notes.add(
            .took(probability: probability, distance: Double.hypot(polar.slantRange.meters - range, range * turn)),
            at: report.measuredAt, sensor: report.sensor, existence: list.states[slot].existence)
    }

    /// Notes that the beam has passed a track and no plot was its own.
    mutating func noteMisses(_ scene: RadarScene, taken: [TrackNumber]) {
        guard notes.track != nil else { return }
        for target in workspace.radar.targets
        where isNoted(target.slot) && target.isWatched && target.chance > 0.5
            && !taken.contains(list.states[target.slot].number)
        {
            notes.add(
                .missed, at: scene.sector.at, sensor: scene.key.sensor, existence: list.states[target.slot].existence)
        }
    }
}
