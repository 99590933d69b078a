import ArgumentParser

/// `weir help`
struct HelpVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "help", abstract: "Explain a verb, or print the manual page.",
        discussion: """
            EXAMPLES
              weir help performance
              weir help --man > ~/.local/share/man/man1/weir.1
            """)

    @Argument(help: "The verb to explain. (default: list them all)")
    var verb: String?

    @Flag(help: "Print a manual page of all verbs, for man(1).")
    var man = false

    @OptionGroup var common: CommonOptions

    func run(in session: Session) throws {
        if man { return try standardOutput(ManualPage.text) }
        guard let verb else { return try print(Weir.helpMessage(columns: 100)) }
        guard let command = Weir.verb(named: verb) else { throw UsageFailure.unknownVerb(verb, known: Weir.verbNames) }
        try print(Weir.helpMessage(for: command, columns: 100))
    }

    private func print(_ help: String) throws {
        try standardOutput(help.hasSuffix("\n") ? help : help + "\n")
    }
}
