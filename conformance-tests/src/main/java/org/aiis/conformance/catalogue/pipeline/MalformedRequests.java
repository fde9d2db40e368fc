package org.aiis.conformance.catalogue.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Step.Exchange;
import org.aiis.spec.testing.Step.Exchange.Call;

/**
 * Requests for inference that no server may answer with success, drawn from a seed. Each is made of a valid one by one change
 * that makes it invalid, whatever the numbers drawn. They are for a model {@code y = x} of float64 [n].
 */
final class MalformedRequests {
    private static final String LENGTH = "Inference-Header-Content-Length";

    private final String path;
    private final SplitMix random;

    private MalformedRequests(String model, long seed) {
        this.path = "/v2/models/" + model + "/infer";
        this.random = new SplitMix(seed);
    }

    static List<Call> draw(String model, long seed, int count) {
        MalformedRequests requests = new MalformedRequests(model, seed);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(requests.one(i));
        }
        return calls;
    }

    /** Every kind comes round; what is drawn differs. */
    private Call one(int i) {
        return switch (i % 16) {
            case 0 -> post(truncated(valid()));
            case 1 -> post(valid().replace("\"shape\":[", "\"shape\":[1,"));
            case 2 -> post(valid().replaceFirst("\"shape\":\\[\\d+", "\"shape\":[-" + (1 + random.below(1 << 30))));
            case 3 ->
                post(valid().replaceFirst("\"FP64\"", oneOf("\"FP65\"", "\"fp64\"", "7", "null", "\"INT32\"", "{}")));
            case 4 ->
                post(element(oneOf(
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "null",
                        "true",
                        "\"1\"",
                        "01",
                        "+1",
                        ".5",
                        "1.",
                        "0x10",
                        "1e",
                        "--1")));
            case 5 -> post(element("1e" + (309 + random.below(1_000_000))));
            case 6 -> post(valid().replace("[", "[".repeat(2 + random.below(5000))));
            case 7 ->
                post(valid().replaceFirst(
                                "\"shape\":\\[\\d+",
                                "\"shape\":[" + oneOf("99999999999999999999", "4294967297", "1.5", "\"2\"", "1e400")));
            case 8 ->
                post(valid().replaceFirst(
                                "\"(name|shape|datatype|data|inputs)\"",
                                "\"" + oneOf("Name", "other", "", "dätä") + "\""));
            case 9 ->
                post(oneOf("", "null", "[]", "7", "\"inputs\"", "{}", "{\"inputs\":null}", "{\"inputs\":[null]}"));
            case 10 -> post(valid() + oneOf("}", "x", ",", "{}", "\0", valid()));
            case 11 -> post(noise());
            case 12 -> binary();
            case 13 ->
                post(valid().replaceFirst("\"name\":\"x\"", "\"name\":\"" + oneOf("X", "y", "x ", "\\u0000") + "\""));
            case 14 -> post(valid().replaceFirst("\\{", "{\"outputs\":[{\"name\":\"" + oneOf("x", "Y", "") + "\"}],"));
            default -> framing();
        };
    }

    private String valid() {
        int count = 1 + random.below(5);
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[" + count + "],\"datatype\":\"FP64\",\"data\":["
                + numbers(count) + "]}]}";
    }

    private String numbers(int count) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            numbers.append(i == 0 ? "" : ",").append(random.uniform(-100, 100));
        }
        return numbers.toString();
    }

    private String element(String written) {
        return valid().replaceFirst("\"data\":\\[[^,\\]]+", "\"data\":[" + written);
    }

    private String truncated(String text) {
        return text.substring(0, random.below(text.length()));
    }

    private String noise() {
        byte[] bytes = new byte[1 + random.below(400)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.below(256);
        }
        bytes[0] = '%';
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String oneOf(String... choices) {
        return choices[random.below(choices.length)];
    }

    private Call post(String body) {
        return new Call("POST", path, new TreeMap<>(), Bytes.own(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Binary data whose length is not that of the shape, or a header that is not that of the JSON. */
    private Call binary() {
        int count = 1 + random.below(5);
        int wrong = 8 * count + 1 + random.below(7);
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[" + count
                + "],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":" + (8 * count) + "}}]}";
        boolean bytes = random.below(2) == 0;
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        byte[] body = java.util.Arrays.copyOf(head, head.length + (bytes ? wrong : 8 * count));
        String length = bytes
                ? "" + head.length
                : oneOf("-1", "x", "", "" + (head.length - 1), "" + (head.length + 1), "" + (1L << 40), "1e2");
        return new Call("POST", path, new TreeMap<>(Map.of(LENGTH, length)), Bytes.own(body));
    }

    /** Bytes that are no request of HTTP/1.1: RFC 9112, sections 2.2, 3, 5.1, 6.1 to 6.3 and 7.1. */
    private Call framing() {
        String post = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n";
        String body = valid();
        String written =
                switch (random.below(8)) {
                    case 0 -> post + "Content-Length: -" + (1 + random.below(100)) + "\r\n\r\n" + body;
                    case 1 ->
                        post + "Content-Length: " + body.length() + "\r\nContent-Length: " + (body.length() + 1)
                                + "\r\n\r\n" + body;
                    case 2 ->
                        post + "Content-Length: " + body.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
                    case 3 -> post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + body + "\r\n0\r\n\r\n";
                    case 4 -> post + "Content-Length : " + body.length() + "\r\n\r\n" + body;
                    case 5 -> "POST " + path + " HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                    case 6 -> post + "Content-Length: " + (body.length() + 50) + "\r\n\r\n" + body;
                    default -> noise() + "\r\n\r\n";
                };
        SortedMap<String, String> none = new TreeMap<>();
        return new Call(Exchange.RAW, path, none, Bytes.own(written.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
