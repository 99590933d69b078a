import Foundation

/// JSON as values that can be told apart: a truth value is no number here.
indirect enum JSONValue: Decodable, Equatable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let truth = try? container.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The value of a member, or of a place in a list.
    subscript(_ step: String) -> JSONValue? {
        get {
            switch self {
            case .object(let members): members[step]
            case .list(let values): Int(step).flatMap { values.indices.contains($0) ? values[$0] : nil }
            default: nil
            }
        }
        set {
            switch self {
            case .object(var members):
                members[step] = newValue
                self = .object(members)
            case .list(var values):
                guard let place = Int(step), values.indices.contains(place) else { return }
                if let newValue { values[place] = newValue } else { values.remove(at: place) }
                self = .list(values)
            default: break
            }
        }
    }

    /// The value at a path such as `runs/0/tool`, set to another or, by `nil`, taken out.
    func setting(_ path: String, _ value: JSONValue?) -> JSONValue {
        let steps = path.split(separator: "/", maxSplits: 1).map(String.init)
        var changed = self
        if steps.count == 1 {
            changed[steps[0]] = value
        } else {
            changed[steps[0]] = self[steps[0]]?.setting(steps[1], value)
        }
        return changed
    }

    var number: Double? { if case .number(let own) = self { own } else { nil } }
    var text: String? { if case .text(let own) = self { own } else { nil } }
    var list: [JSONValue] { if case .list(let own) = self { own } else { [] } }
}

/// What SARIF 2.1.0 (OASIS Standard, 27 March 2020, section 3) and its JSON schema demand of a log: of the objects that a linter writes all
/// members with their kinds, of which no others may stand there; and what must agree between them.
enum SARIFStandard {
    /// What a member holds.
    private indirect enum Kind: Sendable {
        case text
        case words(Set<String>)
        /// A relative or absolute reference (RFC 3986).
        case reference
        case guid
        /// A language by RFC 5646, as far as the schema goes.
        case language
        /// A version by Semantic Versioning 2.0.0.
        case semanticVersion
        case integer(least: Double)
        case truth
        case list(Kind, least: Int, isUnique: Bool)
        case object(String)
        /// An object whose members all hold the same.
        case map(Kind)
        case bag
        /// An object that is not looked into; we write none.
        case unseen
    }

    private struct Form: Sendable {
        var required: [String] = []
        /// Of these at least one.
        var oneOf: [String] = []
        var members: [String: Kind] = [:]
        /// Further members that the standard knows; we write none of them.
        var unseen: [String] = []
    }

