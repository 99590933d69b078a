/// How a model is drawn (BPMN 2.0 diagram interchange): where its elements stand, which way its lines go, where the words are.
///
/// Lengths are pixels, y runs downwards. It comes from a file, from ``BPMNLayout``, or from any other layout.
package struct BPMNDiagram: Sendable, Equatable {
    /// A rectangle.
    package struct Box: Sendable, Equatable {
        /// Its left edge.
        package var x: Double
        /// Its upper edge.
        package var y: Double
        /// From its left to its right edge.
        package var width: Double
        /// From its upper to its lower edge.
        package var height: Double

        /// A rectangle.
        package init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }

        /// Its right edge.
        package var right: Double { x + width }
        /// Its lower edge.
        package var bottom: Double { y + height }
        /// The point in its middle.
        package var middle: Point { Point(x: x + width / 2, y: y + height / 2) }
    }

    /// A point.
    package struct Point: Sendable, Hashable {
        /// How far to the right.
        package var x: Double
        /// How far down.
        package var y: Double

        /// A point.
        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Where the words of an element are.
    package struct Label: Sendable, Equatable {
        /// The rectangle they stand in; nil where the file leaves it open.
        package var box: Box?
        /// What else is said of them.
        package var rest = BPMNRest()

        /// Where the words of an element are.
        package init(box: Box?) {
            self.box = box
        }
    }

    /// Where a node, lane, pool, note, … stands.
    package struct Shape: Sendable, Equatable {
        /// Its identifier; nil for none.
        package var id: String?
        /// The element that it shows, as written.
        package var element: String
        /// The rectangle of it.
        package var box: Box
        /// Where its words are; nil where nothing is said.
        package var label: Label?
        /// What else is said of it.
        package var rest = BPMNRest()

        /// Where an element stands.
        package init(id: String?, element: String, box: Box, label: Label? = nil) {
            self.id = id
            self.element = element
            self.box = box
            self.label = label
        }

        /// Of pools and lanes whether they lie; true where nothing is said.
        package var isHorizontal: Bool {
            get { rest.attributes["isHorizontal"] != "false" }
            set { rest.attributes["isHorizontal"] = newValue ? "true" : "false" }
        }

        /// Of nested processes whether what is in them is shown; nil where nothing is said.
        package var isExpanded: Bool? {
            get { rest.attributes["isExpanded"].map { $0 == "true" } }
            set { rest.attributes["isExpanded"] = newValue.map { $0 ? "true" : "false" } }
        }
    }

    /// Which way a line goes.
    package struct Edge: Sendable, Equatable {
        /// Its identifier; nil for none.
        package var id: String?
        /// The element that it shows, as written.
        package var element: String
        /// The points it runs through, from its source to its target.
        package var points: [Point]
        /// Where its words are; nil where nothing is said.
        package var label: Label?
        /// What else is said of it.
        package var rest = BPMNRest()
        /// What is said of each point beyond its place.
        var pointAttributes: [BPMNElement.Attribute] = []

        /// Which way a line goes.
        package init(id: String?, element: String, points: [Point], label: Label? = nil) {
            self.id = id
            self.element = element
            self.points = points
            self.label = label
        }
    }

    /// Its identifier; nil for none.
    package var id: String?
    /// The process or collaboration that it shows, as written; nil where the file does not say.
    package var plane: String?
    /// The identifier of its plane; nil for none.
    package var planeID: String?
    /// Its shapes, in the order of the file: the later lie above the earlier.
    package var shapes: [Shape]
    /// Its lines, in the order of the file.
    package var edges: [Edge]
    /// What else is said of it.
    package var rest = BPMNRest()
    /// What else is said of its plane.
    package var planeRest = BPMNRest()

    /// A drawing of a process or a collaboration.
    package init(id: String?, plane: String?, planeID: String?, shapes: [Shape], edges: [Edge]) {
        self.id = id
        self.plane = plane
        self.planeID = planeID
        self.shapes = shapes
        self.edges = edges
    }

    /// The shape of an element; nil where it is not drawn.
    package func shape(of element: String) -> Shape? {
        shapes.first { $0.element == element } ?? shapes.first { BPMNModel.identifier($0.element) == element }
    }

    /// The line of an element; nil where it is not drawn.
    package func edge(of element: String) -> Edge? {
        edges.first { $0.element == element } ?? edges.first { BPMNModel.identifier($0.element) == element }
    }

    /// The smallest rectangle around everything; nil where nothing is drawn.
    package var bounds: Box? {
        var boxes = shapes.map(\.box)
        boxes += (shapes.compactMap(\.label) + edges.compactMap(\.label)).compactMap(\.box)
        boxes += edges.flatMap(\.points).map { Box(x: $0.x, y: $0.y, width: 0, height: 0) }
        guard let first = boxes.first else { return nil }
        let left = boxes.reduce(first.x) { min($0, $1.x) }
        let top = boxes.reduce(first.y) { min($0, $1.y) }
        return Box(
            x: left, y: top, width: boxes.reduce(first.right) { max($0, $1.right) } - left,
            height: boxes.reduce(first.bottom) { max($0, $1.bottom) } - top)
    }
}
