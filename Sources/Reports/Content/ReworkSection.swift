import EventLogs
import Performance

extension ReportBuilder {
    /// What is done more than once.
    var reworkSection: ReportDocument.Section {
        let rework = input.before.rework
        guard let share = rework.share, let worst = rework.activities.first else {
            return ReportDocument.Section(id: "rework", topic: words.rework, heading: words.noReworkHeading, blocks: [])
        }
        let instances = input.before.log.instanceCount
        // The cases that the share is of: all, or the finished ones.
        let countedCases = share > 0 ? Int((Double(rework.cases) / share).rounded()) : 0
        var blocks: [ReportDocument.Block] = [
            .figure(
                ReportDocument.Figure(
                    svg: pictures.rework(rework, cases: countedCases, words.reworkCaption, id: "rework"), caption: words.reworkCaption,
                    data: [reworkTable(rework)])
            ),
            .paragraph(
                words.reworkReading(
                    extra: rework.extraInstances, activities: rework.activities.count,
                    share: instances == 0 ? 0 : Double(rework.extraInstances) / Double(instances))),
        ]
        for activity in rework.activities.prefix(10) {
            var inside: [ReportDocument.Block] = []
            if let with = activity.medianWithS, let without = activity.medianWithoutS {
                inside.append(
                    .paragraph(
                        words.reworkDifference(with: with, without: without, nWith: activity.nWith, nWithout: activity.nWithout)))
            }
            inside.append(.cases(.init(slowest: activity.slowest, filter: activity.filter)))
            blocks.append(.details(title: words.reworkTitle(activity.name, cases: activity.cases), blocks: inside))
        }
        return ReportDocument.Section(
            id: "rework", topic: words.rework, heading: words.reworkHeading(share: share, activity: worst.name), blocks: blocks)
    }

    private func reworkTable(_ rework: Rework) -> Table {
        Table(
            words.reworkTable,
            columns: [
                .init(words.activity, key: "name", .left), .init(words.casesHead, key: "cases"),
                .init(words.extraHead, key: "extra_instances"), .init(words.withHead, key: "median_with_s"),
                .init(words.withoutHead, key: "median_without_s"), .init(words.longerHead, key: "median_extra_s"),
                .init(words.filterHead, key: "filter", .left),
            ],
            rows: rework.activities.prefix(Self.rowLimit).map { activity in
                [
                    .name(activity.name), .count(activity.cases), .count(activity.extraInstances), .seconds(activity.medianWithS),
                    .seconds(activity.medianWithoutS), .seconds(activity.medianExtraS), .code(activity.filter),
                ]
            }, omitted: max(0, rework.activities.count - Self.rowLimit))
    }
}
