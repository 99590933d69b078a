import ByteParsing
import EventLogs
import Foundation
import LogFormats
import Statistics
import TestSupport
import Testing

/// Tables of ERP exports in other encodings are read as they are written, or refused; never read wrongly.
struct EncodingDetectionTests {
    /// The words of an export: its header, activities, people and remarks.
    private struct Language {
        let name: String
        let header: [String]
        let activities: [String]
        let people: [String]
        let notes: [String]
    }

    private static let languages: [Language] = [
        Language(
            name: "de", header: ["Case ID", "Activity", "Timestamp", "Bearbeiter", "Bemerkung", "Währung"],
            activities: [
                "Prüfung", "Bestellung auslösen", "Freigabe erteilt", "Rechnung geprüft", "Lieferung verspätet", "Größe geändert",
            ],
            people: ["Müller", "Jürgen Weiß", "Schröder", "Groß", "KÖNIG", "Özdem", "Schmidt"],
            notes: [
                "Straße 12", "Maß über 5 m²", "20 °C", "Betrag 1.200 €", "„Eilauftrag“", "§ 12 – siehe Anhang", "Öl", "",
                "äußerst dringend",
            ]),
        Language(
            name: "fr", header: ["case", "activity", "timestamp", "Employé", "Société", "Détails"],
            activities: ["Créer la commande", "Réception", "Facture reçue", "Clôture", "Contrôle qualité", "Relancée", "Créée"],
            people: ["Hélène", "François", "Noël", "Œuvrard", "Dupont", "Benoît"],
            notes: ["déjà payé", "l’été", "où ?", "« urgent »", "ça va", "coût élevé", "à vérifier", "N° 12", "forêt", "naïf", ""]),
        Language(
            name: "es", header: ["case", "activity", "timestamp", "Empleado", "Año", "Descripción"],
            activities: ["Recepción", "Aprobación", "Envío", "Devolución", "Facturación", "Anulación"],
            people: ["Muñoz", "Íñigo", "José Núñez", "Peña", "García", "Ibáñez"],
            notes: ["¿urgente?", "¡atención!", "1.º plazo", "mañana", "pingüino", "cañón", "más", "", "10 €"]),
        Language(
            name: "zh", header: ["案例编号", "活动", "时间", "操作人", "供应商", "备注"],
            activities: ["创建采购订单", "审批", "收货", "发票校验", "付款", "质检", "退货", "关闭订单"],
            people: ["张伟", "王芳", "李娜", "刘洋", "陈静", "系统"],
            notes: ["上海华东贸易有限公司", "加急", "（已退回）", "数量不符，待处理", "", "合同编号A12", "金额￥500", "北京", "3号仓库"]),
    ]

    /// A seeded table; short ones are of one row, in which few words are not ASCII.
    private static func table(_ language: Language, seed: UInt64, isShort: Bool) -> String {
        var stream = RandomStream(seed: seed, path: 21)
        func pick(_ words: [String]) -> String { words[stream.index(below: words.count)] }
        let delimiter = [",", ";", "\t"][stream.index(below: 3)]
        let ending = ["\n", "\r\n"][stream.index(below: 2)]
        var header = language.header
        if isShort && stream.index(below: 2) == 0 { header = ["case", "activity", "timestamp", "user", "a", "b"] }
        let rows = (0..<(isShort ? 1 + stream.index(below: 2) : 40 + stream.index(below: 200))).map { row in
            [
                "PO-\(4_500 + row / 3)", isShort && stream.index(below: 2) == 0 ? "Check" : pick(language.activities),
                "2026-01-\(10 + row % 20) 08:\(10 + row % 50)", pick(language.people), pick(language.notes),
                "\(stream.index(below: 900))",
            ]
        }
        return ([header] + rows).map { $0.joined(separator: delimiter) + ending }.joined()
    }

