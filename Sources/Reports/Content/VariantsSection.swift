import EventLogs
import ProcessModels

extension ReportBuilder {
    /// The commonest variants and how much they cover together.
    struct VariantCoverage {
        /// How many variants.
        var first: Int
        /// The share of the cases that follow one of them.
        var share: Double
    }

    /// The fewest variants that cover 80 % of the cases, or the ten commonest where that takes more.
    func coverage(_ table: VariantTable) -> VariantCoverage? {
        guard table.cases > 0, !table.variants.isEmpty else { return nil }
        var covered = 0
        for (index, variant) in table.variants.prefix(10).enumerated() {
            covered += variant.count
            if covered * 5 >= table.cases * 4 || index == min(10, table.variants.count) - 1 {
                return VariantCoverage(first: index + 1, share: Double(covered) / Double(table.cases))
            }
        }
        return nil
    }

    /// Which ways the cases go.
    var variantsSection: ReportDocument.Section? {
        let table = input.before.variants
        guard let coverage = coverage(table), let commonest = table.variants.first else { return nil }
        let isEachItsOwn = table.total == table.cases && table.cases > 1
        let log = input.before.log
        let ranks = VariantIndex(of: log).rank
        let covered = ranks.indices.filter { ranks[$0] <= UInt32(coverage.first) }
        let caption = words.variantsCaption(shown: min(10, table.variants.count), total: table.total)
        let figure = ReportDocument.Figure(
            svg: pictures.variants(table, caption, id: "variants"), caption: caption, data: [variantsTable(table)])
        return ReportDocument.Section(
            id: "variants", topic: words.variantsTopic,
            heading: isEachItsOwn
                ? words.allDifferentFinding(table.cases)
                : words.variantFinding(coverage.first, of: table.total, share: coverage.share),
            blocks: [
                .figure(figure),
                .paragraph(
                    words.variantReading(steps: commonest.activities.count, median: commonest.medianS, share: commonest.share)),
                .figure(strips(table)),
                .cases(.init(slowest: slowest(covered, of: log), filter: "variant <= \(coverage.first)")),
            ])
    }

    /// The five commonest variants, step by step.
    private func strips(_ table: VariantTable) -> ReportDocument.Figure {
        let reference = table.variants.first?.activities
        let strips = table.variants.prefix(5).enumerated().map { index, variant in
            let line = words.stripLine(index + 1, cases: variant.count, share: variant.share, median: variant.medianS)
            let strip = pictures.strip(
                variant.activities, reference: index == 0 ? nil : reference, Prose(line), id: "variant-\(index + 1)")
            return "<p class=\"strip\">\(InertText.html(line))</p>\n\(strip)"
        }
        return ReportDocument.Figure(svg: strips.joined(), caption: words.stripsCaption, data: [])
    }

    private func variantsTable(_ table: VariantTable) -> Table {
        var covered = 0
        let limit = 50
        let rows = table.variants.prefix(limit).enumerated().map { index, variant -> [Table.Cell] in
            covered += variant.count
            let coverage = table.cases == 0 ? nil : Double(covered) / Double(table.cases)
            return [
                .count(index + 1), .path(Self.shortened(variant.activities)), .count(variant.activities.count), .count(variant.count),
                .share(variant.share), .share(coverage), .seconds(variant.medianS), .seconds(variant.meanS),
            ]
        }
        return Table(
            words.variantsTable,
            columns: [
                .init(words.rankHead, key: "rank"), .init(words.variant, key: "activities", .left), .init(words.stepsHead, key: "steps"),
                .init(words.casesHead, key: "count"), .init(words.shareHead, key: "share"), .init(words.coverageHead, key: "coverage"),
                .init(words.median, key: "median_s"), .init(words.mean, key: "mean_s"),
            ], rows: rows, omitted: max(0, table.total - rows.count))
    }

    /// At most 30 activities: the first and last of longer variants.
    private static func shortened(_ activities: [String]) -> [String] {
        activities.count <= 30 ? activities : Array(activities.prefix(20)) + ["… \(activities.count - 28) …"] + Array(activities.suffix(8))
    }
}
