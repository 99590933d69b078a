import EventLogs
package import Performance
package import ProcessModels
package import Redesign
package import Reports
import Statistics

/// Draws the process map of a log.
package enum DrawProcess {
    /// What of the graph is drawn.
    ///
    /// - Parameters:
    ///   - activities: the share of activities to show; `nil` for all.
    ///   - paths: the share of paths to show; `nil` for four fifths, fewer where nobody could follow so many by eye.
    package static func shown(_ graph: DirectlyFollowsGraph, activities: Double?, paths: Double?) -> AbstractedGraph {
        let limit = paths == nil ? ProcessMap.pathLimit : Int.max
        return ProcessMap.abstracted(graph, activities: activities ?? 1, paths: paths ?? 0.8, limit: limit)
    }

    /// The picture as an SVG file of its own.
    ///
    /// - Parameters:
    ///   - shown: what of the graph is drawn.
    ///   - measured: the times of its activities.
    ///   - title: the picture's name.
    /// - Throws: `Graphviz.Failure` where there is no layout.
    package static func svg(
        _ shown: AbstractedGraph, times measured: [ActivityTimes], title: String, language: Language
    ) throws -> String {
        var times: [String: ProcessMap.ActivityTime] = [:]
        for activity in measured {
            let total = activity.service.map { $0.meanS * Double($0.n) }
            times[activity.name] = ProcessMap.ActivityTime(medianS: activity.service?.medianS, totalS: total)
        }
        let map = ProcessMap(shown, measure: .count, times: times)
        let frame = PictureFrame(id: "map", title: title, description: map.caption(language), language: language)
        return try map.picture(frame).file
    }

    /// A BPMN model with a new drawing, by Graphviz where it is there.
    package static func laidOut(_ model: BPMNModel) -> BPMNModel { BPMNGraphvizLayout().laidOut(model) }

    /// The drawing of a BPMN model as an SVG file of its own, with how often each task was done in a log.
    package static func svg(_ model: BPMNModel, of basis: MiningBasis, title: String, language: Language) -> String {
        let picture = BPMNPicture(model, figures: ModelFigures.figures(of: basis.instances, in: model))
        let frame = PictureFrame(id: "model", title: title, description: picture.words(language), language: language)
        return picture.picture(frame).file
    }

    /// The drawing of a flow that a plan changed, laid out, as an SVG file of its own, with what is different marked.
    package static func svg(_ flow: RedesignedFlow, by plan: RedesignPlan, title: String, language: Language) -> String {
        let picture = BPMNPicture(laidOut(flow.model), changes: PlanText(language).changes(of: flow, by: plan))
        let frame = PictureFrame(id: "model", title: title, description: picture.words(language), language: language)
        return picture.picture(frame).file
    }
}
