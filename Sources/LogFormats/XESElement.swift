import EventLogs

/// The elements of XES (IEEE 1849-2023, section 5) by their local names.
enum XESElement {
    case log
    case trace
    case event
    case attribute(AttributeType)
    case list
    case container
    case values
    case extensionDeclaration
    case global
    case classifier
    case objectCentric
    case other

    init(_ name: UnsafeRawBufferPointer) {
        self = .other
        func `is`(_ word: StaticString) -> Bool {
            for place in 0..<name.count where name[place] != word.utf8Start[place] { return false }
            return true
        }
        switch name.count {
        case 2 where `is`("id"): self = .attribute(.id)
        case 3:
            if `is`("int") { self = .attribute(.int) } else if `is`("log") { self = .log }
        case 4:
            if `is`("date") { self = .attribute(.date) } else if `is`("list") { self = .list }
        case 5:
            if `is`("event") { self = .event } else if `is`("trace") { self = .trace } else if `is`("float") { self = .attribute(.float) }
        case 6:
            if `is`("string") {
                self = .attribute(.string)
            } else if `is`("values") {
                self = .values
            } else if `is`("global") {
                self = .global
            } else if `is`("events") {
                self = .objectCentric
            }
        case 7:
            if `is`("boolean") { self = .attribute(.boolean) } else if `is`("objects") { self = .objectCentric }
        case 9 where `is`("extension"): self = .extensionDeclaration
        case 9 where `is`("container"): self = .container
        case 10 where `is`("classifier"): self = .classifier
        case 11 where `is`("event-types"): self = .objectCentric
        case 12 where `is`("object-types"): self = .objectCentric
        default: break
        }
    }
}

/// The attribute keys of events that have columns of their own.
enum XESKey {
    case activity
    case timestamp
    case start
    case transition
    case resource
    case role
    case department
    case instance
    case cost
    case other

    init(_ key: String) {
        switch key {
        case "concept:name": self = .activity
        case "time:timestamp": self = .timestamp
        case "start_timestamp": self = .start
        case "lifecycle:transition": self = .transition
        case "org:resource": self = .resource
        case "org:role": self = .role
        case "org:group": self = .department
        case "concept:instance": self = .instance
        case "cost:total": self = .cost
        default: self = .other
        }
    }
}
