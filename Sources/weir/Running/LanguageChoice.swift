import Reports

/// The language to speak, told before the command line is understood, so that even its errors are in it.
enum LanguageChoice {
    /// What `--lang` says (the last one counts), else the environment's `LC_ALL` or, where that is empty, `LANG`.
    static func language(arguments: [String], environment: [String: String]) -> Language {
        var asked: Language?
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument == "--lang", index + 1 < arguments.count {
                asked = Language(rawValue: arguments[index + 1]) ?? asked
            } else if argument.hasPrefix("--lang=") {
                asked = Language(rawValue: String(argument.dropFirst("--lang=".count))) ?? asked
            }
        }
        return asked ?? ofLocale(environment)
    }

    /// Chinese where the locale's name begins with `zh`, else English.
    static func ofLocale(_ environment: [String: String]) -> Language {
        let names = [environment["LC_ALL"], environment["LANG"]]
        let name = names.compactMap { $0 }.first { !$0.isEmpty } ?? ""
        return name.lowercased().hasPrefix("zh") ? .zh : .en
    }
}
