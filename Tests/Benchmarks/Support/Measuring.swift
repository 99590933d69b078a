import Foundation

/// User and system time of this process so far.
package func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The median CPU seconds of some runs, after one that is not counted.
package func medianCPUSeconds(runs: Int, _ body: () throws -> Void) rethrows -> Double {
    try body()
    var all: [Double] = []
    for _ in 0..<runs {
        let begin = cpuSeconds()
        try body()
        all.append(cpuSeconds() - begin)
    }
    return all.sorted()[runs / 2]
}

/// Runs a Python script with one argument and takes the whole numbers that it prints behind `MEASURED`; nil where it prints none.
package func runPython(_ python: String, _ script: String, _ argument: String) -> [Int]? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", script, argument]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix("MEASURED ") }) else { return nil }
    return line.split(separator: " ").dropFirst().compactMap { Int($0) }
}

/// Runs a command and gives its CPU seconds; nil where it fails.
package func cpuSeconds(ofCommand command: String, _ arguments: [String]) -> Double? {
    func spent() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
    let begin = spent()
    let process = Process()
    process.executableURL = URL(filePath: command)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? spent() - begin : nil
}

/// The memory of this process that is resident, and the most that ever was.
package func residentBytes() -> (now: Int, peak: Int) {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    func bytes(_ key: String) -> Int {
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
        return 1_024 * (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0)
    }
    return (bytes("VmRSS:"), bytes("VmHWM:"))
}
