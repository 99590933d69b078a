import ByteParsing
package import EventLogs
package import Foundation
package import Instants
import LogFormats
package import ProcessModels
package import Reports
package import Simulation

/// Simulates a BPMN model with the numbers of a scenario.
package struct SimulateModel: Sendable {
    /// What to simulate, and how.
    package struct Request: Sendable {
        /// The BPMN file.
        package var model: URL
        /// The scenario, a JSON file.
        package var scenario: URL
        /// How many cases count in each replication.
        package var cases: Int
        /// How many cases come before those.
        package var warmUp: Int
        /// How many independent runs.
        package var replications: Int
        /// When the simulation begins, with the offset of its clock where one was given; `nil` is the Monday of ``usualStart``.
        package var start: ParsedTime?
        /// The seed of everything random.
        package var seed: Int
        /// How many threads share the work.
        package var threads: Int

        /// A request with these parts.
        package init(
            model: URL, scenario: URL, cases: Int, warmUp: Int, replications: Int, start: ParsedTime?, seed: Int, threads: Int
        ) {
            self.model = model
            self.scenario = scenario
            self.cases = cases
            self.warmUp = warmUp
            self.replications = replications
            self.start = start
            self.seed = seed
            self.threads = threads
        }
    }

    /// A BPMN file that cannot be used.
    package struct ModelFileError: Error {
        /// The file's own name.
        package let file: String
        /// What is wrong, and where.
        package let error: BPMNError
    }

    /// A scenario that cannot be used.
    package struct ScenarioFileError: Error {
        /// The file's own name.
        package let file: String
        /// What is wrong, and where in the document.
        package let error: ScenarioError
        /// Where the text stops being JSON, counted from 1; `nil` where it is JSON.
        package let place: (line: Int, column: Int)?
    }

    /// What a program reads.
    package struct Result: Encodable, Sendable {
        /// The figures.
        package let simulation: SimulationResult
        /// When the simulation begins, in ISO 8601.
        package let start: String
        /// How far to believe a model that was learnt from a log; nil for a model alone, which has no past to be held against.
        package var backtest: Backtest?
        /// What of the files is not simulated as they say it.
        package let warnings: [ScenarioWarning]

        private enum CodingKeys: String, CodingKey {
            case start, backtest, warnings
        }

        private struct Warning: Encodable {
            let kind: String
            let subject: String
        }

        package func encode(to encoder: any Encoder) throws {
            try simulation.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(backtest, forKey: .backtest)
            try container.encode(start, forKey: .start)
            try container.encode(warnings.map { Warning(kind: $0.kind.rawValue, subject: $0.subject) }, forKey: .warnings)
        }
    }

    /// Midnight of Monday 2024-01-01 on the model's clock, in microseconds after 1970: where a simulation begins when nobody says.
    package static let usualStart: Int64 = 1_704_067_200 * Microseconds.second

    /// The files with their checksums: the model, then the scenario.
    package let inputs: [Provenance.Input]
    /// What of the files is not simulated as they say it.
    package let warnings: [ScenarioWarning]
    private let model: SimulationModel
    private let options: SimulationOptions

    /// Reads the files and makes a model of them.
    ///
    /// - Throws: `InputError` where a file cannot be opened, ``ModelFileError`` and ``ScenarioFileError`` where one cannot be used.
    package init(_ request: Request) throws {
        let modelFile = try ModelFile.read(request.model)
        let scenarioFile = try ModelFile.read(request.scenario)
        inputs = [modelFile.input, scenarioFile.input]
        let document: BPMNDocument
        do throws(BPMNError) {
            document = try Self.document(modelFile.bytes)
        } catch {
            throw ModelFileError(file: modelFile.input.name, error: error)
        }
        let made: (model: SimulationModel, warnings: [ScenarioWarning])
        do throws(ScenarioError) {
            made = try Self.model(document, Data(scenarioFile.bytes), offset: Int(request.start?.offset ?? 0))
        } catch {
            throw ScenarioFileError(file: scenarioFile.input.name, error: error, place: Self.place(of: error, in: scenarioFile.bytes))
        }
        model = made.model
        warnings = made.warnings
        // A time without an offset is one on the model's clock.
        let shift = Int64(request.start?.offset ?? Int32(model.offset)) * Microseconds.second
        options = SimulationOptions(
            cases: request.cases, replications: request.replications, start: (request.start?.local ?? Self.usualStart) - shift,
            seed: UInt64(request.seed), threads: request.threads, warmUp: request.warmUp, caseStart: .arrival, detail: .activities)
    }

    /// Whether a file is BPMN as far as its beginning shows.
    ///
    /// - Throws: `InputError` where it cannot be opened.
    package static func isModel(_ url: URL) throws -> Bool {
        let bytes = try ModelFile.read(url).bytes
        do throws(BPMNError) {
            _ = try document(bytes)
            return true
        } catch {
            if case .notBPMN = error.problem { return false }
            return url.pathExtension.lowercased() == "bpmn"
        }
    }

    /// Runs the model.
    ///
    /// - Parameter monitor: learns how far it is, and can stop it.
    package func run(monitor: some WorkMonitor) throws -> Result {
        let run = try Simulator.run(model, options: options, monitor: monitor)
        let start = Instant(microseconds: options.start).iso8601(offset: model.offset)
        return Result(simulation: SimulationResult(run), start: start, warnings: warnings)
    }

    /// The first replication as an event log.
    package func log(monitor: some WorkMonitor) throws -> EventLog {
        var own = options
        own.replications = 1
        own.detail = .instances
        return try Simulator.run(model, options: own, monitor: monitor).log(of: 0)
    }

    /// What the result rests on.
    package var provenance: Provenance {
        Provenance(version: ToolVersion.current, inputs: inputs, seed: options.seed)
    }

    private static func model(
        _ document: BPMNDocument, _ scenario: Data, offset: Int
    ) throws(ScenarioError) -> (model: SimulationModel, warnings: [ScenarioWarning]) {
        try Scenario(json: scenario).model(for: document.model, omissions: document.omissions, offset: offset)
    }

    /// Where a text stops being JSON: the parser counts its bytes in a sentence for developers.
    private static func place(of error: ScenarioError, in bytes: [UInt8]) -> (line: Int, column: Int)? {
        guard case .notJSON = error.problem else { return nil }
        do {
            _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            return nil
        } catch {
            let words = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
            let offset: Int
            if let match = words.firstMatch(of: /around character (?<offset>\d+)/), let number = Int(match.offset) {
                offset = min(number, bytes.count)
            } else if words.contains("end of file") {
                offset = bytes.count
            } else {
                return nil
            }
            return bytes.withUnsafeBytes { TextPlace.lineAndColumn(of: offset, in: $0) }
        }
    }

    private static func document(_ bytes: [UInt8]) throws(BPMNError) -> BPMNDocument {
        let read: Swift.Result<BPMNDocument, BPMNError> = bytes.withUnsafeBytes { bytes in
            do throws(BPMNError) { return .success(try BPMNDocument(bytes)) } catch { return .failure(error) }
        }
        return try read.get()
    }
}
