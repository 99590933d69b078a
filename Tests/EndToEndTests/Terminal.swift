import Foundation

/// Runs the command on a terminal of its own.
enum Terminal {
    private struct NoTerminal: Error {}

    /// What the command wrote to the terminal, on both outputs.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard master >= 0 else { throw NoTerminal() }
        // TIOCSPTLCK and TIOCGPTN of <asm-generic/ioctls.h>: unlock the other side and ask for its number.
        var isLocked: Int32 = 0
        var number: Int32 = 0
        guard ioctl(master, 0x4004_5431, &isLocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else { throw NoTerminal() }
        let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw NoTerminal() }
        let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
        let process = Process()
        process.executableURL = Command.program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        close(slave)
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        // When the last writer has gone, reading fails.
        while true {
            let count = read(master, &piece, piece.count)
            if count <= 0 { break }
            text += piece[..<count]
        }
        process.waitUntilExit()
        close(master)
        return String(decoding: text, as: UTF8.self)
    }
}
