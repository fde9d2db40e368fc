package org.aiis.conformance.catalogue.pipeline;

import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.binary;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.flat;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.get;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.infer;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.request;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Step.Exchange;
import org.aiis.spec.testing.Step.Exchange.Call;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/** A server of models, through the Open Inference Protocol. */
final class ServingCases implements CaseSource {
    private static final Cases CASES = new Cases(ServingCases.class);
    private static final long SEED = 71;
    private static final int DRAWN = 64;
    private static final String SNOWMAN = "☃ \"quoted\" \\u0041";

    private final ServedResults results;

    ServingCases(Fixture fixture) {
        this.results = new ServedResults(fixture);
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                served(
                        "DEPL-SERVE-LIVE/health",
                        small(ElementType.FLOAT64),
                        List.of(get("/v2/health/live")),
                        s -> s.get(0).succeeds("v2/health/live")),
                served("DEPL-SERVE-READY/able-and-not", this::oneBroken, readinessCalls(), ServingCases::readiness),
                served(
                        "DEPL-SERVE-METADATA/two-and-two",
                        InferenceCalls::arithmetic,
                        List.of(get("/v2/models/" + ServedModels.ARITHMETIC)),
                        ServingCases::metadata),
                results.servedAndDirect(),
                malformed(),
                refused(
                        "DEPL-SERVE-COUNT/list",
                        ElementType.FLOAT64,
                        request("FP64", "[3]", "[1,2]"),
                        request("FP64", "[1]", "[1,2]"),
                        request("FP64", "[2]", "[[1,2,3]]"),
                        request("FP64", "[0]", "[1]"),
                        request("FP64", "[100000000]", "[1]")),
                refused(
                        "DEPL-SERVE-DIMENSION/negative",
                        ElementType.FLOAT64,
                        request("FP64", "[-1]", "[1]"),
                        request("FP64", "[-2]", "[1,2]"),
                        request("FP64", "[-9223372036854775808]", "[1]")),
                refused(
                        "DEPL-SERVE-NUMBER/int32",
                        ElementType.INT32,
                        request("INT32", "[1]", "[1.5]"),
                        request("INT32", "[1]", "[2147483648]"),
                        request("INT32", "[1]", "[-2147483649]"),
                        request("INT32", "[1]", "[1e30]")),
                refused(
                        "DEPL-SERVE-NUMBER/uint8",
                        ElementType.UINT8,
                        request("UINT8", "[1]", "[300]"),
                        request("UINT8", "[1]", "[-1]"),
                        request("UINT8", "[1]", "[0.5]")),
                integers(
                        "DEPL-SERVE-INT64/extremes",
                        ElementType.INT64,
                        "9223372036854775807",
                        "-9223372036854775808",
                        "9007199254740993",
                        "4294967296",
                        "-1"),
                integers(
                        "DEPL-SERVE-INT64/unsigned-extremes",
                        ElementType.UINT64,
                        "18446744073709551615",
                        "9223372036854775808",
                        "9007199254740993",
                        "0"),
                served(
                        "DEPL-SERVE-FP64/last-bits",
                        small(ElementType.FLOAT64),
                        List.of(infer(
                                ServedModels.same(ElementType.FLOAT64),
                                request("FP64", "[4]", "[0.1,1.7976931348623157e308,4.9e-324,-1.0000000000000002]"))),
                        ServingCases::doubles),
                served("DEPL-SERVE-NAN/infinity", this::reciprocal, infinityCalls(), ServingCases::infinity),
                served(
                        "DEPL-SERVE-BYTES/zero-bytes",
                        small(ElementType.STRING),
                        List.of(infer(
                                ServedModels.same(ElementType.STRING),
                                request("BYTES", "[2]", "[\"a\\u0000b\",\"\"]"))),
                        ServingCases::bytes),
                served(
                        "DEPL-SERVE-BINARY-LENGTH/longer-and-shorter",
                        small(ElementType.FLOAT64),
                        binaryCalls(),
                        ServingCases::lengths),
                served(
                        "DEPL-SERVE-OUTPUTS/one-of-two",
                        InferenceCalls::arithmetic,
                        List.of(infer(ServedModels.ARITHMETIC, rows(1, 1, ",\"outputs\":[{\"name\":\"difference\"}]"))),
                        s -> Assertions.assertThat(names(s.get(0)
                                        .succeeds("a request for one output")
                                        .json()))
                                .as("outputs")
                                .containsExactly("difference")),
                served(
                        "DEPL-SERVE-VERSION/that-is-not-there",
                        small(ElementType.FLOAT64),
                        List.of(
                                infer(
                                        ServedModels.same(ElementType.FLOAT64) + "/versions/1",
                                        request("FP64", "[1]", "[1]")),
                                infer(
                                        ServedModels.same(ElementType.FLOAT64) + "/versions/77",
                                        request("FP64", "[1]", "[1]"))),
                        s -> {
                            s.get(0).succeeds("version 1");
                            s.get(1).isClientError("version 77", false);
                        }),
                served(
                        "DEPL-SERVE-ID/beyond-ascii",
                        small(ElementType.FLOAT64),
                        List.of(infer(
                                ServedModels.same(ElementType.FLOAT64),
                                request("FP64", "[1]", "[1]")
                                        .replaceFirst("\\{", "{\"id\":\"☃ \\\\\"quoted\\\\\" \\\\\\\\u0041\","))),
                        s -> Assertions.assertThat(s.get(0)
                                        .succeeds("a request with an id")
                                        .json()
                                        .path("id")
                                        .asText())
                                .as("id")
                                .isEqualTo(SNOWMAN)),
                served(
                        "DEPL-SERVE-EXTENSIONS/binary",
                        small(ElementType.FLOAT64),
                        extensionCalls(),
                        ServingCases::extensions),
                ServedResults.overBoth(),
                ServedResults.atOnce(),
                survives());
    }

    private static Supplier<SortedMap<String, Bytes>> small(ElementType type) {
        return () -> new TreeMap<>(Map.of(ServedModels.same(type), ServedModels.identity(type)));
    }

    private SortedMap<String, Bytes> reciprocal() {
        return new TreeMap<>(Map.of(ServedModels.RECIPROCAL, ServedModels.reciprocal()));
    }

    private SortedMap<String, Bytes> oneBroken() {
        SortedMap<String, Bytes> models =
                new TreeMap<>(small(ElementType.FLOAT64).get());
        models.put(ServedModels.BROKEN, ServedModels.broken());
        return models;
    }

    private static TestCase served(
            String id, Supplier<SortedMap<String, Bytes>> models, List<Call> calls, Consumer<Served> check) {
        return CASES.check(
                id, () -> Stimulus.Script.of(new Exchange(models.get(), calls, false)), (observation, terms) -> {
                    check.accept(Served.of(observation, calls.size()));
                    return Finding.pass();
                });
    }

    /** Each of these bodies is a client error, and a right one behind them is answered. */
    private static TestCase refused(String id, ElementType type, String... bodies) {
        String model = ServedModels.same(type);
        List<Call> calls = new ArrayList<>();
        for (String body : bodies) {
            calls.add(infer(model, body));
        }
        String right = request(
                type == ElementType.FLOAT64 ? "FP64" : type.label().toUpperCase(java.util.Locale.ROOT), "[1]", "[1]");
        calls.add(infer(model, right));
        return served(id, small(type), calls, s -> {
            for (int i = 0; i < bodies.length; i++) {
                s.get(i).isClientError(bodies[i], false);
            }
            s.get(bodies.length).succeeds("a right request behind them");
        });
    }

    private static TestCase integers(String id, ElementType type, String... values) {
        String datatype = type.label().toUpperCase(java.util.Locale.ROOT);
        Call call = infer(
                ServedModels.same(type),
                request(datatype, "[" + values.length + "]", "[" + String.join(",", values) + "]"));
        return served(id, small(type), List.of(call), s -> {
            JsonNode data =
                    s.get(0).succeeds("extremes of " + datatype).output("y").path("data");
            for (int i = 0; i < values.length; i++) {
                Assertions.assertThat(
                                data.path(i).isIntegralNumber() ? data.path(i).bigIntegerValue() : null)
                        .as("y[%d] of %s", i, data)
                        .isEqualTo(new BigInteger(values[i]));
            }
        });
    }

    // What is answered.

    private static List<Call> readinessCalls() {
        String able = "/v2/models/" + ServedModels.same(ElementType.FLOAT64);
        return List.of(
                get(able + "/ready"),
                get(able + "/versions/1/ready"),
                infer(ServedModels.same(ElementType.FLOAT64), request("FP64", "[1]", "[1]")),
                get("/v2/models/" + ServedModels.BROKEN + "/ready"),
                get("/v2/models/aiis-nowhere/ready"),
                get(able + "/versions/77/ready"));
    }

    private static void readiness(Served served) {
        served.get(0).succeeds("readiness of a model");
        served.get(1).succeeds("readiness of its version 1");
        served.get(2).succeeds("a request to the model that is ready");
        for (int i = 3; i < 6; i++) {
            Assertions.assertThat(served.get(i).status())
                    .as("status of %s", readinessCalls().get(i).path())
                    .isBetween(400, 599);
        }
    }

    private static void metadata(Served served) {
        JsonNode model = served.get(0).succeeds("metadata").json();
        Assertions.assertThat(model.path("name").asText()).as("name").isEqualTo(ServedModels.ARITHMETIC);
        port(model.path("inputs"), "a");
        port(model.path("inputs"), "b");
        port(model.path("outputs"), "sum");
        port(model.path("outputs"), "difference");
        Assertions.assertThat(model.path("inputs").size()).as("inputs").isEqualTo(2);
        Assertions.assertThat(model.path("outputs").size()).as("outputs").isEqualTo(2);
    }

    private static void port(JsonNode ports, String name) {
        for (JsonNode port : ports) {
            if (port.path("name").asText().equals(name)) {
                Assertions.assertThat(port.path("datatype").asText())
                        .as("datatype of %s", name)
                        .isEqualTo("FP32");
                Assertions.assertThat(port.path("shape").toString())
                        .as("shape of %s", name)
                        .isEqualTo("[-1,4]");
                return;
            }
        }
        throw new AssertionError("no " + name + " in the metadata: " + ports);
    }

    private static TestCase malformed() {
        List<Call> calls = MalformedRequests.draw(ServedModels.same(ElementType.FLOAT64), SEED, DRAWN);
        return served("DEPL-SERVE-MALFORMED/drawn", small(ElementType.FLOAT64), calls, s -> {
            for (int i = 0; i < calls.size(); i++) {
                s.get(i)
                        .isClientError(
                                "malformed request " + i, calls.get(i).method().equals(Exchange.RAW));
            }
        });
    }

    private static TestCase survives() {
        String model = ServedModels.same(ElementType.FLOAT64);
        List<Call> calls = new ArrayList<>();
        for (Call bad : MalformedRequests.draw(model, SEED + 1, 32)) {
            calls.add(bad);
            calls.add(infer(model, request("FP64", "[2]", "[" + calls.size() + ",-0.5]")));
        }
        return served("DEPL-SERVE-SURVIVES/between-malformed", small(ElementType.FLOAT64), calls, s -> {
            for (int i = 1; i < calls.size(); i += 2) {
                JsonNode data = s.get(i)
                        .succeeds("a right request behind a malformed one")
                        .output("y")
                        .path("data");
                Assertions.assertThat(
                                flat(data).stream().map(JsonNode::doubleValue).toList())
                        .as("y behind malformed request %d", i / 2)
                        .isEqualTo(List.of((double) i, -0.5));
            }
        });
    }

    private static void doubles(Served served) {
        List<JsonNode> data = flat(served.get(0).succeeds("FP64").output("y").path("data"));
        double[] expected = {0.1, Double.MAX_VALUE, Double.MIN_VALUE, -1.0000000000000002};
        Assertions.assertThat(data).as("y").hasSize(4);
        for (int i = 0; i < 4; i++) {
            Assertions.assertThat(new BigDecimal(data.get(i).asText()).doubleValue())
                    .as("y[%d]", i)
                    .isEqualTo(expected[i]);
        }
    }

    private static List<Call> infinityCalls() {
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[0,2]}]";
        return List.of(
                infer(ServedModels.RECIPROCAL, head + "}"),
                infer(
                        ServedModels.RECIPROCAL,
                        head + ",\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]}"));
    }

    private static void infinity(Served served) {
        served.get(0).isClientError("a request in JSON whose result is infinite", false);
        ByteBuffer raw = ByteBuffer.wrap(
                        served.get(1).succeeds("the same as binary data").raw())
                .order(ByteOrder.LITTLE_ENDIAN);
        Assertions.assertThat(raw.remaining()).as("bytes of y").isEqualTo(8);
        Assertions.assertThat(raw.getFloat(0)).as("y[0]").isEqualTo(Float.POSITIVE_INFINITY);
        Assertions.assertThat(raw.getFloat(4)).as("y[1]").isEqualTo(0.5f);
    }

    private static void bytes(Served served) {
        JsonNode data =
                served.get(0).succeeds("BYTES with a zero byte").output("y").path("data");
        Assertions.assertThat(data.path(0).asText()).as("y[0]").isEqualTo("a\0b");
        Assertions.assertThat(data.path(1).asText("none")).as("y[1]").isEqualTo("");
    }

    private static List<Call> binaryCalls() {
        String head =
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":16}}]}";
        String model = ServedModels.same(ElementType.FLOAT64);
        return List.of(
                binary(model, head, new byte[16]),
                binary(model, head, new byte[15]),
                binary(model, head, new byte[17]),
                binary(model, head.replace(":16}", ":8}"), new byte[8]),
                binary(model, head.replace(":16}", ":24}"), new byte[24]),
                binary(model, head, new byte[0]));
    }

    private static void lengths(Served served) {
        served.get(0).succeeds("16 bytes for two elements of FP64");
        int[] bytes = {16, 15, 17, 8, 24, 0};
        for (int i = 1; i < bytes.length; i++) {
            served.get(i).isClientError(bytes[i] + " bytes for two elements of FP64", false);
        }
    }

    private static List<String> names(JsonNode response) {
        List<String> names = new ArrayList<>();
        response.path("outputs").forEach(output -> names.add(output.path("name").asText()));
        return names;
    }

    private static List<Call> extensionCalls() {
        return List.of(get("/v2"), binaryCalls().get(0));
    }

    /** What it says of binary data is what it does. */
    private static void extensions(Served served) {
        JsonNode extensions =
                served.get(0).succeeds("metadata of the server").json().path("extensions");
        Assertions.assertThat(extensions.isArray())
                .as("extensions are a list: %s", extensions)
                .isTrue();
        TreeSet<String> named = new TreeSet<>();
        extensions.forEach(e -> named.add(e.asText()));
        boolean does = served.get(1).status() == 200;
        boolean says = named.contains("binary_tensor_data") || named.contains("binary_data");
        Assertions.assertThat(says)
                .as(
                        "extensions %s name binary_tensor_data, and a request with binary data was answered with %d",
                        named, served.get(1).status())
                .isEqualTo(does);
    }
}
