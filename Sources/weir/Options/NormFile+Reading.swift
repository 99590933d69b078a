import Conformance
import Foundation
import Instants
import ProcessModels
import Workbench

extension NormFile {
    /// Reads a model or rules.
    ///
    /// - Parameter reading: takes the calendar that rules name.
    static func reading(_ path: String, _ reading: inout LogOptions) throws -> NormFile {
        let file = URL(filePath: path)
        if try ModelFile.isModel(file) { return .model(try ModelFile(file)) }
        let text = try LogOptions.text(of: path)
        reading.takeCalendar(RulesFile.calendar(in: text), beside: path)
        let zone = ZoneClock(try reading.zone() ?? .utc)
        let calendars = try reading.calendars()
        let input = try ModelFile.input(file)
        do throws(RulesFile.Problem) {
            return .rules(try RulesFile(parsing: text, zone: zone, workingDay: calendars?.workingDay), input, calendars)
        } catch {
            throw Failure(rules: error, in: file.lastPathComponent)
        }
    }
}

extension Failure {
    /// Runs `body` and ties what is wrong with a model or rules to their file.
    static func naming<Result>(_ file: String?, _ body: () throws -> Result) throws -> Result {
        let name = file ?? ""
        do {
            return try body()
        } catch let error as ModelConversionError {
            throw Failure(conversion: error, in: name)
        } catch let problem as RulesFile.Problem {
            throw Failure(rules: problem, in: name)
        } catch let error as CheckedNetError {
            throw Failure(net: error, in: name)
        } catch is CheckConformance.ZetaMismatch {
            throw Failure(
                .usage, file: name, Phrase("--zeta is for temporal profiles, and this file holds none", "--zeta 用于时间画像，此文件不是"),
                advice: Phrase("leave --zeta out", "请去掉 --zeta"))
        } catch let mismatch as CheckConformance.MethodMismatch {
            let method = mismatch.method.rawValue
            throw Failure(
                .usage, file: name,
                mismatch.isRules
                    ? Phrase(
                        "--method \(method) is for models, and this file holds rules, constraints or times",
                        "--method \(method) 用于模型，此文件是规则、约束或时间")
                    : Phrase("--method \(method) does not go with a model", "--method \(method) 不能用于模型"),
                advice: mismatch.isRules
                    ? Phrase("leave --method out", "请去掉 --method")
                    : Phrase("choose alignment, replay or footprint", "请用 alignment、replay 或 footprint"))
        }
    }
}
