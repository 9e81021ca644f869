internal import Foundation
internal import Glibc

/// The right to write one journal: held by one process at a time, and freed by the kernel when it ends.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    init(directory: URL) throws(JournalError) {
        let path = directory.appending(path: "lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: directory.path, cause: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let cause = errno
            _ = close(descriptor)
            if cause == EWOULDBLOCK { throw .inUse(path: directory.path) }
            throw .cannotOpen(path: directory.path, cause: String(cString: strerror(cause)))
        }
    }

    deinit { _ = close(descriptor) }
}
