import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// A local server that behaves as the API is documented to: for tests, and to rehearse the end of a version.
package struct StandIn: Sendable {
    /// Where it listens.
    package struct Address: Hashable, Sendable {
        /// A name or an address of this machine.
        package var host: String
        /// 0 for any free port.
        package var port: Int

        /// Takes each part as given.
        package init(host: String = "127.0.0.1", port: Int = 0) {
            self.host = host
            self.port = port
        }
    }

    /// Files (PEM) for HTTPS.
    package struct TLSFiles: Hashable, Sendable {
        /// The certificate, and those that vouch for it.
        package var certificatePath: String
        /// Its private key.
        package var keyPath: String

        /// Takes each part as given.
        package init(certificatePath: String, keyPath: String) {
            self.certificatePath = certificatePath
            self.keyPath = keyPath
        }
    }

    private let address: Address
    private let tls: TLSFiles?
    private let now: @Sendable () -> Int64
    private let log: @Sendable (AccessLogLine) -> Void
    private let state: State

    /// The simulation, shared between the connections.
    private final class State: Sendable {
        let simulation: Mutex<Simulation>
        init(_ configuration: StandInConfiguration) {
            simulation = Mutex(Simulation(configuration))
        }
    }

    /// Takes the clock, in milliseconds since 1970, and who is told of every request.
    package init(
        _ configuration: StandInConfiguration, at address: Address = Address(),
        tls: TLSFiles? = nil, now: @escaping @Sendable () -> Int64,
        log: @escaping @Sendable (AccessLogLine) -> Void = { _ in }
    ) {
        self.address = address
        self.tls = tls
        self.now = now
        self.log = log
        state = State(configuration)
    }

    /// Serves until the task is cancelled; tells its base URL once it listens.
    package func run(onListening: @escaping @Sendable (String) -> Void) async throws(StandInError) {
        let header = state.simulation.withLock { $0.configuration.api.versionHeader }
        let responder = CallbackResponder { (request: Request, context: StandInContext) in
            try await respond(to: request, context, versionHeader: header)
        }
        let scheme = tls == nil ? "http" : "https"
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let application = Application(
            responder: responder, server: try server(),
            configuration: .init(address: .hostname(address.host, port: address.port)),
            onServerRunning: { channel in
                onListening("\(scheme)://\(host):\(channel.localAddress?.port ?? 0)")
            },
            logger: Logger(label: "stand-in") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch {
            if Task.isCancelled { return }
            throw StandInError("cannot listen on \(host):\(address.port): \(error)")
        }
    }

    private func server() throws(StandInError) -> HTTPServerBuilder {
        guard let tls else { return .http1() }
        do {
            let configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(tls.certificatePath)
                    .map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: tls.keyPath, format: .pem)))
            return try .tls(.http1(), tlsConfiguration: configuration)
        } catch {
            throw StandInError(
                "\(tls.certificatePath), \(tls.keyPath): no certificate with its key (PEM): \(error)"
            )
        }
    }

    private func respond(
        to request: Request, _ context: StandInContext, versionHeader: String
    ) async throws -> Response {
        let body = request.method == .post ? try await request.body.collect(upTo: 65_536) : nil
        var incoming = StandInRequest(
            method: request.method.rawValue, path: request.uri.path,
            query: request.uri.query ?? "", body: body.map { String(buffer: $0) } ?? "")
        for field in request.headers {
            incoming.headers[field.name.canonicalName] = field.value
        }
        let scheme = tls == nil ? "http" : "https"
        incoming.origin = "\(scheme)://\(request.head.authority ?? "localhost")"
        let time = now()
        let answer = state.simulation.withLock { $0.answer(incoming, at: time) }
        log(
            AccessLogLine(
                address: context.channel.remoteAddress?.ipAddress ?? "-", milliseconds: time,
                method: incoming.method, target: request.uri.string, status: answer.status,
                bytes: answer.body.utf8.count, userAgent: incoming.headers["user-agent"],
                apiVersion: incoming.headers[versionHeader.lowercased()],
                retryAfter: answer.value("Retry-After")))
        if answer.fault != nil { return try await FaultyAnswer(answer).send(over: context.channel) }
        return answer.response
    }
}

/// Why a stand-in cannot serve.
package struct StandInError: Error, Hashable, CustomStringConvertible {
    /// What happened.
    package var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Keeps the connection at hand, for faults.
struct StandInContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

extension StandInAnswer {
    var response: Response {
        var fields = HTTPFields()
        for header in headers {
            if let name = HTTPField.Name(header.name) {
                fields.append(HTTPField(name: name, value: header.value))
            }
        }
        return Response(
            status: .init(code: status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}
