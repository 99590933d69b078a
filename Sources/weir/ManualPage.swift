import ArgumentParser
import Workbench

/// The manual page, in the language of man(7), made from the help of every verb.
enum ManualPage {
    /// The page.
    static var text: String {
        var page = ".TH WEIR 1 \"\" \"weir \(ToolVersion.current)\" \"User Commands\"\n"
        page += ".SH NAME\nweir \\- process mining on the command line\n"
        page += ".SH SYNOPSIS\n.B weir\n.I VERB\n.RI [ OPTIONS ]\n"
        page += ".SH DESCRIPTION\n" + verbatim(Weir.helpMessage(columns: 76))
        for command in Weir.configuration.subcommands {
            let name = Weir.name(of: command)
            page += ".SH WEIR " + escaped(name.uppercased()) + "\n" + verbatim(Weir.helpMessage(for: command, columns: 76))
        }
        page += """
            .SH EXIT STATUS
            .nf
            0    done
            1    a gate is not kept
            2    the evidence does not suffice
            3    the data do not bear the answer; --accept RULE goes on all the same
            64   the command line is wrong
            65   bad data
            66   no such input
            69   a required program is missing
            70   a mistake of this program
            73   the output cannot be written
            74   reading or writing failed
            130  interrupted
            .fi
            .SH ENVIRONMENT
            .TP
            .BR LC_ALL ", " LANG
            The language where
            .B \\-\\-lang
            does not say: zh* is Chinese, all else English.
            .TP
            .B NO_COLOR
            No colour, also on a terminal.
            .TP
            .B WEIR_LOG
            trace, debug, info: what the tool does, on standard error.

            """
        return page
    }

    private static func verbatim(_ text: String) -> String {
        ".nf\n" + text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "\n")
            + "\n.fi\n"
    }

    /// A line as text: no escape, hyphens that can be copied, no request at its beginning.
    private static func escaped(_ line: String) -> String {
        let text = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}