    private static func bytes(_ text: String, _ encoding: String) throws -> [UInt8]? {
        let mark: [UInt8] = encoding.hasSuffix("+") ? (encoding.contains("le") ? [0xFF, 0xFE] : [0xFE, 0xFF]) : []
        let name = try #require(TextDecoding.canonicalName(encoding.replacing("+", with: "")))
        return try #require(TextEncoding(name)).bytes(of: text).map { mark + $0 }
    }

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        var deflater = GzipDeflater()
        bytes.withUnsafeBytes { deflater.append($0) { packed += $0 } }
        deflater.finish { packed += $0 }
        return packed
    }

    @Test(arguments: ["utf-8", "utf-16le", "utf-16be", "utf-16le+", "utf-16be+", "gb18030", "gbk", "windows-1252", "latin1"])
    func everyTableIsReadAsWrittenOrRefused(_ encoding: String) throws {
        var (detected, refused) = (0, 0)
        for language in Self.languages {
            for seed in 0..<60 as Range<UInt64> {
                let isShort = seed % 2 == 0
                let text = Self.table(language, seed: seed, isShort: isShort)
                guard let bytes = try Self.bytes(text, encoding) else { continue }
                if language.name == "zh" && (encoding == "windows-1252" || encoding == "latin1") { continue }
                // German in GB 18030 is what nobody writes; it may be refused, and is read rightly if it is read.
                let expected = try read(Array(text.utf8)).log
                for input in seed % 10 == 0 ? [bytes, Self.packed(bytes)] : [bytes] {
                    do {
                        let log = try read(input).log
                        #expect(LogFacts.lines(log) == LogFacts.lines(expected), "\(language.name) \(seed) in \(encoding)")
                        if encoding != "utf-8" && bytes != Array(text.utf8) {
                            #expect(log.finding(.encodingDetected)?.severity == .info, "\(language.name) \(seed) in \(encoding)")
                            detected += 1
                        } else {
                            #expect(log.finding(.encodingDetected) == nil)
                        }
                    } catch let error as InputError {
                        #expect(error.cause.id == "encoding", "\(language.name) \(seed) in \(encoding): \(error)")
                        #expect(error.advice.contains("--encoding"))
                        #expect(
                            isShort || (encoding.hasPrefix("gb") && language.name != "zh"),
                            "\(language.name) \(seed) in \(encoding): \(error)\n\(text.prefix(400))")
                        refused += 1
                    }
                }
            }
        }
        if encoding.hasPrefix("utf") { #expect(refused == 0) }
        if encoding != "utf-8" { #expect(detected > 50) }
        if encoding == "windows-1252" { #expect(refused < detected / 10) }
    }

    /// A few Hanzi of any kind, or letters of any kind, in a text of ASCII.
    @Test func fewCharactersAreNeverReadWrongly() throws {
        for seed in 0..<2_000 as Range<UInt64> { try readFewCharacters(seed) }
    }

    private func readFewCharacters(_ seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 22)
        let isChinese = seed % 2 == 0
        let letters = Array("äöüßéèêàçñáíóúôîûÄÖÜÉ")
        func word() -> String {
            let count = 1 + stream.index(below: 3)
            if isChinese {
                // The rows of GB 2312 with Hanzi: frequent ones and rare ones.
                let raw = (0..<count).flatMap { _ in [UInt8(0xB0 + stream.index(below: 0x48)), UInt8(0xA1 + stream.index(below: 94))] }
                return
                    (try? raw.withUnsafeBytes {
                        try TextDecoding.utf8(from: $0, encoding: "GB18030").withBytes { String(decoding: $0, as: UTF8.self) }
                    }) ?? "单"
            }
            return ["Pr", "m", "Gr", "caf"][stream.index(below: 4)] + String(letters[stream.index(below: 12)]) + "fe"
        }
        let text = "case,activity,timestamp,note\n1,\(word()),2026-01-05,x\n2,Check \(word()),2026-01-06,\n"
        guard let bytes = try Self.bytes(text, isChinese ? "gb18030" : "windows-1252") else { return }
        // One Hanzi among letters may be an accented letter in UTF-8 (么 is ô), and what is UTF-8 is read as UTF-8.
        if bytes.withUnsafeBytes({ UTF8Check.firstInvalid(in: $0) }) == nil { return }
        do {
            let log = try read(bytes).log
            #expect(LogFacts.lines(log) == LogFacts.lines(try read(Array(text.utf8)).log), "\(text)\(log.activities.strings)")
        } catch let error as InputError {
            #expect(error.cause.id == "encoding")
        }
    }

    /// What is in an encoding that is not detected is refused.
    @Test func otherEncodingsAreRefused() throws {
        let texts = [
            ("windows-1250", "Zamówienie,Wysłano zgłoszenie,łączny,Źródło,zażółć gęślą"), ("windows-1251", "Заказ,Проверка счёта,Оплата"),
            ("windows-1253", "Παραγγελία,Έλεγχος,Πληρωμή"), ("windows-1254", "Sipariş,Onaylandı,Fatura,değiştir"),
            ("euc-kr", "주문,승인,구매 요청,송장 확인"), ("shift_jis", "注文,承認する,請求書の確認"), ("euc-jp", "注文する,承認した,請求書の確認"),
            ("big5", "訂單編號,審核,收貨,發票檢查,付款"), ("koi8-r", "Заказ,Проверка счёта,Оплата"), ("macintosh", "Prüfung,Größe,geändert"),
            ("cp850", "Prüfung,Größe,geändert"),
        ]
        for (encoding, words) in texts {
            let rows = words.split(separator: ",").enumerated().map { "\($0.offset),\($0.element),2026-01-0\(1 + $0.offset)\n" }
            let bytes = try #require(try Self.bytes("case,activity,timestamp\n" + rows.joined(), encoding))
            let error = inputError { _ = try read(bytes) }
            #expect(error?.cause.id == "encoding", "\(encoding)")
        }
    }

    /// Short Chinese texts that are valid UTF-8 by chance are not taken for it; texts in UTF-8 that are common Hanzi in GB 18030 are.
    @Test func chanceIsNoProof() throws {
        let doubtful = try #require(try Self.bytes("case,activity,timestamp\n1,录取,2026-01-05\n", "gb18030"))
        #expect(doubtful.withUnsafeBytes { UTF8Check.firstInvalid(in: $0) } == nil)
        #expect(inputError { _ = try read(doubtful) }?.cause == .doubtfulEncoding(candidates: ["utf-8", "gb18030"]))
        for word in ["contrôle", "coût", "Rôle", "sûr"] {
            #expect(try read("case,activity,timestamp\n1,\(word),2026-01-05\n").log.activities.strings == [word])
        }
    }
}
