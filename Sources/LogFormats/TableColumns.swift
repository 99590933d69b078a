import ByteParsing
import EventLogs
import Instants

/// What options and map files say of the columns of a table, whatever its format.
enum TableColumns {
    /// The zone of times without an offset, or `nil` where none was chosen.
    static func zone(_ options: ReadOptions, file: String) throws -> TimeZoneChoice? {
        if let zone = options.zone { return zone }
        guard let name = options.mapping?.timezone else { return nil }
        do {
            return try TimeZoneChoice(parsing: name)
        } catch {
            throw InputError(file: file, .unknownTimeZone(name, suggestion: error.suggestion))
        }
    }

    /// How times are written, where the map says it.
    static func timeFormat(_ options: ReadOptions, file: String) throws -> TimeFormat? {
        guard let format = options.mapping?.format else { return nil }
        do {
            return try TimeFormat(named: format)
        } catch {
            throw InputError(file: file, .badTimeFormat(error))
        }
    }

    /// The columns whose values, joined by `+`, are the activity.
    static func activity(_ names: [String], _ roles: [ColumnRole: Int], classifier: String?, file: String) throws -> [Int] {
        guard let classifier else { return roles[.activity].map { [$0] } ?? [] }
        if names.contains(classifier) { return [try ColumnRecognition.column(named: classifier, in: names, file: file)] }
        return try classifier.split(separator: "+", omittingEmptySubsequences: false).map { part in
            let key = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            let standard = HeaderDictionary.standardKeys.first { $0.value == key }?.key
            if let standard, !names.contains(key), let column = roles[standard] { return column }
            return try ColumnRecognition.column(named: key, in: names, file: file)
        }
    }

    /// The names that the standard columns have in the table.
    static func sourceNames(_ names: [String], _ roles: [ColumnRole: Int]) -> EventColumns.SourceNames {
        var source = EventColumns.SourceNames()
        func name(_ role: ColumnRole, _ path: WritableKeyPath<EventColumns.SourceNames, String>) {
            if let column = roles[role] { source[keyPath: path] = names[column] }
        }
        name(.caseID, \.caseName)
        name(.activity, \.activity)
        name(.timestamp, \.timestamp)
        name(.start, \.start)
        name(.lifecycle, \.lifecycle)
        name(.resource, \.resource)
        name(.role, \.role)
        name(.department, \.department)
        return source
    }
}
