internal import Foundation
internal import Glibc

/// The few things the journal asks of a disk; tests put a failing one in its place.
package protocol JournalStorage: Sendable {
    /// Opens a new file for appending, replacing one of the same name.
    func create(_ path: String) throws(StorageFailure) -> Int32
    /// Hands all of `bytes` to the kernel, which keeps them through the end of this process.
    func write(_ bytes: [UInt8], to descriptor: Int32) throws(StorageFailure)
    /// Cuts the file back to `byteCount`.
    func truncate(_ descriptor: Int32, to byteCount: Int) throws(StorageFailure)
    /// Waits until everything written is on the disk.
    func synchronize(_ descriptor: Int32) throws(StorageFailure)
    /// Waits until the names of new files in the directory are on the disk.
    func synchronizeDirectory(_ path: String) throws(StorageFailure)
    /// Gives the descriptor back.
    func close(_ descriptor: Int32)
    /// Puts a file with `bytes` at `path`, all or nothing, and waits until it is on the disk.
    func replace(_ path: String, with bytes: [UInt8]) throws(StorageFailure)
}

/// A refusal by the operating system.
package struct StorageFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package var operation: String
    package var errorNumber: Int32

    /// `operation` is the system call's name, `errorNumber` its `errno`.
    package init(operation: String, errorNumber: Int32) {
        self.operation = operation
        self.errorNumber = errorNumber
    }

    package var description: String { "\(operation): \(String(cString: strerror(errorNumber)))" }
}

/// The real disk.
package struct DiskStorage: JournalStorage {
    /// Has no state of its own.
    package init() {}

    package func create(_ path: String) throws(StorageFailure) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw StorageFailure(operation: "open", errorNumber: errno) }
        return descriptor
    }

    package func write(_ bytes: [UInt8], to descriptor: Int32) throws(StorageFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                throw StorageFailure(operation: "write", errorNumber: count == 0 ? ENOSPC : errno)
            }
        }
    }

    package func truncate(_ descriptor: Int32, to byteCount: Int) throws(StorageFailure) {
        guard ftruncate(descriptor, byteCount) == 0 else {
            throw StorageFailure(operation: "ftruncate", errorNumber: errno)
        }
    }

    package func synchronize(_ descriptor: Int32) throws(StorageFailure) {
        guard fdatasync(descriptor) == 0 else {
            throw StorageFailure(operation: "fdatasync", errorNumber: errno)
        }
    }

    package func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

    package func replace(_ path: String, with bytes: [UInt8]) throws(StorageFailure) {
        let temporary = path + ".new"
        let descriptor = try create(temporary)
        do {
            try write(bytes, to: descriptor)
            try synchronize(descriptor)
        } catch {
            close(descriptor)
            _ = unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            throw StorageFailure(operation: "rename", errorNumber: errno)
        }
        try synchronizeDirectory(URL(filePath: path).deletingLastPathComponent().path)
    }

    package func synchronizeDirectory(_ path: String) throws(StorageFailure) {
        let directory = open(path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw StorageFailure(operation: "open", errorNumber: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw StorageFailure(operation: "fsync", errorNumber: errno) }
    }
}
