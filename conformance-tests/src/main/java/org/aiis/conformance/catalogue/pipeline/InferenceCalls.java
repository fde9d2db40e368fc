package org.aiis.conformance.catalogue.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Step.Exchange.Call;

/** Requests of the Open Inference Protocol as cases ask them, in JSON and with binary data behind it. */
final class InferenceCalls {
    private static final String LENGTH = "Inference-Header-Content-Length";

    private InferenceCalls() {}

    static Call get(String path) {
        return new Call("GET", path, new TreeMap<>(), Bytes.own(new byte[0]));
    }

    static Call infer(String model, String json) {
        return new Call(
                "POST",
                "/v2/models/" + model + "/infer",
                new TreeMap<>(),
                Bytes.own(json.getBytes(StandardCharsets.UTF_8)));
    }

    static Call binary(String model, String json, byte[] behind) {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body =
                ByteBuffer.allocate(head.length + behind.length).put(head).put(behind);
        return new Call(
                "POST",
                "/v2/models/" + model + "/infer",
                new TreeMap<>(Map.of(LENGTH, "" + head.length)),
                Bytes.own(body.array()));
    }

    static String request(String datatype, String shape, String data) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + datatype + "\",\"data\":" + data
                + "}]}";
    }

    /** Rows of {@code value} and of ones for the arithmetic model. */
    static String rows(int value, int count, String more) {
        String all = String.join(",", java.util.Collections.nCopies(4 * count, "" + value));
        String ones = String.join(",", java.util.Collections.nCopies(4 * count, "1"));
        return "{\"id\":\"" + value + "\",\"inputs\":[{\"name\":\"a\",\"shape\":[" + count
                + ",4],\"datatype\":\"FP32\",\"data\":[" + all + "]},{\"name\":\"b\",\"shape\":[" + count
                + ",4],\"datatype\":\"FP32\",\"data\":[" + ones + "]}]" + more + "}";
    }

    /** The model that adds and subtracts two matrices, for {@link #rows}. */
    static SortedMap<String, Bytes> arithmetic() {
        return new TreeMap<>(Map.of(ServedModels.ARITHMETIC, ServedModels.arithmetic()));
    }

    /** The numbers of nested lists, in their order. */
    static List<JsonNode> flat(JsonNode data) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode each : data) {
            all.addAll(each.isArray() ? flat(each) : List.of(each));
        }
        return all;
    }
}
