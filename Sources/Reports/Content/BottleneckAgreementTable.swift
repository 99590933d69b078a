package import Performance

/// The table of where the ways to tell a bottleneck agree.
package enum BottleneckAgreementTable {
    /// A row for each place.
    package static func table(_ places: [BottleneckAgreement.Place], omitted: Int, _ language: Language) -> Table {
        let words = Words(language)
        return Table(
            words.agreementTable,
            columns: [
                .init("", key: "place", .left), .init(words.kindHead, key: "kind", .left), .init(words.totalHead, key: "total_s"),
                .init(words.shareHead, key: "share_of_cycle_time"), .init(words.lessWorkHead, key: "duration_score_s"),
                .init(words.lessWaitingHead, key: "waiting_score_s"), .init(words.routingHead, key: "routing_s"),
                .init(words.costHead, key: "cost"), .init(words.effectHead, key: "effect_s"),
                .init(words.effectIntervalHead, key: "effect_ci95", isInterval: true), .init(words.namedByHead, key: "views", .left),
            ],
            rows: places.map { place in
                let names = place.activity.map { [$0] } ?? [place.source ?? "", place.target ?? ""]
                return [
                    .path(names), .words(words.kind(isEdge: place.kind == .edge)), .seconds(place.totalS), .share(place.shareOfCycleTime),
                    .seconds(place.durationScoreS), .seconds(place.waitingScoreS), .seconds(place.routingS), .number(place.cost),
                    .seconds(place.effectS), .interval(place.effectCi95, .seconds),
                    .words(place.views.map { words.view($0) }.joined(separator: words.listComma)),
                ]
            }, omitted: omitted)
    }
}
