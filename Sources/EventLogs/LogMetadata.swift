/// An attribute with its nested ones, as XES allows them on logs, cases, events and attributes.
package struct AttributeTree: Sendable, Equatable, Codable {
    /// What kind of element it is: one of the typed attributes, a list, or a container.
    package enum Kind: Sendable, Equatable, Codable {
        /// A typed value.
        case value(AttributeType)
        /// `<list>`: its values keep their order and may repeat keys.
        case list
        /// `<container>`.
        case container
    }

    /// The attribute's key.
    package var key: String
    /// What kind of element it is.
    package var kind: Kind
    /// The value as the source wrote it; empty for lists and containers.
    package var text: String
    /// Nested attributes, or a list's values.
    package var children: [AttributeTree]

    /// An attribute with these parts.
    package init(key: String, kind: Kind, text: String = "", children: [AttributeTree] = []) {
        self.key = key
        self.kind = kind
        self.text = text
        self.children = children
    }
}

/// A named way of saying what the activity of an event is: the values of `keys`, joined with `+` (XES section 4.5).
package struct EventClassifier: Sendable, Equatable, Codable {
    /// The classifier's name.
    package var name: String
    /// The attribute keys whose values make up the activity.
    package var keys: [String]

    /// A classifier with these parts.
    package init(name: String, keys: [String]) {
        self.name = name
        self.keys = keys
    }
}

/// What a log's file says about the log as a whole; empty for formats that say nothing.
package struct LogMetadata: Sendable, Equatable, Codable {
    /// An extension declaration of XES.
    package struct Extension: Sendable, Equatable, Codable {
        /// Its name, such as `Concept`.
        package var name: String
        /// The prefix of its keys, such as `concept`.
        package var prefix: String
        /// Where its definition is said to be.
        package var uri: String

        /// A declaration with these parts.
        package init(name: String, prefix: String, uri: String) {
            self.name = name
            self.prefix = prefix
            self.uri = uri
        }
    }

    /// Extensions in the order of the file.
    package var extensions: [Extension] = []
    /// Attributes that every event is said to have, with their defaults.
    package var eventGlobals: [AttributeTree] = []
    /// Attributes that every case is said to have, with their defaults.
    package var caseGlobals: [AttributeTree] = []
    /// Event classifiers in the order of the file.
    package var classifiers: [EventClassifier] = []
    /// Attributes of the log itself.
    package var attributes: [AttributeTree] = []

    /// Metadata of a file that says nothing.
    package init() {}
}

/// Where nested and list attributes hang: kept for round trips, off the hot path.
package struct NestedAttribute: Sendable, Equatable {
    /// The case index, or the event's place in the columns.
    package var owner: UInt32
    /// Whether the owner is a case or an event.
    package var level: AttributeLevel
    /// The attribute with what is nested in it.
    package var tree: AttributeTree

    /// An attribute of this owner.
    package init(owner: UInt32, level: AttributeLevel, tree: AttributeTree) {
        self.owner = owner
        self.level = level
        self.tree = tree
    }
}
