/// One mistake in a configuration.
package struct ConfigurationProblem: Error, Hashable, Sendable, Codable {
    /// Where: the keys from the top, for example `feeds[2].source.udp.port`; empty for the file as a whole.
    package var path: String
    /// What is wrong.
    package var message: String
    /// What would be right; `nil` where nothing better than the message can be said.
    package var hint: String?
    /// Counted from 1; `nil` where the mistake is not in one place of the file.
    package var line: Int?

    package init(path: String, message: String, hint: String? = nil, line: Int? = nil) {
        self.path = path
        self.message = message
        self.hint = hint
        self.line = line
    }
}

/// All mistakes of a configuration, those of single values in the order of the file, then those between them.
package struct ConfigurationProblems: Error, Hashable, Sendable {
    package var problems: [ConfigurationProblem]
}
