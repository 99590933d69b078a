package import Foundation

/// How much memory there is for this process.
package enum MemoryLimit {
    /// The machine's memory, or what the system grants to the group of processes that this one belongs to (cgroups of Linux, version 2) where
    /// that is less.
    package static var bytes: Int {
        let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        guard let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8),
            let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") })
        else { return machine }
        var limit = machine
        var path = URL(filePath: "/sys/fs/cgroup" + line.dropFirst(3))
        while path.path.hasPrefix("/sys/fs/cgroup") {
            if let text = try? String(contentsOf: path.appending(path: "memory.max"), encoding: .utf8),
                let own = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
            {
                limit = min(limit, own)
            }
            path = path.deletingLastPathComponent()
        }
        return limit
    }

    /// Whether a file is so large that it is better not held in memory: more than half of that.
    package static func isExceeded(by url: URL) -> Bool {
        let size = (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        return size > bytes / 2
    }
}
