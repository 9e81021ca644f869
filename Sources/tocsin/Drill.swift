import ArgumentParser
import Foundation
import TocsinDrill
import TocsinServer

/// `tocsin drill`: a raid of known truth over real geography, through the whole system, and its score.
struct Drill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Make a raid of known truth, send it through the whole system as an exercise, and score it.",
        discussion: """
            The same options always give the same raid. Sensors and their places are made up.

            With --score and without --areas it is the raid benchmark instead: hits and person-hours of ways to warn \
            over many drawn raids (Docs/raid-benchmark.md). Get the towns with Tools/fetch_demo.py and \
            Tools/make_towns.py.

            --output writes reports.jsonl (to replay), sensors.json (for a configuration), truth.csv and \
            truth.json, and with a score the journal of the run, drill-journal, for tocsin report, explain and \
            replay. Docs/drill.md tells what is simulated and what the figures mean.

            Examples:
              tocsin drill --areas areas.geojson --seed 7
              tocsin drill --areas areas.geojson --seed 7 --json > score.json
              tocsin drill --areas areas.geojson --seed 7 --explain
              tocsin drill --areas areas.geojson --output drill --no-score
              tocsin drill --score --count 60 --report benchmark.html
              tocsin drill --fit motion.json --count 300
              tocsin drill --fit motion.json --journal run/night-1 --journal run/night-2
              tocsin drill --score --raids DIR
            """)

    @Option(help: "GeoJSON file of the areas, as Tools/make_areas.py makes.")
    var areas: String?
    @Option(help: "Everything by chance follows from this number.")
    var seed: UInt64 = 1
    @Option(help: "Attack drones.")
    var drones = 24
    @Option(help: "Cruise missiles.")
    var missiles = 4
    @Option(help: "Directions that they come from.")
    var directions = 2
    @Option(help: "Minutes that the raid lasts; a flight that alone takes longer runs over.")
    var minutes = 60
    @Option(help: "Microphones with bearing.")
    var microphones = 300
    @Option(help: "Radars.")
    var radars = 4
    @Option(help: "Folder for reports, sensors and truth.")
    var output: String?
    @Flag(
        inversion: .prefixedNo,
        help: "Send the reports through the system and print the score; without --areas, the raid benchmark.")
    var score: Bool?
    @Flag(help: "Print the score as JSON.")
    var json = false
    @Flag(help: "Explain the five arrivals missed worst, one by one; needs --areas.")
    var explain = false
    @OptionGroup(title: "The raid benchmark")
    var benchmark: DrillBenchmark

    func validate() throws {
        let counts: [(name: String, value: Int, range: ClosedRange<Int>)] = [
            ("--drones", drones, 0...1_000), ("--missiles", missiles, 0...1_000), ("--directions", directions, 1...16),
            ("--minutes", minutes, 1...1_440), ("--microphones", microphones, 0...20_000),
            ("--radars", radars, 0...100),
        ]
        for count in counts where !count.range.contains(count.value) {
            throw ValidationError(
                "\(count.name) must be from \(count.range.lowerBound) to \(count.range.upperBound)")
        }
        if areas == nil, score != true, benchmark.fit == nil, benchmark.journals.isEmpty {
            throw ValidationError("give --areas for one raid through the whole system, or --score for the benchmark")
        }
        if areas != nil, benchmark.isAsked {
            throw ValidationError("--areas is for one raid through the whole system; leave it out for the benchmark")
        }
        if score == false, output == nil { throw ValidationError("--no-score without --output does nothing") }
        if explain, areas == nil { throw ValidationError("--explain is for one raid: it needs --areas") }
        if score == false, explain { throw ValidationError("--explain explains the score, and --no-score makes none") }
        if score == false, json { throw ValidationError("--json prints the score, and --no-score makes none") }
    }

    func run() async throws {
        do {
            if let areas { try hold(over: areas) } else { try await benchmark.run(json: json) }
        } catch let error as DrillError {
            say("\(error)")
            throw ExitCode(2)
        } catch let error as RaidFileError {
            say("\(error)")
            throw ExitCode(2)
        }
    }

    private func hold(over areas: String) throws {
        let settings = RaidSettings(
            drones: drones, missiles: missiles, durationSeconds: Double(minutes) * 60, directions: directions)
        let exercise = try DrillExercise(
            areas: DrillAreas(path: areas), settings: settings, microphones: microphones, radars: radars, seed: seed)
        say(
            "\(exercise.raid.objects.count) objects, \(exercise.sensors.count) sensors, "
                + "\(exercise.messages.count) messages, seed \(seed)")
        if let output {
            try DrillFiles(directory: output).write(exercise)
            say("wrote reports, sensors and truth to \(output)")
        }
        guard score ?? true else { return }
        try report(scored(exercise))
    }

    private func report(_ result: DrillResult) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        } else {
            print(result.text, terminator: "")
        }
    }

    private func scored(_ exercise: DrillExercise) throws -> DrillResult {
        let journal = output.map { DrillJournal(in: $0) }
        let moments = explain ? MissExplanation.moments(of: exercise.outcome) : []
        let run = try DrillRun(of: exercise, journal: journal, explaining: moments, progress: teller(of: "sensors"))
        if let journal { say("recorded the run in \(journal.directory)") }
        if run.rejections > 0 { say("\(run.rejections) reports were rejected") }
        let perfect = DrillRun(perfectlyFed: exercise, progress: teller(of: "perfect feed"))
        return DrillResult(of: run, perfectlyFed: perfect, in: exercise, explained: explain)
    }

    /// Tells every tenth that is done.
    private func teller(of name: String) -> (Double) -> Void {
        var told = 0
        return { share in
            guard Int(share * 10) > told else { return }
            told = Int(share * 10)
            say("\(name): \(told * 10) %")
        }
    }

    private func say(_ text: String) {
        FileHandle.standardError.write(Data("tocsin drill: \(text)\n".utf8))
    }
}
