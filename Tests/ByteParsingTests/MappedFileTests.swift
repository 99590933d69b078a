import ByteParsing
import Foundation
import Testing

struct MappedFileTests {
    @Test(arguments: [0, 1, 65_536, 65_537, 1_000_003])
    func bytesAreTheFiles(_ size: Int) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "weir-mapped-\(size)-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        let content = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try content.write(to: url)
        let file = try MappedFile(path: url.path)
        #expect(file.count == size)
        #expect(file.withBytes { Data($0) } == content)
    }

    @Test func pipesAreReadToTheirEnd() throws {
        let pipe = Pipe()
        let content = Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0) })
        try pipe.fileHandleForWriting.write(contentsOf: content)
        try pipe.fileHandleForWriting.close()
        let file = try MappedFile(descriptor: pipe.fileHandleForReading.fileDescriptor, path: "-")
        #expect(file.withBytes { Data($0) } == content)
    }

    @Test func failuresAreTold() {
        #expect(missing(path: "/no/such/file")?.isMissing == true)
        #expect(missing(path: FileManager.default.temporaryDirectory.path)?.isFolder == true)
    }

    private func missing(path: String) -> FileError? {
        do throws(FileError) {
            _ = try MappedFile(path: path)
            return nil
        } catch {
            return error
        }
    }
}
