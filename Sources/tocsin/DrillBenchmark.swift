import ArgumentParser
import Foundation
import TocsinDrill
import TocsinForecast
import TocsinServer

/// `tocsin drill --score`: the raid benchmark.
struct DrillBenchmark: ParsableArguments {
    @Option(help: "The towns that raids are drawn over, as Tools/make_towns.py lists them.")
    var towns = Self.usualTowns
    @Option(help: "How many raids of each set of seeds.")
    var count = Self.usualCount
    @Option(help: "A commit's hash: scores a second set of raids, whose seeds follow from it.")
    var commit: String?
    @Option(help: "Losses of contact so many times as often.")
    var losses = 1.0
    @Option(help: "Turns so many times as often and as sharp.")
    var agility = 1.0
    @Option(help: "A folder of raids made elsewhere, instead of drawn ones.")
    var raids: String?
    @Option(help: "Write the drawn raids to this folder, in the form that --raids reads, and score nothing.")
    var export: String?
    @Option(help: "Write a report with curves to this file, one page of HTML.")
    var report: String?
    @Option(help: "Fit how the threat classes move to --count raids that are never scored, and write it to this file.")
    var fit: String?
    @Option(
        name: .customLong("journal"),
        help: "Fit to the night recorded in this directory instead of drawn raids; may be given several times.")
    var journals: [String] = []
    @Option(help: "Score with the motion that --fit wrote to this file, instead of Tocsin's own.")
    var motion: String?
    @Flag(help: "Score raids that points are chosen and motions fitted on, instead of those that count.")
    var choosing = false
    @Flag(help: "Leave the forecast out: only the policies that it is compared with.")
    var withoutForecast = false

    private static let usualTowns = ".cache/demo/towns-pl.csv"
    private static let usualCount = 60

    func validate() throws {
        guard (1...10_000).contains(count) else { throw ValidationError("--count must be from 1 to 10000") }
        guard (0.01...100).contains(losses), (0.01...100).contains(agility) else {
            throw ValidationError("--losses and --agility must be from 0.01 to 100")
        }
        if fit != nil, raids != nil || export != nil || report != nil || commit != nil || motion != nil {
            throw ValidationError("--fit fits and scores nothing: no --raids, --export, --report, --commit, --motion")
        }
        if !journals.isEmpty {
            if fit == nil { throw ValidationError("--journal is what --fit fits to: give --fit FILE") }
            if count != Self.usualCount || towns != Self.usualTowns || losses != 1 || agility != 1 || choosing {
                throw ValidationError(
                    "--journal fits to recorded nights: no --count, --towns, --losses, --agility, --choosing")
            }
        }
        if raids != nil, commit != nil || export != nil || losses != 1 || agility != 1 {
            throw ValidationError("--raids scores raids as they are: no --commit, --export, --losses, --agility")
        }
    }

    /// Whether an option is set that means nothing elsewhere.
    var isAsked: Bool {
        withoutForecast || choosing || !journals.isEmpty
            || [raids, export, report, commit, fit, motion].contains { $0 != nil }
    }

