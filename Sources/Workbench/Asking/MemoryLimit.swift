package import Foundation

/// How much memory there is for this process.
package enum MemoryLimit {
    /// The machine's memory, or what the system grants to the group of processes that this one belongs to (cgroups of Linux, version 2 or 1)
    /// where that is less.
    package static var bytes: Int {
        let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        guard let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8) else { return machine }
        return limitFiles(groups: groups).reduce(machine) { limit, file in
            let text = try? String(contentsOfFile: file, encoding: .utf8)
            return min(limit, text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? limit)
        }
    }

    /// The files that hold the limits of a process's groups and of those above them.
    ///
    /// - Parameter groups: the text of `/proc/self/cgroup`: lines of number, controllers and path (cgroups(7)).
    static func limitFiles(groups: String) -> [String] {
        groups.split(separator: "\n").flatMap { line -> [String] in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2].hasPrefix("/") else { return [] }
            let root: String
            let name: String
            if parts[0] == "0" && parts[1].isEmpty {
                (root, name) = ("/sys/fs/cgroup", "memory.max")
            } else if parts[1].split(separator: ",").contains("memory") {
                (root, name) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            } else {
                return []
            }
            let folders = parts[2].split(separator: "/")
            return (0...folders.count).reversed().map { depth in
                ([root] + folders.prefix(depth).map(String.init) + [name]).joined(separator: "/")
            }
        }
    }

    /// Whether a file is so large that it is better not held in memory: more than half of that.
    package static func isExceeded(by url: URL) -> Bool {
        let size = (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        return size > bytes / 2
    }
}
