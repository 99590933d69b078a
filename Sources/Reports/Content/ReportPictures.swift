import Performance
import ProcessModels

/// The pictures of a report, as HTML that holds `svg` elements.
struct ReportPictures {
    let language: Language

    init(_ language: Language) {
        self.language = language
    }

    func map(_ shown: AbstractedGraph, id: String) -> String? { nil }
    func cycleTimes(_ times: [Int64], id: String) -> String { "" }
    func variants(_ table: VariantTable, id: String) -> String { "" }
    func bottlenecks(_ bottlenecks: [Bottleneck], id: String) -> String { "" }
    func rework(_ rework: Rework, id: String) -> String { "" }
    func workload(_ series: [Workload.Series], _ workload: Workload, name: (String) -> String, id: String) -> String { "" }
    func progress(_ workload: Workload, id: String) -> String { "" }
    func miniShare(_ share: Double) -> String { "" }
}
