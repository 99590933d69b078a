private import Instants

extension SyntheticLog {
    /// The header of the written file: all columns, without the line's end.
    package static let csvHeader =
        "case_id,activity,start_time,end_time,resource,role,department,amount,vendor,plant,material_group"

    /// The log as CSV (RFC 4180 with LF line ends, UTF-8, one header line): no field needs quotes.
    ///
    /// - Parameter write: takes the next bytes, about a megabyte at a time; they are valid only during the call.
    package func writeCSV(to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        var text = CSVText(activities: activities, resources: resources, offset: offset)
        text.append(Self.csvHeader)
        text.append("\n")
        for index in 0..<caseCount {
            text.beginCase(
                id: caseID(index), amountCents: caseAmountCents[index], vendor: vendors[Int(caseVendor[index])],
                plant: plants[Int(casePlant[index])], materialGroup: materialGroups[Int(caseMaterialGroup[index])])
            for row in caseRows[index]..<caseRows[index + 1] {
                text.appendRow(
                    activity: Int(rowActivity[row]), start: rowStart[row], end: rowEnd[row], resource: Int(rowResource[row]))
            }
            if text.bytes.count > 1 << 20 {
                try text.bytes.withUnsafeBytes(write)
                text.bytes.removeAll(keepingCapacity: true)
            }
        }
        if !text.bytes.isEmpty { try text.bytes.withUnsafeBytes(write) }
    }

    /// The bytes that ``writeCSV(to:)`` writes, in one piece.
    package func csv() -> [UInt8] {
        var all: [UInt8] = []
        writeCSV { all.append(contentsOf: $0) }
        return all
    }
}

/// Rows of text under construction: everything that repeats is written out once.
private struct CSVText {
    var bytes: [UInt8] = []
    private let activities: [[UInt8]]
    private let resources: [[UInt8]]
    private let offsetText: [UInt8]
    private let offset: Int64
    private var caseStart: [UInt8] = []
    private var caseEnd: [UInt8] = []
    /// The day last written, in days since 1970-01-01 at the offset, and its text with the `T` behind it.
    private var day = Int64.min
    private var dayText: [UInt8] = []

    init(activities: [String], resources: [SyntheticLog.Resource], offset: Int) {
        self.activities = activities.map { Self.field($0) + [UInt8(ascii: ",")] }
        self.resources = resources.map {
            [UInt8(ascii: ",")] + Self.field($0.name) + [UInt8(ascii: ",")] + Self.field($0.role) + [UInt8(ascii: ",")]
                + Self.field($0.department)
        }
        self.offset = Int64(offset)
        offsetText = Array(Instant.offsetText(offset).utf8)
        bytes.reserveCapacity((1 << 20) + (1 << 16))
    }

    /// The bytes of a name that needs no quotes; the generators use no other.
    private static func field(_ name: String) -> [UInt8] {
        precondition(!name.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }, "a name needs no quotes")
        return Array(name.utf8)
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func beginCase(id: String, amountCents: Int64, vendor: String, plant: String, materialGroup: String) {
        caseStart.removeAll(keepingCapacity: true)
        caseStart.append(contentsOf: id.utf8)
        caseStart.append(UInt8(ascii: ","))
        let cents = amountCents % 100
        caseEnd.removeAll(keepingCapacity: true)
        caseEnd.append(contentsOf: ",\(amountCents / 100).\(cents / 10)\(cents % 10),\(vendor),\(plant),\(materialGroup)\n".utf8)
    }

    mutating func appendRow(activity: Int, start: Int64, end: Int64, resource: Int) {
        bytes.append(contentsOf: caseStart)
        bytes.append(contentsOf: activities[activity])
        append(instant: start)
        bytes.append(UInt8(ascii: ","))
        append(instant: end)
        bytes.append(contentsOf: resources[resource])
        bytes.append(contentsOf: caseEnd)
    }

    private mutating func append(instant: Int64) {
        let local = instant / Microseconds.second + offset
        let localDay = local.flooredQuotient(by: 86_400)
        if localDay != day {
            day = localDay
            dayText = Array((CivilDate(daysSinceEpoch: Int(localDay)).iso8601 + "T").utf8)
        }
        let second = Int(local - localDay * 86_400)
        bytes.append(contentsOf: dayText)
        append(twoDigits: second / 3_600)
        bytes.append(UInt8(ascii: ":"))
        append(twoDigits: second / 60 % 60)
        bytes.append(UInt8(ascii: ":"))
        append(twoDigits: second % 60)
        bytes.append(contentsOf: offsetText)
    }

    private mutating func append(twoDigits number: Int) {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
