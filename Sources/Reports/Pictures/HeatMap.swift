import Foundation

/// Who with whom: amounts in cells, coloured on a logarithmic scale, with numbers in the cells up to 12 × 12.
package struct HeatMap: Sendable {
    /// Names of the rows.
    package var rows: [String]
    /// Names of the columns.
    package var columns: [String]
    /// The amounts, row by row; nil and 0 leave a cell empty.
    package var values: [[Double?]]
    /// What the rows are.
    package var rowTitle: String
    /// What the columns are.
    package var columnTitle: String
    /// Writes an amount shortly.
    package var form: @Sendable (Double) -> String

    /// A heat map of these amounts.
    ///
    /// - Precondition: `values` has a row for each of `rows` with a place for each of `columns`.
    package init(
        rows: [String], columns: [String], values: [[Double?]], rowTitle: String, columnTitle: String,
        form: @escaping @Sendable (Double) -> String
    ) {
        precondition(values.count == rows.count && values.allSatisfy { $0.count == columns.count }, "one amount for each cell")
        self.rows = rows
        self.columns = columns
        self.values = values
        self.rowTitle = rowTitle
        self.columnTitle = columnTitle
        self.form = form
    }

    /// The picture; wider than the frame where the cells need it, then it keeps its size and scrolls.
    package func picture(_ frame: PictureFrame) -> Picture {
        let amounts = values.joined().compactMap { $0 }.filter { $0.isFinite && $0 > 0 }
        guard let least = amounts.min(), let greatest = amounts.max() else { return .empty(frame) }
        let hasNumbers = rows.count <= 12 && columns.count <= 12
        let words = amounts.map { form($0) }
        let cellLeast = hasNumbers ? max((words.map { TextWidth.of($0) }.max() ?? 0) + 10, 34) : 16
        let nameWidth = min((rows.map { TextWidth.of($0) }.max() ?? 0) + 10, frame.isNarrow ? 110 : 190)
        let cell = min(max(cellLeast, (frame.width - nameWidth) / Double(columns.count)), 96)
        let width = nameWidth + cell * Double(columns.count)
        let isUpright = columns.contains { TextWidth.of($0) > cell - 6 }
        let headRoom = isUpright ? min((columns.map { TextWidth.of($0) }.max() ?? 0) + 4, 120) : 14
        let cellHeight = hasNumbers ? 28.0 : 16

        var svg = SVG()
        svg.text(rowTitle + " ↓   " + columnTitle + " →", 0, 12, ink: .muted, room: max(width, frame.width))
        let top = 26 + headRoom
        for (column, name) in columns.enumerated() {
            let x = nameWidth + (Double(column) + 0.5) * cell
            if isUpright {
                svg.textUpwards(name, x + 4, top - 4, room: headRoom)
            } else {
                svg.text(name, x, top - 5, .middle, room: cell - 4)
            }
        }
        for (row, name) in rows.enumerated() {
            let y = top + Double(row) * cellHeight
            svg.text(name, nameWidth - 6, y + cellHeight / 2 + 4, .end, room: nameWidth - 8)
            for column in columns.indices {
                guard let amount = values[row][column], amount.isFinite, amount > 0 else { continue }
                let share = greatest > least ? log(amount / least) / log(greatest / least) : 1
                let step = Ink.step(share)
                let x = nameWidth + Double(column) * cell
                let text = form(amount)
                svg.rect(x + 1, y + 1, cell - 2, cellHeight - 2, fill: .ramp(step), tip: name + " → " + columns[column] + ": " + text)
                if hasNumbers { svg.text(text, x + cell / 2, y + cellHeight / 2 + 4, .middle, ink: Ink.onRamp(step), room: cell - 2) }
            }
        }
        let bottom = top + Double(rows.count) * cellHeight
        svg.rect(nameWidth, top, cell * Double(columns.count), bottom - top, stroke: .grid)
        var end = bottom + 8
        if !hasNumbers { end = scaleBar(&svg, least, greatest, nameWidth, end) }
        return Picture(frame, width: max(width + 1, frame.width), height: end, keepsSize: width + 1 > frame.width, svg)
    }

    private func scaleBar(_ svg: inout SVG, _ least: Double, _ greatest: Double, _ left: Double, _ y: Double) -> Double {
        let low = form(least)
        let x = left + TextWidth.of(low) + 6
        svg.text(low, left, y + 14, ink: .muted)
        for step in 0..<Ink.rampSteps { svg.rect(x + Double(step) * 14, y + 4, 14, 12, fill: .ramp(step)) }
        svg.text(form(greatest), x + Double(Ink.rampSteps) * 14 + 6, y + 14, ink: .muted)
        return y + 24
    }
}
