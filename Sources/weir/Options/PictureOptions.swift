import ArgumentParser

/// How much of a process a picture shows.
struct PictureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Share of the activities that the picture shows, the most frequent first. (default: 1.0)", valueName: "share"))
    var activities: Double?

    @Option(help: ArgumentHelp("Share of the paths that the picture shows, the most frequent first. (default: 0.8)", valueName: "share"))
    var paths: Double?

    /// Refuses what is no share.
    func check() throws(Failure) {
        for (name, value) in [("--activities", activities), ("--paths", paths)] {
            guard let value, !(value >= 0 && value <= 1) else { continue }
            throw Failure(
                .usage, Phrase("“\(value)” cannot be the value of “\(name)”", "“\(value)”不能用作“\(name)”的取值"),
                advice: Phrase("give a share from 0 to 1", "请用 0 到 1 之间的数"))
        }
    }

    /// Whether either was given, so that tables and JSON are reduced as well.
    var isGiven: Bool { activities != nil || paths != nil }

    /// The share of activities to show.
    var activityShare: Double { activities ?? 1 }

    /// The share of paths to show.
    var pathShare: Double { paths ?? 0.8 }
}
