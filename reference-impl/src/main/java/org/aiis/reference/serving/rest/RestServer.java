package org.aiis.reference.serving.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.aiis.reference.serving.InferenceService;
import org.aiis.reference.serving.JsonRequest;
import org.aiis.reference.serving.JsonResponse;
import org.aiis.reference.serving.Refusal;
import org.aiis.reference.serving.ServedModel;
import org.aiis.spec.codec.InputException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The protocol over HTTP. Whatever comes is answered with tensors, a document, or {@code {"error": …}}. */
public final class RestServer implements AutoCloseable {
    private static final String BINARY_HEADER = "Inference-Header-Content-Length";
    private static final String JSON = "application/json";

    /** Bytes a second under which a client is held to be slow on purpose. */
    private static final long SLOWEST = 256;

    private static final long LEAVING_MILLIS = 30_000;

    private final InferenceService service;
    private final String version;
    private final Server server;
    private final ServerConnector connector;

    private RestServer(InferenceService service, String version, String host, int port, int threads) {
        this.service = service;
        this.version = version;
        QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(threads, 8), 60_000);
        pool.setName("rest");
        pool.setDaemon(true);
        this.server = new Server(pool);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        http.setUriCompliance(UriCompliance.RFC3986);
        http.setRequestHeaderSize(16 << 10);
        this.connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(service.limits().idleMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(service.limits().connections(), server));
        server.setErrorHandler(this::failed);
        server.setHandler(new MinimumDataRateHandler(new Answering(), SLOWEST, 0));
    }

    /**
     * Begins to listen.
     *
     * @param version of the server, for its metadata
     * @param port 0 for any that is free
     */
    public static RestServer start(InferenceService service, String version, String host, int port, int threads) {
        RestServer rest = new RestServer(service, version, host, port, threads);
        try {
            rest.server.start();
        } catch (IOException e) {
            rest.close();
            throw InputException.because("nothing can listen at " + host + ":" + port, e);
        } catch (Exception e) {
            rest.close();
            throw new IllegalStateException("the server does not start", e);
        }
        return rest;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Waits for the requests under way, then stops. */
    @Override
    public void close() {
        service.leave(LEAVING_MILLIS);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }

    /** What Jetty itself refuses: framing, headers, paths that mean two things. */
    private boolean failed(Request request, Response response, Callback callback) {
        int given = response.getStatus();
        // 501 and 505 stand for codings and versions of HTTP that this server does not have: the client can mend it.
        int status = given == 501 || given == 505 ? 400 : given < 400 ? 500 : given;
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        service.metrics().refused(status < 500 ? Refusal.Reason.MALFORMED : Refusal.Reason.INTERNAL);
        String told = status < 500
                ? Refusal.Reason.MALFORMED.word() + ": "
                        + (message == null ? "no valid request of HTTP/1.1" : String.valueOf(message))
                : Refusal.Reason.INTERNAL.word() + ": a fault of the server";
        write(response, status, JSON, Documents.error(told), callback);
        return true;
    }

    private static void write(Response response, int status, String type, byte[] body, Callback callback) {
        write(response, status, type, ByteBuffer.wrap(body), callback);
    }

    private static void write(Response response, int status, String type, ByteBuffer body, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body, callback);
    }

    private final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            try {
                answer(request, response, callback);
            } catch (RuntimeException | OutOfMemoryError e) {
                refuse(response, callback, InferenceService.refusal(e));
            }
            return true;
        }

        private void answer(Request request, Response response, Callback callback) {
            Path path = Path.of(Request.getPathInContext(request));
            if (!request.getMethod().equals(path.method())) {
                response.getHeaders().put(HttpHeader.ALLOW, path.method());
                throw new Refusal(Refusal.Reason.METHOD, "this path takes " + path.method());
            }
            if (path instanceof Path.Infer infer) {
                infer(infer, request, response, callback);
                return;
            }
            if (path instanceof Path.Metrics) {
                byte[] text = service.metrics().text().getBytes(StandardCharsets.UTF_8);
                write(response, 200, "text/plain; version=0.0.4; charset=utf-8", text, callback);
                return;
            }
            Optional<byte[]> document = document(path);
            if (document.isPresent()) {
                write(response, 200, JSON, document.get(), callback);
            } else {
                // The protocol answers no to a question for readiness with a client error.
                String told = Refusal.Reason.NOT_READY.word() + ": not every model that is asked about can be run";
                write(response, 400, JSON, Documents.error(told), callback);
            }
        }

        /** Empty where the answer is no. */
        private Optional<byte[]> document(Path path) {
            if (path instanceof Path.Live) {
                return Optional.of(Documents.live());
            } else if (path instanceof Path.Ready) {
                return service.ready() ? Optional.of(Documents.ready()) : Optional.empty();
            } else if (path instanceof Path.ModelReady asked) {
                ServedModel model = service.model(asked.name(), asked.version());
                return service.ready(asked.name(), asked.version())
                        ? Optional.of(Documents.ready(model))
                        : Optional.empty();
            } else if (path instanceof Path.Model asked) {
                return Optional.of(Documents.model(service, service.model(asked.name(), asked.version())));
            }
            return Optional.of(Documents.server(service, version));
        }

        private void infer(Path.Infer path, Request request, Response response, Callback callback) {
            ServedModel model = service.model(path.name(), path.version());
            if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
                throw new Refusal(Refusal.Reason.UNSUPPORTED, "this server takes no Content-Encoding");
            }
            int most = service.limits().bodyBytes();
            long length = request.getLength();
            if (length > most) {
                throw new Refusal(Refusal.Reason.TOO_LARGE, "a body of " + length + " bytes; at most " + most);
            }
            long room = length < 0 ? most : length;
            service.admit(room);
            Callback done = Callback.from(callback, () -> service.release(room));
            try {
                Content.Source.asByteArrayAsync(
                        request,
                        most,
                        Promise.Invocable.from(
                                Invocable.InvocationType.BLOCKING,
                                body -> run(model, request, body, response, done),
                                failure -> refuse(response, done, unread(failure, most))));
            } catch (RuntimeException e) {
                refuse(response, done, InferenceService.refusal(e));
            }
        }

        private void run(ServedModel model, Request request, byte[] body, Response response, Callback done) {
            try {
                Optional<String> jsonLength =
                        Optional.ofNullable(request.getHeaders().get(BINARY_HEADER));
                CompletableFuture<?> unused = service.infer(model, JsonRequest.read(body, jsonLength, service.limits()))
                        .thenApply(JsonResponse::of)
                        .whenComplete((answer, failure) -> {
                            if (failure == null) {
                                answered(answer, response, done);
                            } else {
                                refuse(response, done, InferenceService.refusal(failure));
                            }
                        });
            } catch (RuntimeException | OutOfMemoryError e) {
                refuse(response, done, InferenceService.refusal(e));
            }
        }

        private static void answered(JsonResponse answer, Response response, Callback done) {
            if (answer.binary()) {
                response.getHeaders().put(BINARY_HEADER, Integer.toString(answer.jsonLength()));
            }
            write(
                    response,
                    200,
                    answer.binary() ? "application/octet-stream" : JSON,
                    answer.body().view(),
                    done);
        }

        /** A body over the limit, one that ends early, or one that comes too slowly. */
        private static Refusal unread(Throwable failure, int most) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof IllegalStateException
                    ? new Refusal(Refusal.Reason.TOO_LARGE, "the body has more than " + most + " bytes")
                    : new Refusal(Refusal.Reason.MALFORMED, "the body did not come whole");
        }

        private void refuse(Response response, Callback callback, Refusal refusal) {
            service.metrics().refused(refusal.reason());
            if (response.isCommitted()) {
                callback.failed(refusal);
                return;
            }
            if (refusal.reason().status() == 503) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            }
            write(response, refusal.reason().status(), JSON, Documents.error(refusal.told()), callback);
        }
    }
}
