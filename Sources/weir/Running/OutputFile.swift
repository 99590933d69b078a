import Foundation

/// A file that appears only when it is complete.
///
/// On Linux the bytes go into a file without a name, so that nothing stays behind even when the process is killed; where the
/// file system cannot do that, into a hidden file in the same folder that is removed when writing ends early. At the end the
/// bytes are forced to the disk and the file takes its name in one step. Devices and pipes are written to as they are.
final class OutputFile {
    private enum Kind {
        case nameless
        case hidden(String)
        case device
    }

    private let path: String
    private let shownName: String
    private let folder: String
    private let kind: Kind
    private var descriptor: Int32
    private let interruption: Interruption

    /// Prepares the file, without touching what has its name.
    ///
    /// - Parameters:
    ///   - path: where it shall be; a symbolic link is followed.
    ///   - inputs: files that must not be overwritten.
    /// - Throws: ``Failure`` with ``ExitStatus/cannotWrite`` where it cannot be made there, or is an input.
    init(path: String, inputs: [String], interruption: Interruption) throws(Failure) {
        let shownName = URL(filePath: path).lastPathComponent
        self.shownName = shownName
        self.interruption = interruption
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists {
            for input in inputs {
                var other = stat()
                if stat(input, &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino {
                    throw Failure(
                        .cannotWrite, file: shownName,
                        Phrase("the output is the input itself", "输出文件就是输入文件"),
                        advice: Phrase("give -o another name", "请用 -o 指定另一个文件名"))
                }
            }
            if status.st_mode & S_IFMT == S_IFDIR { throw Self.failure(shownName, EISDIR) }
            if status.st_mode & S_IFMT != S_IFREG {
                self.path = path
                folder = ""
                kind = .device
                descriptor = open(path, O_WRONLY | O_CLOEXEC)
                if descriptor < 0 { throw Self.failure(shownName, errno) }
                return
            }
        }
        if path.hasSuffix("/") { throw Self.failure(shownName, EISDIR) }
        let real = exists ? URL(filePath: path).resolvingSymlinksInPath().path : path
        self.path = real
        folder = URL(filePath: real).deletingLastPathComponent().path
        if exists && access(real, W_OK) != 0 { throw Self.failure(shownName, errno) }
        let mode = exists ? status.st_mode & 0o777 : 0o666
        #if os(Linux)
            // O_TMPFILE of <fcntl.h>, a macro that is not imported: __O_TMPFILE | O_DIRECTORY.
            let nameless = open(folder, 0o20000000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, mode)
            if nameless >= 0 {
                descriptor = nameless
                kind = .nameless
                if exists { fchmod(nameless, mode) }
                return
            }
        #endif
        let hidden = Self.hiddenName(in: folder)
        descriptor = open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        if descriptor < 0 { throw Self.failure(shownName, errno) }
        interruption.protect(hidden)
        kind = .hidden(hidden)
        if exists { fchmod(descriptor, mode) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if case .hidden(let name) = kind {
            unlink(name)
            interruption.release(name)
        }
    }

    /// Adds bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        do {
            try writeAll(bytes, to: descriptor)
        } catch .system(let reason) {
            throw Failure(
                .inputOutput, file: shownName, Phrase("writing failed: \(Self.reason(reason))", "写入失败：\(Self.reason(reason))"),
                advice: Phrase("see that the disk has room", "请检查磁盘空间"))
        }
    }

    /// Gives the complete file its name. Nothing can be written afterwards.
    func commit() throws(Failure) {
        defer {
            close(descriptor)
            descriptor = -1
        }
        switch kind {
        case .device: return
        case .nameless:
            if fsync(descriptor) != 0 { throw Self.failure(shownName, errno, .inputOutput) }
            let hidden = Self.hiddenName(in: folder)
            let source = "/proc/self/fd/\(descriptor)"
            interruption.protect(hidden)
            defer { interruption.release(hidden) }
            if linkat(AT_FDCWD, source, AT_FDCWD, hidden, AT_SYMLINK_FOLLOW) != 0 { throw Self.failure(shownName, errno) }
            try rename(hidden)
        case .hidden(let name):
            if fsync(descriptor) != 0 { throw Self.failure(shownName, errno, .inputOutput) }
            try rename(name)
            interruption.release(name)
        }
    }

    private func rename(_ hidden: String) throws(Failure) {
        if Foundation.rename(hidden, path) != 0 {
            let reason = errno
            unlink(hidden)
            throw Self.failure(shownName, reason)
        }
        // The name is safe only when the folder is.
        let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if place >= 0 {
            fsync(place)
            close(place)
        }
    }

    private static func hiddenName(in folder: String) -> String {
        folder + "/.weir-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    private static func failure(_ name: String, _ number: Int32, _ status: ExitStatus = .cannotWrite) -> Failure {
        let problem: Phrase
        switch number {
        case ENOENT: problem = Phrase("cannot be written: its folder does not exist", "无法写入：所在文件夹不存在")
        case EACCES, EPERM, EROFS: problem = Phrase("cannot be written: no permission", "无法写入：没有权限")
        case EISDIR: problem = Phrase("cannot be written: it is a folder", "无法写入：这是一个文件夹")
        case ENOTDIR: problem = Phrase("cannot be written: part of its path is no folder", "无法写入：路径中有一段不是文件夹")
        case ENOSPC, EDQUOT: problem = Phrase("cannot be written: the disk is full", "无法写入：磁盘已满")
        default: problem = Phrase("cannot be written: \(reason(number))", "无法写入：\(reason(number))")
        }
        return Failure(status, file: name, problem, advice: Phrase("give -o a file that can be made", "请用 -o 指定可以写入的文件"))
    }
}
