import Hummingbird
import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An answer that is spoilt on its way.
struct FaultyAnswer {
    private let answer: StandInAnswer

    init(_ answer: StandInAnswer) {
        self.answer = answer
    }

    /// Sends what is to be sent, around the server, and cuts the connection; or leaves a slow body to the server.
    func send(over channel: any Channel) async throws -> Response {
        switch answer.fault {
        case .slowBody: return slow
        case .reset:
            // With nothing to linger for, the system sends a reset.
            if let socket = channel as? any SocketOptionProvider {
                try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
        case .halfHeaders:
            try await write("HTTP/1.1 200 OK\r\nContent-Type: applica", to: channel)
        case .wrongLength:
            try await write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(answer.body.utf8.count + 10)\r\n\r\n\(answer.body)",
                to: channel)
        case .tooManyRequests, .serverFailure, .unavailable, .loginPage, .redirect, nil:
            return answer.response
        }
        try? await channel.close()
        throw ChannelError.ioOnClosedChannel
    }

    /// A byte every 5 ms.
    private var slow: Response {
        var response = answer.response
        let bytes = Array(answer.body.utf8)
        response.body = ResponseBody(contentLength: bytes.count) { writer in
            for byte in bytes {
                try await Task.sleep(for: .milliseconds(5))
                try await writer.write(ByteBuffer(bytes: [byte]))
            }
            try await writer.finish(nil)
        }
        return response
    }

    /// Writes bytes below the HTTP handlers.
    private func write(_ text: String, to channel: any Channel) async throws {
        try await channel.eventLoop.flatSubmit {
            do {
                let encoder = try channel.pipeline.syncOperations.context(
                    handlerType: HTTPResponseEncoder.self)
                let promise = channel.eventLoop.makePromise(of: Void.self)
                encoder.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: promise)
                return promise.futureResult
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }.get()
    }
}
