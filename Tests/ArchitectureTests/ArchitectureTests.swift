import Foundation
import Testing

/// The rules of ARCHITECTURE.md that a machine can check. Each failure says what to do instead.
@Suite struct ArchitectureTests {
    @Test func theTreeIsFound() {
        #expect(SourceTree.coreFiles.count > 20)
    }

    @Test(arguments: SourceTree.coreFiles.map(\.path))
    func coreImportsOnlyTheCoreAndTwoLibraries(path: String) throws {
        let file = try #require(SourceTree.files.first { $0.path == path })
        var allowed = Set(SourceTree.core + ["RealModule", "OrderedCollections"])
        // Tables that are a function of their model alone are made once, when they are first needed.
        if file.target == "TocsinForecast" { allowed.insert("Synchronization") }
        if file.target == "TocsinDecoders" { allowed.insert("FoundationEssentials") }
        for line in file.lines {
            guard let module = importedModule(line) else { continue }
            #expect(
                allowed.contains(module),
                "\(path) imports \(module): the core reads nothing of the world; move this to an edge target")
            let siblings = file.target != "TocsinPipeline" && module.hasPrefix("Tocsin")
            #expect(
                !siblings || module == "TocsinModel",
                "\(path) imports \(module): stages do not know each other; only the pipeline does")
        }
    }

    @Test func coreHasNoClockNoConcurrencyNoHiddenRandomness() {
        let bans: [(pattern: String, instead: String)] = [
            (#"\basync\b|\bawait\b|\bactor\b|\bTask\b"#, "the core is synchronous values; put this at the edge"),
            (#"\bprint\("#, "return a value; the edge prints"),
            (#"\.random\(in:[^)]*\)(?!.*using:)|SystemRandomNumberGenerator"#, "pass a seeded generator `using:`"),
            (#"\bDate\(\)|ContinuousClock|SuspendingClock|DispatchTime"#, "time is an argument"),
            (#"\btry!|\bas!|\bfatalError\("#, "throw a typed error, or state a precondition of ours"),
        ]
        for file in SourceTree.coreFiles {
            for (number, line) in file.lines.enumerated() {
                let code = SourceTree.code(line)
                for ban in bans where code.range(of: ban.pattern, options: .regularExpression) != nil {
                    Issue.record("\(file.path):\(number + 1): \(ban.instead): \(line)")
                }
            }
        }
    }

    @Test func edgeForcesNothing() {
        for file in SourceTree.files {
            for (number, line) in file.lines.enumerated() {
                let forced = SourceTree.code(line).range(
                    of: #"\btry!|\bas!|\bfatalError\(|TODO|FIXME"#, options: .regularExpression)
                #expect(forced == nil, "\(file.path):\(number + 1): handle the failure: \(line)")
            }
        }
    }

    @Test(arguments: SourceTree.files.map(\.path))
    func filesAndFunctionsStaySmall(path: String) throws {
        let file = try #require(SourceTree.files.first { $0.path == path })
        #expect(file.lines.count <= 401, "\(path) has \(file.lines.count) lines: one idea per file, at most 400")
        for function in functions(of: file) where function.lines > 60 {
            Issue.record("\(path):\(function.start): \(function.lines) lines: split it, at most 60")
        }
    }

    @Test func namesSayWhatTheyAre() {
        let bans = #"\b(struct|class|enum|actor|protocol) \w*(Manager|Helper|Util|Utils|Common|Info)\b"#
        for file in SourceTree.files {
            for (number, line) in file.lines.enumerated() {
                let found = SourceTree.code(line).range(of: bans, options: .regularExpression)
                #expect(found == nil, "\(file.path):\(number + 1): the name tells no job: \(line)")
            }
        }
    }

    private func importedModule(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else { return nil }
        let last = words[words.count - 1]
        return String(last.prefix { $0 != "." })
    }

    /// Functions and initializers, by the indentation of their closing brace, which the formatter guarantees.
    private func functions(of file: SourceTree.File) -> [(start: Int, lines: Int)] {
        var found: [(Int, Int)] = []
        for (index, line) in file.lines.enumerated() {
            let code = SourceTree.code(line)
            guard code.range(of: #"^\s*([a-z@]\S* )*(func |init[?(<])"#, options: .regularExpression) != nil else {
                continue
            }
            let indentation = line.prefix { $0 == " " }
            let closing = file.lines[index...].firstIndex { $0 == indentation + "}" }
            let opensHere = code.trimmingCharacters(in: .whitespaces).hasSuffix("}")
            if let closing, !opensHere { found.append((index + 1, closing - index + 1)) }
        }
        return found
    }
}