    private static let places = Kind.list(.object("location"), least: 0, isUnique: false)
    private static let forms: [String: Form] = [
        "sarifLog": Form(
            required: ["version", "runs"],
            members: [
                "$schema": .reference, "version": .words(["2.1.0"]), "runs": .list(.object("run"), least: 0, isUnique: false),
                "properties": .bag,
            ], unseen: ["inlineExternalProperties"]),
        "run": Form(
            required: ["tool"],
            members: [
                "tool": .object("tool"), "language": .language, "columnKind": .words(["utf16CodeUnits", "unicodeCodePoints"]),
                "artifacts": .list(.object("artifact"), least: 0, isUnique: true),
                "results": .list(.object("result"), least: 0, isUnique: false), "properties": .bag, "baselineGuid": .guid,
                "defaultEncoding": .text, "defaultSourceLanguage": .text,
                "newlineSequences": .list(.text, least: 1, isUnique: true), "redactionTokens": .list(.text, least: 0, isUnique: true),
            ],
            unseen: [
                "invocations", "conversion", "versionControlProvenance", "originalUriBaseIds", "logicalLocations", "graphs",
                "automationDetails", "runAggregates", "externalPropertyFileReferences", "threadFlowLocations", "taxonomies", "addresses",
                "translations", "policies", "webRequests", "webResponses", "specialLocations",
            ]),
        "tool": Form(
            required: ["driver"],
            members: [
                "driver": .object("toolComponent"), "extensions": .list(.object("toolComponent"), least: 0, isUnique: true),
                "properties": .bag,
            ]),
        "toolComponent": Form(
            required: ["name"],
            members: [
                "guid": .guid, "name": .text, "organization": .text, "product": .text, "productSuite": .text,
                "shortDescription": .object("multiformatMessageString"), "fullDescription": .object("multiformatMessageString"),
                "fullName": .text, "version": .text, "semanticVersion": .semanticVersion, "releaseDateUtc": .text,
                "downloadUri": .reference,
                "informationUri": .reference, "rules": .list(.object("reportingDescriptor"), least: 0, isUnique: true),
                "notifications": .list(.object("reportingDescriptor"), least: 0, isUnique: true), "language": .language, "properties": .bag,
            ],
            unseen: [
                "dottedQuadFileVersion", "globalMessageStrings", "taxa", "locations", "contents", "isComprehensive",
                "localizedDataSemanticVersion", "minimumRequiredLocalizedDataSemanticVersion", "associatedComponent", "translationMetadata",
                "supportedTaxonomies",
            ]),
        "reportingDescriptor": Form(
            required: ["id"],
            members: [
                "id": .text, "deprecatedIds": .list(.text, least: 0, isUnique: true), "guid": .guid, "name": .text,
                "shortDescription": .object("multiformatMessageString"), "fullDescription": .object("multiformatMessageString"),
                "help": .object("multiformatMessageString"), "helpUri": .reference, "properties": .bag,
            ],
            unseen: ["deprecatedGuids", "deprecatedNames", "messageStrings", "defaultConfiguration", "relationships"]),
        "multiformatMessageString": Form(required: ["text"], members: ["text": .text, "markdown": .text, "properties": .bag]),
        "message": Form(
            oneOf: ["text", "id"],
            members: [
                "text": .text, "markdown": .text, "id": .text, "arguments": .list(.text, least: 0, isUnique: false), "properties": .bag,
            ]),
        "artifact": Form(
            members: [
                "description": .object("message"), "location": .object("artifactLocation"), "parentIndex": .integer(least: -1),
                "offset": .integer(least: 0), "length": .integer(least: -1), "mimeType": .text, "encoding": .text, "sourceLanguage": .text,
                "hashes": .map(.text), "lastModifiedTimeUtc": .text, "properties": .bag,
            ], unseen: ["roles", "contents"]),
        "artifactLocation": Form(
            members: [
                "uri": .reference, "uriBaseId": .text, "index": .integer(least: -1), "description": .object("message"), "properties": .bag,
            ]),
        "result": Form(
            required: ["message"],
            members: [
                "ruleId": .text, "ruleIndex": .integer(least: -1),
                "kind": .words(["notApplicable", "pass", "fail", "review", "open", "informational"]),
                "level": .words(["none", "note", "warning", "error"]), "message": .object("message"),
                "analysisTarget": .object("artifactLocation"), "locations": places, "guid": .guid, "correlationGuid": .guid,
                "occurrenceCount": .integer(least: 1), "partialFingerprints": .map(.text), "fingerprints": .map(.text),
                "relatedLocations": .list(.object("location"), least: 0, isUnique: true),
                "suppressions": .list(.object("suppression"), least: 0, isUnique: true),
                "baselineState": .words(["new", "unchanged", "updated", "absent"]), "rank": .integer(least: -1),
                "hostedViewerUri": .reference,
                "properties": .bag,
            ],
            unseen: [
                "rule", "stacks", "codeFlows", "graphs", "graphTraversals", "attachments", "workItemUris", "provenance", "fixes", "taxa",
                "webRequest", "webResponse",
            ]),
        "location": Form(
            members: [
                "id": .integer(least: -1), "physicalLocation": .object("physicalLocation"), "message": .object("message"),
                "annotations": .list(.object("region"), least: 0, isUnique: true), "properties": .bag,
            ], unseen: ["logicalLocations", "relationships"]),
        "physicalLocation": Form(
            oneOf: ["artifactLocation", "address"],
            members: [
                "artifactLocation": .object("artifactLocation"), "region": .object("region"), "contextRegion": .object("region"),
                "properties": .bag,
            ], unseen: ["address"]),
        "region": Form(
            oneOf: ["startLine", "charOffset", "byteOffset"],
            members: [
                "startLine": .integer(least: 1), "startColumn": .integer(least: 1), "endLine": .integer(least: 1),
                "endColumn": .integer(least: 1), "charOffset": .integer(least: -1), "charLength": .integer(least: 0),
                "byteOffset": .integer(least: -1), "byteLength": .integer(least: 0), "message": .object("message"), "sourceLanguage": .text,
                "properties": .bag,
            ], unseen: ["snippet"]),
        "suppression": Form(
            required: ["kind"],
            members: [
                "guid": .guid, "kind": .words(["inSource", "external"]), "status": .words(["accepted", "underReview", "rejected"]),
                "justification": .text, "location": .object("location"), "properties": .bag,
            ]),
    ]

    /// What is wrong with a log, each with its path; nothing where it keeps the standard.
    static func violations(_ log: JSONValue) -> [String] {
        var found = look(log, .object("sarifLog"), "")
        for (place, run) in (log["runs"]?.list ?? []).enumerated() { found += agreement(run, "/runs/\(place)") }
        return found
    }

