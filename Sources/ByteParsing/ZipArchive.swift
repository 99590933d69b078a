import CZip

/// The files in a ZIP archive that lies in memory.
package final class ZipArchive {
    private let archive: OpaquePointer
    /// The names of the files in it.
    package let names: [String]
    private let limit: Limit

    /// When a file in an archive is taken for a decompression bomb: its contents exceed both figures.
    package struct Limit: Sendable {
        /// Inflated bytes.
        package var bytes: Int
        /// Inflated bytes per compressed byte; workbooks reach some 100.
        package var ratio: Int

        /// Both figures; by default 64 MiB and 200 : 1.
        package init(bytes: Int = 1 << 26, ratio: Int = 200) {
            self.bytes = bytes
            self.ratio = ratio
        }
    }

    /// The archive in `bytes`, which must stay in place for as long as it lives.
    package init(_ bytes: UnsafeRawBufferPointer, limit: Limit = Limit()) throws(ZipError) {
        self.limit = limit
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &error) else {
            throw ZipError(name: nil, problem: .damaged(Self.words(&error)))
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw ZipError(name: nil, problem: .damaged(Self.words(&error)))
        }
        self.archive = archive
        let count = zip_get_num_entries(archive, 0)
        var names: [String] = []
        for index in 0..<max(count, 0) {
            names.append(zip_get_name(archive, zip_uint64_t(index), 0).map { String(cString: $0) } ?? "")
        }
        self.names = names
    }

    deinit {
        zip_discard(archive)
    }

    /// Whether `bytes` begin as a ZIP archive does.
    package static func isZip(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// The place of the file with that name, whatever the case of its letters, as packages of office files have it.
    package func index(of name: String) -> Int? {
        names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
    }

    /// The file at a place, to be read from its beginning.
    package func open(_ index: Int) throws(ZipError) -> Entry {
        let name = names[index]
        var status = zip_stat_t()
        zip_stat_init(&status)
        let isKnown = zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0
        guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
            let code = zip_error_code_zip(zip_get_error(archive))
            throw ZipError(
                name: name, problem: code == ZIP_ER_NOPASSWD || code == ZIP_ER_ENCRNOTSUPP ? .encrypted : .damaged(Self.words(archive)))
        }
        return Entry(
            file, name: name, size: isKnown ? Int(clamping: status.size) : 0, packed: isKnown ? Int(clamping: status.comp_size) : 0, limit,
            self)
    }

    private static func words(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
        zip_error_strerror(error).map { String(cString: $0) } ?? ""
    }

    private static func words(_ archive: OpaquePointer) -> String {
        words(zip_get_error(archive))
    }

    /// One file of an archive while it is read; its checksum is verified at the end.
    package final class Entry {
        /// The file's name.
        package let name: String
        /// How many bytes the archive says it has.
        package let size: Int
        /// How many were read.
        package private(set) var position = 0
        private let file: OpaquePointer
        private let packed: Int
        private let limit: Limit
        private let archive: ZipArchive

        fileprivate init(_ file: OpaquePointer, name: String, size: Int, packed: Int, _ limit: Limit, _ archive: ZipArchive) {
            self.file = file
            self.name = name
            self.size = size
            self.packed = packed
            self.limit = limit
            self.archive = archive
        }

        deinit {
            zip_fclose(file)
        }

        /// Writes the next bytes to `target`, which must not be empty, and returns how many; 0 only at the end.
        package func read(into target: UnsafeMutableRawBufferPointer) throws(ZipError) -> Int {
            let count = zip_fread(file, target.baseAddress, zip_uint64_t(target.count))
            if count < 0 {
                throw ZipError(name: name, problem: .damaged(ZipArchive.words(zip_file_get_error(file))))
            }
            position += Int(count)
            if position > limit.bytes && position / max(packed, 1) > limit.ratio {
                throw ZipError(name: name, problem: .bomb(inflated: position))
            }
            return Int(count)
        }
    }
}

/// Why an archive or a file in it cannot be read.
package struct ZipError: Error, Equatable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// The archive is cut off or damaged; the words are the library's.
        case damaged(String)
        /// It is locked with a password.
        case encrypted
        /// The contents are so much larger than what is packed that it is taken for a decompression bomb.
        case bomb(inflated: Int)
        /// A file that must be there is not.
        case missing
    }

    /// The file in the archive; `nil` for the archive itself.
    package var name: String?
    /// What is wrong.
    package var problem: Problem

    /// An error with these parts.
    package init(name: String?, problem: Problem) {
        self.name = name
        self.problem = problem
    }
}
