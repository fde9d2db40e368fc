package org.aiis.conformance.catalogue.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.aiis.reference.serving.server.ReferenceServer;

/** A server that does one thing wrong: the reference server behind a fault in its requests or answers. */
final class FaultyServer implements AutoCloseable {
    /** What is wrong. */
    interface Fault {
        default String request(String path, String body) {
            return body;
        }

        default Answer answer(String path, String request, Answer right) {
            return right;
        }
    }

    /** An answer as text, a character a byte. */
    record Answer(int status, String body) {}

    private static final String LENGTH = "Inference-Header-Content-Length";

    private final URI behind;
    private final Fault fault;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FaultyServer(ReferenceServer right, Fault fault) {
        this.behind = URI.create("http://127.0.0.1:" + right.port());
        this.fault = fault;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String given = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + path))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofString(fault.request(path, given), StandardCharsets.ISO_8859_1));
        String length = exchange.getRequestHeaders().getFirst(LENGTH);
        if (length != null) {
            request.header(LENGTH, length);
        }
        try {
            HttpResponse<byte[]> right = client.send(request.build(), BodyHandlers.ofByteArray());
            Answer answer = fault.answer(
                    path, given, new Answer(right.statusCode(), new String(right.body(), StandardCharsets.ISO_8859_1)));
            right.headers().firstValue(LENGTH).ifPresent(value -> exchange.getResponseHeaders()
                    .set(LENGTH, value));
            byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
