internal import Foundation

/// The bytes of a file or of standard input.
struct DecodeInput {
    private let handle: FileHandle
    /// `nil`: not known, as of a pipe.
    let byteCount: Int?
    private let name: String

    init(path: String?) throws {
        guard let path, path != "-" else {
            handle = .standardInput
            byteCount = nil
            name = "standard input"
            return
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DecodeFailure(message: "\(path): no such file", code: 2)
        }
        guard !isFolder.boolValue else { throw DecodeFailure(message: "\(path) is a folder", code: 2) }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DecodeFailure(message: "\(path) cannot be opened for reading", code: 2)
        }
        self.handle = handle
        byteCount = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int).flatMap { $0 }
        name = path
    }

    /// - Returns: At least `least` bytes unless the input ends before; empty at the end.
    func read(atLeast least: Int, chunk: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while bytes.count < least {
                guard let piece = try handle.read(upToCount: chunk), !piece.isEmpty else { break }
                bytes.append(contentsOf: piece)
            }
        } catch {
            throw DecodeFailure(message: "\(name) cannot be read: \(error.localizedDescription)", code: 2)
        }
        return bytes
    }
}

/// Standard output, as whole as the system takes it.
enum StandardOutput {
    /// - Throws: ``OutputClosed`` if nobody reads it any more, ``DecodeFailure`` if it cannot be written.
    static func write(_ bytes: [UInt8]) throws {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Foundation.write(1, $0.baseAddress, $0.count) }
            if count >= 0 {
                start += count
            } else if errno == EPIPE {
                throw OutputClosed()
            } else if errno != EINTR {
                throw DecodeFailure(message: "standard output cannot be written: error \(errno)", code: 1)
            }
        }
    }
}
