import Foundation

/// The bytes of a file: large ones mapped into memory, small ones and pipes read into it.
///
/// A mapped file must not be shortened by another program while it is held: the system then ends the process.
package struct MappedFile: ~Copyable {
    private let base: UnsafeMutableRawPointer?
    /// Whether the bytes are the file's own pages.
    package let isMapped: Bool
    /// How many bytes the file has.
    package let count: Int

    /// Files up to this many bytes are read, not mapped.
    private static let mappingThreshold = 65_536

    /// Opens the file at `path`.
    ///
    /// - Throws: ``FileError`` where there is none, it is a folder, or it cannot be read.
    package init(path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw FileError(path: path, errorNumber: errno) }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor, path: path)
    }

    /// Reads standard input to its end.
    package static func standardInput() throws(FileError) -> MappedFile {
        try MappedFile(descriptor: STDIN_FILENO, path: "-")
    }

    /// Takes the bytes of an open file, pipe or terminal; the descriptor stays open and belongs to the caller.
    package init(descriptor: Int32, path: String) throws(FileError) {
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw FileError(path: path, errorNumber: errno) }
        if status.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, errorNumber: EISDIR) }
        let size = Int(status.st_size)
        if status.st_mode & S_IFMT == S_IFREG && size > Self.mappingThreshold && lseek(descriptor, 0, SEEK_CUR) == 0 {
            let mapped = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
            guard let mapped, mapped != MAP_FAILED else { throw FileError(path: path, errorNumber: errno) }
            madvise(mapped, size, MADV_SEQUENTIAL)
            base = mapped
            count = size
            isMapped = true
            return
        }
        let (bytes, length) = try Self.readToEnd(descriptor, path: path)
        base = bytes
        count = length
        isMapped = false
    }

    deinit {
        if isMapped, let base {
            munmap(base, count)
        } else {
            free(base)
        }
    }

    /// Gives back the memory of whole pages within bytes that a mapped file lent; they are read from the file again if they are looked at.
    ///
    /// For bytes of mapped files only.
    package static func release(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        let page = 4_096
        let first = (Int(bitPattern: base) + page - 1) & ~(page - 1)
        let last = (Int(bitPattern: base) + bytes.count) & ~(page - 1)
        if last > first { madvise(UnsafeMutableRawPointer(bitPattern: first), last - first, MADV_DONTNEED) }
    }

    /// Lends the bytes to `body`, for as long as it runs.
    package borrowing func withBytes<Result, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> Result) throws(E) -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    private static func readToEnd(_ descriptor: Int32, path: String) throws(FileError) -> (UnsafeMutableRawPointer?, Int) {
        var capacity = 65_536
        var count = 0
        var base = malloc(capacity)
        while true {
            guard let place = base else { throw FileError(path: path, errorNumber: ENOMEM) }
            let got = read(descriptor, place + count, capacity - count)
            if got == 0 { return (base, count) }
            if got < 0 {
                if errno == EINTR { continue }
                let number = errno
                free(base)
                throw FileError(path: path, errorNumber: number)
            }
            count += got
            if count == capacity {
                capacity *= 2
                base = realloc(place, capacity)
                if base == nil { free(place) }
            }
        }
    }
}

/// Why a file could not be opened or read.
package struct FileError: Error, Equatable, CustomStringConvertible {
    /// The path as given; `-` for standard input.
    package var path: String
    /// The system's error number (`errno`).
    package var errorNumber: Int32

    /// Whether there is no such file.
    package var isMissing: Bool { errorNumber == ENOENT || errorNumber == ENOTDIR }

    /// Whether the path is a folder.
    package var isFolder: Bool { errorNumber == EISDIR }

    /// Whether reading is not permitted.
    package var isDenied: Bool { errorNumber == EACCES || errorNumber == EPERM }

    /// The system's words for the error.
    package var reason: String { String(cString: strerror(errorNumber)) }

    package var description: String { "\(path): \(reason)" }
}
