import Indicators
import Testing
import Workbench

@Suite struct RatesFileTests {
    @Test func ratesAreReadAsWritten() throws {
        let text = """
            currency: EUR
            roles: {Buyer: 45/h, 采购员: 300 /h}
            activities:
              Post Invoice: 2.5
              "Pay: now": 1e1
            """
        #expect(
            try RatesFile.rates(parsing: text)
                == Rates(currency: "EUR", roles: ["Buyer": 45, "采购员": 300], activities: ["Post Invoice": 2.5, "Pay: now": 10]))
        #expect(try RatesFile.rates(parsing: "") == Rates())
        #expect(try RatesFile.rates(parsing: "currency: CNY") == Rates(currency: "CNY"))
    }

    @Test(arguments: [
        (
            "rols: {A: 1/h}",
            RatesFile.Problem.Reason.shape(.unknownKey("rols", nearest: "roles", known: ["currency", "roles", "activities"])), 1, 1
        ),
        ("currency: EUR\nwages: {A: 1/h}", .shape(.unknownKey("wages", nearest: nil, known: ["currency", "roles", "activities"])), 2, 1),
        ("roles: {A: 45}", .badRoleRate(name: "A", found: "45"), 1, 12),
        ("roles: {A: -45/h}", .badRoleRate(name: "A", found: "-45/h"), 1, 12),
        ("roles: {A: inf/h}", .badRoleRate(name: "A", found: "inf/h"), 1, 12),
        ("activities:\n  A: much", .badActivityRate(name: "A", found: "much"), 2, 6),
        ("activities:\n  A: [1]", .badActivityRate(name: "A", found: ""), 2, 6),
        ("currency: [EUR]", .badCurrency, 1, 11),
        ("roles: 45/h", .shape(.noMapping), 1, 8),
        ("- a\n- b", .shape(.noMapping), 1, 1),
    ])
    func problemsNameTheirPlace(text: String, reason: RatesFile.Problem.Reason, line: Int, column: Int) {
        #expect(throws: RatesFile.Problem(reason: reason, line: line, column: column)) { try RatesFile.rates(parsing: text) }
    }

    @Test func repeatedKeysAndBrokenTextAreRefused() {
        for text in ["roles: {A: 1/h}\nroles: {B: 1/h}", "roles: {A: 1/h, A: 2/h}", "roles: {A: 1/h", "a: b: c"] {
            #expect(throws: RatesFile.Problem.self) { try RatesFile.rates(parsing: text) }
        }
    }
}
