import Foundation
import Testing

@testable import Workbench

@Suite struct MemoryLimitTests {
    @Test("The limits of a group of processes and of those above it are looked up, in both versions of cgroups")
    func limitFiles() {
        #expect(
            MemoryLimit.limitFiles(groups: "0::/user.slice/a.scope\n") == [
                "/sys/fs/cgroup/user.slice/a.scope/memory.max", "/sys/fs/cgroup/user.slice/memory.max", "/sys/fs/cgroup/memory.max",
            ])
        #expect(
            MemoryLimit.limitFiles(groups: "5:cpu,cpuacct:/x\n4:memory:/docker/1a\n1:name=systemd:/y\nnonsense\n") == [
                "/sys/fs/cgroup/memory/docker/1a/memory.limit_in_bytes", "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            ])
        #expect(MemoryLimit.bytes > 0 && MemoryLimit.bytes <= Int(clamping: ProcessInfo.processInfo.physicalMemory))
    }
}
