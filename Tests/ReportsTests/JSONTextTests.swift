import Foundation
import Reports
import Statistics
import Testing

@Suite struct JSONTextTests {
    struct Inner: Encodable {
        var p90S: Double?
        var meanCi95: [Double]?
        var name: String
    }

    struct Outer: Encodable {
        var sha256: String
        var changeRelativeCi95: [Double?]
        var items: [Inner]
        var empty: [String]
        var none: Inner?
        var flag: Bool
        var count: Int
        var table: [String: Int]
        var big: Int64
        var cycleTimeKPI: Double
    }

    @Test func writesKeysInDeclarationOrderAndSnakeCase() throws {
        let outer = Outer(
            sha256: "x", changeRelativeCi95: [-0.44, nil], items: [Inner(p90S: 1.5, meanCi95: nil, name: "a\"b")], empty: [], none: nil,
            flag: true, count: 3, table: ["zB": 1, "aB": 2], big: .min, cycleTimeKPI: 0.1 + 0.2)
        let expected = """
            {
              "sha256": "x",
              "change_relative_ci95": [-0.44, null],
              "items": [
                {
                  "p90_s": 1.5,
                  "mean_ci95": null,
                  "name": "a\\"b"
                }
              ],
              "empty": [],
              "none": null,
              "flag": true,
              "count": 3,
              "table": {
                "aB": 2,
                "zB": 1
              },
              "big": -9223372036854775808,
              "cycle_time_kpi": 0.3
            }

            """
        #expect(try JSONText.encode(outer) == expected)
    }

    @Test func envelopesPutSchemaFirstAndProvenanceLast() throws {
        let inner = Inner(p90S: nil, meanCi95: [1, 2], name: "n")
        let text = try JSONText.encode(JSONText.Envelope(schema: "weir/x/1", result: inner, provenance: ["seed": 1]), pretty: false)
        #expect(text == #"{"schema":"weir/x/1","p90_s":null,"mean_ci95":[1,2],"name":"n","provenance":{"seed":1}}"# + "\n")
    }

    @Test func numbersKeepNineDigitsAndReadBack() throws {
        var stream = RandomStream(seed: 11, path: 1)
        var values: [Double] = [
            0, -0.0, 1, -1, 1e9, 123_456_789_012, 1e15, 1e16, 1e300, Double.leastNonzeroMagnitude, 0.1, 1 / 3.0, 999_999_999.5, 1e-7,
        ]
        for _ in 0..<2_000 {
            let exponent = Double(stream.index(below: 60)) - 30
            values.append((stream.unit() - 0.5) * pow(10, exponent))
        }
        let text = try JSONText.encode(values)
        let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double])
        #expect(read.count == values.count)
        for (value, back) in zip(values, read) {
            #expect(abs(back - value) <= abs(value) * 5.0000001e-9 || value == Double.leastNonzeroMagnitude)
            #expect(Double(String(format: "%.9g", value)) == back)
        }
        #expect(try JSONText.encode([Double.nan, .infinity, -.infinity], pretty: false) == "[null,null,null]\n")
    }

    @Test func textReadsBackAndHoldsNoActingCharacter() throws {
        var stream = RandomStream(seed: 5, path: 1)
        var texts = ["\u{1B}[31m", "a\u{202E}b", "\u{2028}\u{2029}", "\u{9B}1m", "采购", "👩‍💻", "\u{E0041}", "\u{7F}", "\\ \" / \t\r\n"]
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<stream.index(below: 20) {
                if let scalar = Unicode.Scalar(UInt32(stream.index(below: stream.index(below: 2) == 0 ? 0x250 : 0x10FFFF))) {
                    text.append(scalar)
                }
            }
            texts.append(String(text))
        }
        let text = try JSONText.encode(texts)
        let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String])
        #expect(read.map { Array($0.unicodeScalars) } == texts.map { Array($0.unicodeScalars) })
        #expect(!text.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
    }
}
