package org.aiis.reference.serving.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aiis.reference.serving.EvaluatorBackend;
import org.aiis.reference.serving.ServedModels;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.reference.serving.server.ReferenceServer;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RIGHT =
            "{\"id\":\"☃\",\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[0.1,-3]}]}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ServingLimits LIMITS = new ServingLimits(1 << 20, 4 << 20, 8, 64, 2, 16, 0, 20_000, 2000, 64);

    private static ReferenceServer server;

    @BeforeAll
    static void start() {
        server = start(new EvaluatorBackend(), LIMITS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ReferenceServer start(Backend backend, ServingLimits limits) {
        return ReferenceServer.start(
                backend,
                "test",
                ServedModels.all(),
                new ReferenceServer.Place("127.0.0.1", 0, OptionalInt.empty()),
                limits);
    }

    private static URI uri(ReferenceServer of, String path) {
        return URI.create("http://127.0.0.1:" + of.port() + path);
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder post(ReferenceServer of, String model, byte[] body) {
        return HttpRequest.newBuilder(uri(of, "/v2/models/" + model + "/infer"))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<byte[]> infer(String model, String body) throws Exception {
        return CLIENT.send(
                post(server, model, body.getBytes(StandardCharsets.UTF_8)).build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static void isError(HttpResponse<byte[]> response, int status, String word) throws IOException {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonNode error = json(response);
        assertThat(error.size()).isEqualTo(1);
        assertThat(error.path("error").isTextual()).isTrue();
        assertThat(error.path("error").asText()).startsWith(word + ": ");
    }

    @Test
    void healthAndMetadata() throws Exception {
        assertThat(get("/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/v2/models/same-float32/versions/1/ready").statusCode()).isEqualTo(200);
        assertThat(json(get("/v2")).path("extensions").toString()).isEqualTo("[\"binary_tensor_data\"]");
        JsonNode model = json(get("/v2/models/arithmetic"));
        assertThat(model.path("versions").toString()).isEqualTo("[\"1\",\"3\",\"12\"]");
        assertThat(model.path("inputs").path(0).toString())
                .isEqualTo("{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[-1,4]}");
        assertThat(model.path("outputs")).hasSize(2);
    }

    @Test
    void theNewestVersionAnswersWhereNoneIsNamed() throws Exception {
        String body = "{\"inputs\":[{\"name\":\"a\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]},"
                + "{\"name\":\"b\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,1,1,1]}],"
                + "\"outputs\":[{\"name\":\"difference\"}]}";
        JsonNode answer = json(infer("arithmetic", body));
        assertThat(answer.path("model_version").asText()).isEqualTo("12");
        assertThat(answer.path("outputs")).hasSize(1);
        assertThat(answer.path("outputs").path(0).path("data").toString()).isEqualTo("[0.0,1.0,2.0,3.0]");
        assertThat(json(infer("arithmetic/versions/3", body))
                        .path("model_version")
                        .asText())
                .isEqualTo("3");
        isError(infer("arithmetic/versions/2", body), 404, "not-found");
        isError(infer("arithmetic/versions/01", body), 404, "not-found");
        isError(infer("arithmetic/versions/x", body), 404, "not-found");
    }

    @Test
    void theIdComesBackUnchanged() throws Exception {
        assertThat(json(infer("same-float64", RIGHT)).path("id").asText()).isEqualTo("☃");
        assertThat(json(infer("same-float64", RIGHT.replace("\"id\":\"☃\",", "")))
                        .has("id"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v3,404,not-found",
        "GET,/v2/models/nix,404,not-found",
        "GET,/v2/models/,404,not-found",
        "POST,/v2,405,method",
        "GET,/v2/models/lookup/infer,405,method",
        "DELETE,/v2/models/lookup,405,method",
        "GET,/v2/models/lookup/versions,404,not-found",
        "GET,/v2/models/%2e%2e/ready,400,malformed",
        "GET,/v2/models/a%2Fb,400,malformed",
        "GET,/v2/models/lookup/versions/9/ready,404,not-found"
    })
    void pathsAndMethodsThatAreNotTheProtocols(String method, String path, int status, String word) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(server, path))
                .method(method, BodyPublishers.noBody())
                .build();
        isError(CLIENT.send(request, BodyHandlers.ofByteArray()), status, word);
    }

    @Test
    void nanIsAnErrorInJsonAndGoesAsBinaryData() throws Exception {
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[0,-0.0]}]";
        isError(infer("reciprocal", head + "}"), 406, "not-in-json");
        HttpResponse<byte[]> binary = infer("reciprocal", head + ",\"parameters\":{\"binary_data_output\":true}}");
        assertThat(binary.statusCode()).isEqualTo(200);
        int length = Integer.parseInt(
                binary.headers().firstValue("inference-header-content-length").orElseThrow());
        byte[] raw = Arrays.copyOfRange(binary.body(), length, binary.body().length);
        assertThat(raw).containsExactly(0, 0, 0x80, 0x7F, 0, 0, 0x80, 0xFF);
        assertThat(JSON.readTree(binary.body(), 0, length).toString()).contains("\"binary_data_size\":8");
    }

    @Test
    void whatTheModelRefusesIsTheRequestsFault() throws Exception {
        String body = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[%d]}]}";
        isError(infer("lookup", String.format(body, 3)), 400, "refused-by-model");
        assertThat(json(infer("lookup", String.format(body, -1)))
                        .path("outputs")
                        .path(0)
                        .path("data")
                        .toString())
                .isEqualTo("[3.0]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void halfPrecisionGoesAsBinaryDataAlone(int which) throws Exception {
        String type = which % 2 == 0 ? "FP16" : "BF16";
        String model = which % 2 == 0 ? "same-float16" : "same-bfloat16";
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"" + type
                + "\",\"parameters\":{\"binary_data_size\":2}}],\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":"
                + (which < 2) + "}}]}";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(new byte[] {1, 0x3C});
        HttpResponse<byte[]> answer = CLIENT.send(
                post(server, model, body.toByteArray())
                        .header("Inference-Header-Content-Length", "" + json.length())
                        .build(),
                BodyHandlers.ofByteArray());
        if (which < 2) {
            assertThat(Arrays.copyOfRange(answer.body(), answer.body().length - 2, answer.body().length))
                    .containsExactly(1, 0x3C);
        } else {
            isError(answer, 406, "not-in-json");
        }
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) ' ');
        String head =
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: " + large.length + "\r\n\r\n";
        assertThat(raw(head)).startsWith("HTTP/1.1 413 ").contains("{\"error\":\"too-large: ");
        HttpRequest chunked = HttpRequest.newBuilder(uri(server, "/v2/models/lookup/infer"))
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                .build();
        isError(CLIENT.send(chunked, BodyHandlers.ofByteArray()), 413, "too-large");
        HttpRequest coded = post(server, "lookup", RIGHT.getBytes(StandardCharsets.UTF_8))
                .header("Content-Encoding", "gzip")
                .build();
        isError(CLIENT.send(coded, BodyHandlers.ofByteArray()), 415, "unsupported");
    }

    /** Illegal framing: an error of the client's or a closed connection, never a second answer, never success. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "\0\0\0\0",
                "POST /v2/models/lookup/infer HTTP/1.1\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/9.9\r\nHost: x\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n{}",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
                "POST /v2/models/lookup/infer HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET /v2/models/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://[::1/v2 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v2/models/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v2;x=/../v2 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
            })
    void illegalFramingIsAClientErrorOrTheEnd(String bytes) throws Exception {
        String answer = raw(bytes);
        if (!answer.isEmpty()) {
            assertThat(answer).startsWith("HTTP/1.1 4");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).startsWith("{\"error\":\"");
        }
        assertThat(infer("same-float64", RIGHT).statusCode()).isEqualTo(200);
    }

    @Test
    void aHeaderWithoutEndIsRefused() throws Exception {
        String answer = raw("GET /v2 HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(40_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("{\"error\":\"");
    }

    @Test
    void aClientThatSaysNothingIsLetGo() throws Exception {
        long start = System.nanoTime();
        raw("POST /v2/models/lookup/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
        assertThat((System.nanoTime() - start) / 1e9).isBetween(1.0, 15.0);
        assertThat(infer("same-float64", RIGHT).statusCode()).isEqualTo(200);
    }

    private static String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            for (int n = read(socket, part); n >= 0; n = read(socket, part)) {
                answer.write(part, 0, n);
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    /** A reset after bytes that nobody wants to read is an end too. */
    private static int read(Socket socket, byte[] part) throws IOException {
        try {
            return socket.getInputStream().read(part);
        } catch (java.net.SocketException e) {
            return -1;
        }
    }

    @Test
    void metricsCountWhatWasAnswered() throws Exception {
        infer("same-float64", RIGHT);
        infer("same-float64", "{");
        String text = new String(get("/metrics").body(), StandardCharsets.UTF_8);
        assertThat(text).containsPattern("aiis_requests_total\\{model=\"same-float64\",version=\"1\"} [1-9]");
        assertThat(text).containsPattern("aiis_refusals_total\\{reason=\"malformed\"} [1-9]");
        assertThat(text).doesNotContain("nix");
    }

    /** A backend that dies at its third run, and whose second waits. */
    private static final class Dying implements Backend {
        private final Backend behind = new EvaluatorBackend();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public Sut describe() {
            return behind.describe();
        }

        @Override
        public Observation perform(Step step) {
            if (step instanceof Step.Run run && run.model().startsWith("same-float64")) {
                double first =
                        ((Step.Feed.Inline) run.inputs().get("x")).tensor().real(0);
                if (first == 13) {
                    return new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", "");
                } else if (first == 0.1) {
                    begun.countDown();
                    try {
                        if (!go.await(20, TimeUnit.SECONDS)) {
                            throw new IllegalStateException("nobody let it go");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
            return behind.perform(step);
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    @Test
    void aModelWhoseBackendDiedIsNotReady() throws Exception {
        try (ReferenceServer dying = start(new Dying(), LIMITS)) {
            byte[] deadly = RIGHT.replace("0.1", "13").getBytes(StandardCharsets.UTF_8);
            isError(
                    CLIENT.send(post(dying, "same-float64", deadly).build(), BodyHandlers.ofByteArray()),
                    503,
                    "not-ready");
            for (String path : new String[] {"/v2/health/ready", "/v2/models/same-float64/ready"}) {
                HttpRequest ask = HttpRequest.newBuilder(uri(dying, path)).build();
                isError(CLIENT.send(ask, BodyHandlers.ofByteArray()), 400, "not-ready");
            }
            HttpRequest other = HttpRequest.newBuilder(uri(dying, "/v2/models/lookup/ready"))
                    .build();
            assertThat(CLIENT.send(other, BodyHandlers.ofByteArray()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsUnderWayIsAnsweredBeforeTheServerEnds() throws Exception {
        Dying slow = new Dying();
        ReferenceServer leaving = start(slow, LIMITS);
        CompletableFuture<HttpResponse<byte[]>> answer = CLIENT.sendAsync(
                post(leaving, "same-float64", RIGHT.getBytes(StandardCharsets.UTF_8))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(slow.begun.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
        HttpRequest ready =
                HttpRequest.newBuilder(uri(leaving, "/v2/health/ready")).build();
        for (int tries = 0;
                tries < 200 && CLIENT.send(ready, BodyHandlers.ofByteArray()).statusCode() == 200;
                tries++) {
            Thread.sleep(10);
        }
        isError(CLIENT.send(ready, BodyHandlers.ofByteArray()), 400, "not-ready");
        isError(
                CLIENT.send(
                        post(leaving, "lookup", "{}".getBytes(StandardCharsets.UTF_8))
                                .build(),
                        BodyHandlers.ofByteArray()),
                503,
                "not-ready");
        slow.go.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closed.get(20, TimeUnit.SECONDS);
    }

    @Test
    void anotherFormOfAFolderIsRefusedWithWhatWasExpected(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws Exception {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> org.aiis.reference.serving.ModelFolder.find(folder))
                .hasMessageContaining("MODEL/VERSION/model.onnx");
        for (String version : new String[] {"1", "10", "latest"}) {
            java.nio.file.Path place = folder.resolve("m").resolve(version);
            java.nio.file.Files.createDirectories(place);
            java.nio.file.Files.write(place.resolve("model.onnx"), new byte[] {1});
        }
        assertThat(org.aiis.reference.serving.ModelFolder.find(folder))
                .isEqualTo(new TreeMap<>(Map.of(
                        "m",
                        new TreeMap<>(Map.of(
                                "1", folder.resolve("m/1/model.onnx"), "10", folder.resolve("m/10/model.onnx"))))));
    }
}
