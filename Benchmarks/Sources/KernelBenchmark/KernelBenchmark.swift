import TocsinTracking

/// `KernelBenchmark predict|gate|associate|look COUNT`: runs one kernel of the tracker COUNT times over the same
/// picture. Run it under callgrind with two counts: the difference of the instructions, divided by the difference
/// of the counts, is what one pass costs. It belongs to the core's package, because kernels are not public.
@main
enum KernelBenchmark {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 3, let kernel = Kernel(rawValue: words[1]), let count = Int(words[2]), count >= 0 else {
            print("usage: KernelBenchmark predict|gate|associate|look COUNT")
            return
        }
        var probe = KernelProbe()
        switch kernel {
        case .predict: probe.predict(times: count)
        case .gate: probe.gate(times: count)
        case .associate: probe.associate(times: count)
        case .look: probe.look(times: count)
        }
        print(#"{"tracks":\#(probe.size.tracks),"pairs":\#(probe.size.pairs),"digest":\#(probe.digest)}"#)
    }

    enum Kernel: String {
        case predict
        case gate
        case associate
        /// Gate, associate and update.
        case look
    }
}
