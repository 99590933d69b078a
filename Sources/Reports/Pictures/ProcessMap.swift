package import ProcessModels

/// The process map of an abstracted directly-follows graph: activities as boxes from top to bottom, paths as arrows whose width
/// and darkness tell how often they are taken or how much time passes on them.
///
/// The places come from Graphviz, the drawing is our own; both depend on nothing but the graph.
package struct ProcessMap: Sendable {
    /// What the width and darkness of an arrow and the darkness of a box tell.
    package enum Measure: Sendable, Equatable {
        /// How often.
        case count
        /// How much time in all.
        case totalTime
    }

    /// How long an activity takes.
    package struct ActivityTime: Sendable, Equatable {
        /// The median in seconds, written into the box.
        package var medianS: Double?
        /// The sum in seconds, for ``Measure/totalTime``.
        package var totalS: Double?

        /// A time of an activity.
        package init(medianS: Double?, totalS: Double? = nil) {
            self.medianS = medianS
            self.totalS = totalS
        }
    }

    /// How many paths a drawing has at most by default: above it, arrows can no longer be followed by eye.
    package static let pathLimit = 120

    /// What is drawn.
    package var abstracted: AbstractedGraph
    /// What width and darkness tell.
    package var measure: Measure
    /// The times of activities by name.
    package var times: [String: ActivityTime]

    /// A map of a graph.
    package init(_ abstracted: AbstractedGraph, measure: Measure = .count, times: [String: ActivityTime] = [:]) {
        self.abstracted = abstracted
        self.measure = measure
        self.times = times
    }

    /// The graph abstracted to the wanted shares or, where that leaves more than `limit` paths, to smaller ones.
    ///
    /// The share of paths is lowered in steps of a fifth; once that no longer helps, because the remaining paths are those that
    /// connect the activities, the share of activities is lowered in the same way. The result says what is shown.
    package static func abstracted(
        _ graph: DirectlyFollowsGraph, activities: Double, paths: Double, limit: Int = pathLimit
    ) -> AbstractedGraph {
        var activities = activities
        var paths = paths
        var result = graph.abstracted(activities: activities, paths: paths)
        while result.keptEdges > limit {
            if paths > 0.001 {
                paths = paths > 0.002 ? paths * 0.8 : 0
            } else if activities > 0.001 {
                activities *= 0.8
            } else {
                break
            }
            result = graph.abstracted(activities: activities, paths: paths)
        }
        return result
    }

    /// What the numbers, widths and darkness mean and what is hidden, in one language: for the caption.
    package func caption(_ language: Language) -> String {
        let humane = Humane(language)
        let shown = abstracted
        let hiddenPaths = shown.allEdges - shown.keptEdges
        let hiddenActivities = shown.allActivities - shown.keptActivities
        switch language {
        case .en:
            let meaning =
                measure == .count
                ? "Width and darkness of an arrow: how often it is taken. On the arrows: how often, and the median time between."
                : "Width and darkness of an arrow: total time on it. On the arrows: total time, and the median time between."
            let boxes = times.isEmpty ? " In the boxes: how often." : " In the boxes: how often, and the median time."
            let rest =
                hiddenPaths == 0 && hiddenActivities == 0
                ? " Nothing is hidden."
                : " Hidden: \(humane.count(hiddenActivities)) of \(humane.count(shown.allActivities)) activities, "
                    + "\(humane.count(hiddenPaths)) of \(humane.count(shown.allEdges)) paths; "
                    + "the map shows \(humane.share(shown.keptEventShare)) of the activity instances and "
                    + "\(humane.share(shown.keptPathShare)) of the steps."
            return meaning + boxes + rest
        case .zh:
            let meaning = measure == .count ? "箭头的粗细和深浅表示次数；箭头上是次数和间隔时间的中位数。" : "箭头的粗细和深浅表示总时间；箭头上是总时间和间隔时间的中位数。"
            let boxes = times.isEmpty ? "框内是次数。" : "框内是次数和时间的中位数。"
            let rest =
                hiddenPaths == 0 && hiddenActivities == 0
                ? "没有隐藏任何内容。"
                : "已隐藏 \(humane.count(shown.allActivities)) 个活动中的 \(humane.count(hiddenActivities)) 个、"
                    + "\(humane.count(shown.allEdges)) 条路径中的 \(humane.count(hiddenPaths)) 条；"
                    + "图中包含 \(humane.share(shown.keptEventShare)) 的活动实例和 \(humane.share(shown.keptPathShare)) 的步骤。"
            return meaning + boxes + rest
        }
    }

    /// The picture in its own size: it scrolls in its box rather than shrink until nobody can read it.
    ///
    /// - Throws: ``Graphviz/Failure`` where there is no layout.
    package func picture(_ frame: PictureFrame, graphviz: Graphviz = Graphviz()) throws(Graphviz.Failure) -> Picture {
        guard !abstracted.graph.activities.isEmpty else { return .empty(frame) }
        let parts = ProcessMapParts(self, frame)
        let layout = try MapLayout(parts.nodes.map(\.box), parts.arrows.map(\.edge), with: graphviz)
        return ProcessMapDrawing(parts, layout).picture(frame)
    }
}
