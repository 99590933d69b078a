/// Results of checks in the XML that CI servers read (the form of Apache Ant's JUnit task, as Jenkins and GitLab describe it).
///
/// Nothing in it depends on the clock or the machine. Text from outside is escaped; characters that XML cannot hold are replaced.
package struct JUnitReport: Sendable, Equatable {
    /// One check.
    package struct Case: Sendable, Equatable {
        /// How it ended.
        package enum Outcome: Sendable, Equatable {
            /// It held.
            case passed
            /// It did not hold: a failure of that kind.
            case failed(kind: String, message: String)
            /// It could not be judged: an error of that kind.
            case error(kind: String, message: String)
        }

        /// What was checked.
        package var name: String
        /// How it ended.
        package var outcome: Outcome
        /// What was said about it, whatever the outcome.
        package var output: String

        /// A check.
        package init(name: String, outcome: Outcome, output: String) {
            self.name = name
            self.outcome = outcome
            self.output = output
        }
    }

    /// What the checks are of.
    package var suite: String
    /// What was checked: CI servers group by it.
    package var subject: String
    /// The checks.
    package var cases: [Case]

    /// A report.
    package init(suite: String, subject: String, cases: [Case]) {
        self.suite = suite
        self.subject = subject
        self.cases = cases
    }

    /// The XML text, ending with a newline.
    package var xml: String {
        var failures = 0
        var errors = 0
        for one in cases {
            switch one.outcome {
            case .passed: break
            case .failed: failures += 1
            case .error: errors += 1
            }
        }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"0\""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
        text += "  <testsuite name=\"\(Self.escaped(suite))\" \(counts)>\n"
        for one in cases {
            text += "    <testcase classname=\"\(Self.escaped(subject))\" name=\"\(Self.escaped(one.name))\">\n"
            switch one.outcome {
            case .passed: break
            case .failed(let kind, let message): text += Self.element("failure", kind, message)
            case .error(let kind, let message): text += Self.element("error", kind, message)
            }
            text += "      <system-out>\(Self.escaped(one.output))</system-out>\n    </testcase>\n"
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    private static func element(_ name: String, _ kind: String, _ message: String) -> String {
        "      <\(name) type=\"\(escaped(kind))\" message=\"\(escaped(message))\">\(escaped(message))</\(name)>\n"
    }

    private static func escaped(_ text: String) -> String {
        // XML 1.0 has no characters for these two.
        InertText.html(text.replacing("\u{FFFE}", with: "\u{FFFD}").replacing("\u{FFFF}", with: "\u{FFFD}"))
    }
}
