import ByteParsing
package import Foundation
import LogFormats
package import ProcessModels
package import Reports

/// A file that holds a process model, read: BPMN, a Petri net in PNML, a process tree in PTML, or DECLARE constraints, a log skeleton or a temporal profile in
/// JSON.
///
/// What it is shows in its content: the root element of XML, or which of the keys `constraints`, `occurrences` and `pairs` a JSON object has.
package struct ModelFile: Sendable {
    /// The model.
    package enum Model: Sendable {
        /// BPMN 2.0.
        case bpmn(BPMNDocument)
        /// A Petri net.
        case net(PNMLDocument)
        /// A process tree.
        case tree(ProcessTree)
        /// DECLARE constraints.
        case declare(DeclareModel)
        /// A log skeleton.
        case skeleton(LogSkeleton)
        /// A temporal profile.
        case temporal(TemporalProfile)
    }

    /// Why a file is no model that can be used.
    package struct Problem: Error {
        /// What is wrong.
        package enum Cause: Sendable {
            /// It is no BPMN that can be read.
            case bpmn(BPMNError)
            /// It is no PNML or PTML that can be read.
            case model(ModelFileError)
            /// It is XML of another root element.
            case otherXML(root: String)
            /// It is JSON without a model that can be read; the words say more, in English.
            case otherJSON(String)
            /// It is neither XML nor JSON.
            case unknown
        }

        /// The file's own name.
        package let file: String
        /// What is wrong.
        package let cause: Cause
    }

    /// The file with its checksum.
    package let input: Provenance.Input
    /// The model.
    package let model: Model

    /// Reads a file.
    ///
    /// - Throws: `InputError` where it cannot be opened, ``Problem`` where it is no model.
    package init(_ url: URL) throws {
        let (bytes, input) = try Self.read(url)
        self.input = input
        do {
            model = try Self.model(bytes)
        } catch let error as BPMNError {
            throw Problem(file: input.name, cause: .bpmn(error))
        } catch let error as ModelFileError {
            throw Problem(file: input.name, cause: .model(error))
        } catch let cause as Problem.Cause {
            throw Problem(file: input.name, cause: cause)
        }
    }

    /// Whether a file's content looks like a model: XML or a JSON object, and not like a text of rules.
    ///
    /// - Throws: `InputError` where it cannot be opened.
    package static func isModel(_ url: URL) throws -> Bool {
        switch firstSign(try read(url).bytes) {
        case UInt8(ascii: "<"), UInt8(ascii: "{"): true
        default: false
        }
    }

    /// A file's own name and its checksum.
    ///
    /// - Throws: `InputError` where it cannot be opened.
    package static func input(_ url: URL) throws -> Provenance.Input { try read(url).input }

    /// The bytes of a file and its checksum.
    ///
    /// - Throws: `InputError` where it cannot be opened.
    static func read(_ url: URL) throws -> (bytes: [UInt8], input: Provenance.Input) {
        let name = url.lastPathComponent
        let file: MappedFile
        do {
            file = try MappedFile(path: url.path)
        } catch {
            throw InputError(file: name, InputProblem(error))
        }
        let bytes = file.withBytes { Array($0) }
        var digest = InputDigest()
        bytes.withUnsafeBytes { digest.update($0) }
        return (bytes, Provenance.Input(name: name, sha256: digest.hexadecimal))
    }

    private static func firstSign(_ bytes: [UInt8]) -> UInt8? {
        // Space, line breaks, byte order marks, and the zero bytes of UTF-16 say nothing.
        bytes.prefix(256).first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00].contains($0) }
    }

    private static func model(_ bytes: [UInt8]) throws -> Model {
        switch firstSign(bytes) {
        case UInt8(ascii: "<"): return try xml(bytes)
        case UInt8(ascii: "{"): return try json(Data(bytes))
        default: throw Problem.Cause.unknown
        }
    }

    /// BPMN says what else the root is; then the other readers have their turn.
    private static func xml(_ bytes: [UInt8]) throws -> Model {
        try bytes.withUnsafeBytes { bytes in
            do throws(BPMNError) {
                return .bpmn(try BPMNDocument(bytes))
            } catch {
                guard case .notBPMN(let root) = error.problem else { throw error }
                switch root {
                case "pnml": return .net(try PNMLDocument(bytes))
                case "ptml": return .tree(try ProcessTree(ptml: bytes))
                default: throw Problem.Cause.otherXML(root: root)
                }
            }
        }
    }

    /// The keys that tell the kinds of models apart.
    private enum SignKey: String, CodingKey, CaseIterable {
        case constraints, occurrences, pairs
    }

    /// Which of these keys a JSON object has.
    private struct Signs: Decodable {
        let found: SignKey?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: SignKey.self)
            found = SignKey.allCases.first(where: container.contains)
        }
    }

    private static func json(_ data: Data) throws -> Model {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            switch try decoder.decode(Signs.self, from: data).found {
            case .constraints: return .declare(try decoder.decode(DeclareModel.self, from: data))
            case .occurrences: return .skeleton(try decoder.decode(LogSkeleton.self, from: data))
            case .pairs: return .temporal(try decoder.decode(TemporalProfile.self, from: data))
            case nil:
                let keys = SignKey.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.Cause.otherJSON("it has none of the keys \(keys)")
            }
        } catch DecodingError.keyNotFound(let key, _) {
            throw Problem.Cause.otherJSON("the key \(snakeCase(key)) is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context)
        {
            let path = context.codingPath.map(snakeCase).joined(separator: ".")
            throw Problem.Cause.otherJSON(path.isEmpty ? "it is no JSON" : "\(path): \(context.debugDescription)")
        }
    }

    /// A key as it stands in the file.
    private static func snakeCase(_ key: any CodingKey) -> String {
        key.intValue.map { "\($0 + 1)" } ?? key.stringValue.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
    }
}

extension ModelFile.Problem.Cause: Error {}
