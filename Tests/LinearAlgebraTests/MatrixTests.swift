import LinearAlgebra
import Testing

@Suite struct MatrixTests {
    @Test func layoutIsByColumns() {
        var matrix = Matrix([[1, 2, 3], [4, 5, 6]])
        #expect(matrix.elements == [1, 4, 2, 5, 3, 6])
        #expect(matrix.row(1) == [4, 5, 6])
        #expect(matrix.column(2) == [3, 6])
        #expect(matrix.transposed() == Matrix([[1, 4], [2, 5], [3, 6]]))
        matrix[0, 2] = -1
        #expect(matrix == Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, -1, 6]))
        #expect(Matrix([[Double]]()).isSquare)
        #expect(Matrix.diagonal([2, 3]) == Matrix([[2, 0], [0, 3]]))
    }

    @Test(arguments: Reference.sizes, Reference.sizes)
    func productsEqualTheDefinition(m: Int, n: Int) {
        for inner in [0, 1, 5, 64] {
            let a = Reference.matrix(m, inner, 1)
            let b = Reference.matrix(inner, n, 2)
            let expected = Reference.product(a, b)
            #expect(Reference.distance(a * b, expected) < 1e-10)
            #expect(Reference.distance(Matrix.product(a.transposed(), transposed: true, b, transposed: false), expected) < 1e-10)
            #expect(Reference.distance(Matrix.product(a, transposed: false, b.transposed(), transposed: true), expected) < 1e-10)
            #expect(
                Reference.distance(Matrix.product(a.transposed(), transposed: true, b.transposed(), transposed: true), expected) < 1e-10)
        }
        let a = Reference.matrix(m, n, 3)
        let x = Reference.vector(n)
        let y = Reference.vector(m)
        #expect(Reference.distance(a * x, Reference.product(a, Matrix(column: x)).elements) < 1e-10)
        #expect(Reference.distance(a.transposedTimes(y), Reference.product(Reference.transpose(a), Matrix(column: y)).elements) < 1e-10)
        let gram = a.gram()
        #expect(gram == gram.transposed())
        #expect(Reference.distance(gram, Reference.product(Reference.transpose(a), a)) < 1e-10)
        #expect(a.transposed() == Reference.transpose(a))
        #expect(a + a == a.scaled(by: 2))
        #expect(a - a == Matrix(rows: m, columns: n))
        #expect(Matrix.identity(m) * a == a)
    }
}
