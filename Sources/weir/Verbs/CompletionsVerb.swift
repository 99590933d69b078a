import ArgumentParser

/// The shells for which completions can be made.
enum ShellName: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish
}

/// `weir completions`
struct CompletionsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print a script that completes verbs and options in a shell.",
        discussion: """
            EXAMPLES
              weir completions bash > ~/.local/share/bash-completion/completions/weir
              weir completions zsh > ~/.zfunc/_weir
              weir completions fish > ~/.config/fish/completions/weir.fish
            """)

    @Argument(help: "The shell: bash, zsh or fish.")
    var shell: ShellName

    @OptionGroup var common: CommonOptions

    func run(in session: Session) throws {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        let script = Weir.completionScript(for: kind)
        try standardOutput(script.hasSuffix("\n") ? script : script + "\n")
    }
}