    func run(json: Bool) async throws {
        if let fit { return try fitMotion(to: fit) }
        guard let document = try await document() else { return }
        if let report {
            do {
                try Data(BenchmarkReport(document).html.utf8).write(to: URL(filePath: report))
            } catch {
                throw DrillError.cannotWrite(path: report, cause: error.localizedDescription)
            }
            say("wrote \(report)")
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(document), as: UTF8.self))
        } else {
            print(BenchmarkText(document).text, terminator: "")
        }
    }

    private func fitMotion(to path: String) throws {
        try MotionFile.write(journals.isEmpty ? fittedToRaids() : fittedToNights(), path: path)
        say("wrote \(path)")
    }

    private func fittedToNights() throws -> MotionParameters {
        var lastNote = ContinuousClock.now
        let fit = try NightFit(of: journals) { number, sequence in
            guard lastNote.duration(to: .now) > .seconds(1) else { return }
            lastNote = .now
            say("journal \(number) of \(journals.count): input \(sequence)")
        }
        for line in fit.damage + fit.kept { say(line) }
        say("fitted to \(fit.motion.provenance)")
        return fit.motion
    }

    private func fittedToRaids() throws -> MotionParameters {
        let country = try drawnCountry()
        return MotionFit.fit(
            to: generator(over: country), seeds: BenchmarkSeeds.fitting(count),
            country: URL(filePath: towns).lastPathComponent
        ) { done in if done.isMultiple(of: 20) || done == count { say("fit: \(done) of \(count) raids") } }
    }

    private func drawnCountry() throws -> BenchmarkCountry {
        guard let country = BenchmarkCountry(towns: try RaidFolder.towns(path: towns)) else {
            throw DrillError.badAreas(path: towns, problem: "there is no town")
        }
        return country
    }

    private func generator(over country: BenchmarkCountry) -> RaidGenerator {
        RaidGenerator(over: country, settings: .standard.losing(losses).turning(agility))
    }

    /// - Returns: `nil` if the raids were only written.
    private func document() async throws -> BenchmarkDocument? {
        if let raids { return try await scored(folder: raids) }
        return try await drawn()
    }

    private func drawn() async throws -> BenchmarkDocument? {
        let country = try drawnCountry()
        let generator = generator(over: country)
        if let export {
            try write(to: export, country: country, generator: generator)
            return nil
        }
        let benchmark = benchmark(over: country, runs: ShelterRun.standard(areaCount: country.areas.count))
        var sets = [
            choosing
                ? ("seeds to choose on", BenchmarkSeeds.fitting(count)) : ("fixed seeds", BenchmarkSeeds.fixed(count))
        ]
        if let commit { sets.append(("seeds of commit \(commit)", BenchmarkSeeds.derived(from: commit, count))) }
        var scored: [BenchmarkDocument.RaidSet] = []
        for (name, seeds) in sets {
            let score = try await score(benchmark, count: count, name: name) { generator.raid(seed: seeds[$0]) }
            scored.append(BenchmarkDocument.RaidSet(name: name, seeds: seeds, score: score))
        }
        return BenchmarkDocument(
            country: BenchmarkDocument.Country(country, name: URL(filePath: towns).lastPathComponent),
            variant: BenchmarkDocument.Variant(losses: losses, agility: agility), sets: scored)
    }

    private func write(to folder: String, country: BenchmarkCountry, generator: RaidGenerator) throws {
        let listed = ListedAreas(
            country: country, names: country.areas.indices.map { "a\($0)" },
            secondsToShelter: country.areas.map { _ in 90 })
        let raids = BenchmarkSeeds.fixed(count).map { seed in ("\(seed)", { generator.raid(seed: seed) }) }
        try RaidFolder(path: folder).write(listed, raids: raids)
        say("wrote \(count) raids to \(folder)")
    }

    private func scored(folder: String) async throws -> BenchmarkDocument {
        let files = RaidFolder(path: folder)
        let listed = try files.areas()
        let raids = try files.raids()
        say("read \(raids.count) raids over \(listed.names.count) areas from \(folder)")
        let score = try await score(
            benchmark(over: listed.country, runs: listed.runs), count: raids.count, name: folder
        ) { raids[$0].raid }
        return BenchmarkDocument(
            country: BenchmarkDocument.Country(listed.country, name: folder), variant: nil,
            sets: [BenchmarkDocument.RaidSet(name: folder, seeds: [], score: score)])
    }

    private func benchmark(over country: BenchmarkCountry, runs: [ShelterRun]) -> Benchmark {
        let points = BenchmarkPolicy.operating + [BenchmarkPolicy.sparing]
        let forecasts = points + BenchmarkPolicy.curve + (choosing ? BenchmarkPolicy.candidates : [])
        return Benchmark(
            country: country, policies: BenchmarkPolicy.compared + (withoutForecast ? [] : forecasts), runs: runs)
    }

    private func score(
        _ benchmark: Benchmark, count: Int, name: String, raid: @escaping @Sendable (Int) -> RaidRecord
    ) async throws -> BenchmarkScore {
        let motion = try motion.map { try MotionFile.read(path: $0) } ?? .standard
        let forecaster = withoutForecast ? nil : FeedForecaster(over: benchmark.country, motion: motion)
        let results = await BenchmarkRunner(benchmark, forecaster: forecaster)
            .results(count: count, raid: raid) { done in say("\(name): \(done) of \(count) raids") }
        return BenchmarkScore(of: results, in: benchmark)
    }

    private func say(_ text: String) {
        FileHandle.standardError.write(Data("tocsin drill: \(text)\n".utf8))
    }
}
