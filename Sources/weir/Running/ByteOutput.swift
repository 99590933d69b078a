import Foundation

/// Why bytes could not be written.
enum WriteError: Error {
    /// The reader of a pipe has gone: not an error of ours, and nothing to say.
    case brokenPipe
    /// The system refused, with its number of the reason.
    case system(Int32)
}

/// Writes all bytes to a file descriptor.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(WriteError) {
    var done = 0
    while done < bytes.count {
        let written = write(descriptor, bytes.baseAddress! + done, min(bytes.count - done, 1 << 20))
        if written >= 0 {
            done += written
        } else if errno == EPIPE {
            throw .brokenPipe
        } else if errno == EAGAIN {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&waiting, 1, -1)
        } else if errno != EINTR {
            throw .system(errno)
        }
    }
}