    private static func look(_ value: JSONValue, _ kind: Kind, _ path: String) -> [String] {
        switch (kind, value) {
        case (.text, .text), (.truth, .truth), (.unseen, _): return []
        case (.words(let allowed), .text(let word)):
            return allowed.contains(word) ? [] : ["\(path): “\(word)” is none of \(allowed.sorted())"]
        case (.reference, .text(let text)):
            let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\"{}|\\^`".utf8.contains($0) }
            let isEscaped = text.wholeMatch(of: /(?:[^%]|%[0-9A-Fa-f]{2})*/) != nil
            return isPlain && isEscaped && !text.isEmpty && URL(string: text) != nil ? [] : ["\(path): “\(text)” is no reference"]
        case (.guid, .text(let text)):
            let form = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}/
            return text.wholeMatch(of: form) != nil ? [] : ["\(path): “\(text)” is no GUID"]
        case (.language, .text(let text)):
            return text.wholeMatch(of: /[a-zA-Z]{2}(?:-[a-zA-Z]{2})?/) != nil ? [] : ["\(path): “\(text)” is no language"]
        case (.semanticVersion, .text(let text)):
            let form = /(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?/
            return text.wholeMatch(of: form) != nil ? [] : ["\(path): “\(text)” is no semantic version"]
        case (.integer(let least), .number(let number)):
            return number == number.rounded() && number >= least ? [] : ["\(path): \(number) is no integer from \(least) on"]
        case (.list(let kind, let least, let isUnique), .list(let values)):
            var found = values.count < least ? ["\(path): fewer than \(least)"] : []
            if isUnique {
                for place in values.indices where values[..<place].contains(values[place]) {
                    found.append("\(path)/\(place): stands there twice")
                }
            }
            return found + values.enumerated().flatMap { look($0.element, kind, "\(path)/\($0.offset)") }
        case (.map(let kind), .object(let members)):
            return members.sorted { $0.key < $1.key }.flatMap { look($0.value, kind, "\(path)/\($0.key)") }
        case (.bag, .object(let members)):
            return members["tags"].map { look($0, .list(.text, least: 0, isUnique: true), "\(path)/tags") } ?? []
        case (.object(let name), .object(let members)):
            guard let form = forms[name] else { return ["\(path): no form \(name)"] }
            var found = form.required.filter { members[$0] == nil }.map { "\(path)/\($0): missing" }
            if !form.oneOf.isEmpty && !form.oneOf.contains(where: { members[$0] != nil }) { found.append("\(path): none of \(form.oneOf)") }
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                if let kind = form.members[key] {
                    found += look(value, kind, "\(path)/\(key)")
                } else if !form.unseen.contains(key) {
                    found.append("\(path)/\(key): a \(name) has no such member")
                }
            }
            return found
        default: return ["\(path): a value of another kind"]
        }
    }

    /// What must agree within a run: rules with the results that name them (3.27.5, 3.27.6), places with artifacts (3.4.5), lines with lines
    /// (3.30).
    private static func agreement(_ run: JSONValue, _ path: String) -> [String] {
        var found: [String] = []
        let ids = (run["tool"]?["driver"]?["rules"]?.list ?? []).map { $0["id"]?.text ?? "" }
        for (place, id) in ids.enumerated() where ids[..<place].contains(id) {
            found.append("\(path)/tool/driver/rules/\(place)/id: “\(id)” stands there twice")
        }
        let artifacts = run["artifacts"]?.list ?? []
        func check(_ location: JSONValue, _ path: String) {
            guard let physical = location["physicalLocation"] else { return }
            if let index = physical["artifactLocation"]?["index"]?.number, index >= 0 {
                let artifact = artifacts.indices.contains(Int(index)) ? artifacts[Int(index)] : nil
                let uri = physical["artifactLocation"]?["uri"]
                if artifact == nil || (uri != nil && uri != artifact?["location"]?["uri"]) {
                    found.append("\(path)/physicalLocation/artifactLocation/index: another artifact")
                }
            }
            if let first = physical["region"]?["startLine"]?.number, let last = physical["region"]?["endLine"]?.number, last < first {
                found.append("\(path)/physicalLocation/region/endLine: before startLine")
            }
        }
        for (place, result) in (run["results"]?.list ?? []).enumerated() {
            let own = "\(path)/results/\(place)"
            if let index = result["ruleIndex"]?.number, index >= 0 {
                if !ids.indices.contains(Int(index)) {
                    found.append("\(own)/ruleIndex: no such rule")
                } else if let id = result["ruleId"]?.text, id != ids[Int(index)] {
                    found.append("\(own)/ruleIndex: “\(ids[Int(index)])”, not “\(id)”")
                }
            } else if result["ruleId"] == nil {
                found.append("\(own)/ruleId: no rule is named")
            }
            let kind = result["kind"]?.text ?? "fail"
            if kind != "fail", let level = result["level"]?.text, level != "none" {
                found.append("\(own)/level: \(level) of a result that is no failure")
            }
            for key in ["locations", "relatedLocations"] {
                for (place, location) in (result[key]?.list ?? []).enumerated() { check(location, "\(own)/\(key)/\(place)") }
            }
        }
        return found
    }
}
