import ArgumentParser
import EventLogs
import Foundation
import Instants
import LogFormats
import Reports

/// How a file is understood when it is read: the flags of every verb that reads one.
struct FileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the activity is: a classifier of the XES log, or KEY+KEY. (default: concept:name)", valueName: "name"))
    var classifier: String?

    @Option(help: ArgumentHelp("Which columns are case, activity, timestamp, …: a YAML file.", valueName: "file"))
    var map: String?

    @Option(help: ArgumentHelp("Text encoding of the log, where it does not say.", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("What separates columns of a CSV: a character, or tab.", valueName: "char"))
    var delimiter: String?

    @Option(help: ArgumentHelp("Sheet of an Excel workbook: its name, or its number from 1. (default: the first)", valueName: "name|n"))
    var sheet: String?

    @Option(
        help: ArgumentHelp(
            "How far a packed file may swell, such as 8GB, where it swells as no log does. (default: 128MB, a workbook 64MB)",
            valueName: "size"))
    var unpackLimit: ByteSize?

    @Option(
        help: ArgumentHelp("Clock of times without an offset: Asia/Shanghai, +08:00, … (default: UTC)", valueName: "zone"))
    var timezone: String?

    /// Which files these options read besides the log, so that none is overwritten.
    var files: [String] { [map].compactMap { $0 } }

    /// How files are read, as these options say.
    func readOptions(counting: InstanceCounting = .instances, threads: Int) throws -> ReadOptions {
        var options = ReadOptions()
        options.mapping = try map.map { file in try ColumnMapping(yaml: LogOptions.text(of: file), fileName: LogOptions.name(file)) }
        options.encoding = encoding
        options.delimiter = try delimiterByte()
        options.sheet = sheet
        options.unpackLimit = unpackLimit?.bytes
        options.zone = try zone()
        options.classifier = classifier
        options.counting = counting
        options.threads = threads
        return options
    }

    /// The clock of times without an offset, or `nil` where none was chosen.
    func zone() throws -> TimeZoneChoice? {
        try timezone.map { try TimeZoneChoice(parsing: $0) }
    }

    /// The byte between columns, or `nil` where nothing was said.
    func delimiterByte() throws(Failure) -> UInt8? {
        guard let delimiter else { return nil }
        if let byte = ColumnMapping.delimiterByte(delimiter) { return byte }
        throw Failure(
            .usage, Phrase("“\(delimiter)” cannot separate columns", "“\(delimiter)”不能用作列分隔符"),
            advice: Phrase("give one character such as ; or the word tab", "请给出一个字符（如 ;）或单词 tab"))
    }
}
