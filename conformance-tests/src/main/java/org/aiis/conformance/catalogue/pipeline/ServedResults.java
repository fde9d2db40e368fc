package org.aiis.conformance.catalogue.pipeline;

import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.arithmetic;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.binary;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.flat;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.infer;
import static org.aiis.conformance.catalogue.pipeline.InferenceCalls.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aiis.onnx.inference.ModelInferRequest;
import org.aiis.onnx.inference.ModelInferResponse;
import org.aiis.reference.pipeline.evaluate.ReferenceScores;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Exchange;
import org.aiis.spec.testing.Step.Exchange.Call;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.assertj.core.api.Assertions;

/** That a result is the same served and direct, over REST and over gRPC, alone and among requests at once. */
final class ServedResults {
    private static final Cases CASES = new Cases(ServingCases.class);
    private static final int TOGETHER = 24;
    private static final int IMAGES = 8;

    private final Fixture fixture;

    ServedResults(Fixture fixture) {
        this.fixture = fixture;
    }

    TestCase servedAndDirect() {
        return CASES.check("DEPL-SERVE-VALUES/images", this::imagesServed, this::values);
    }

    static TestCase overBoth() {
        return CASES.check("DEPL-SERVE-GRPC/same-results", ServedResults::bothWays, ServedResults::bothWays);
    }

    private Tensor images() {
        return fixture.data().heldOut().slice(0, IMAGES).images();
    }

    /** Directly, in JSON, and as binary data. */
    private Stimulus imagesServed() {
        Bytes network = ServedModels.network(fixture);
        Tensor images = images();
        String shape = images.shape().toString().replace(" ", "");
        String pixels = IntStream.range(0, images.size())
                .mapToObj(i -> "" + images.integer(i))
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
        String json = "{\"inputs\":[{\"name\":\"images\",\"shape\":" + shape + ",\"datatype\":\"UINT8\",\"data\":"
                + pixels + "}]}";
        String head = "{\"inputs\":[{\"name\":\"images\",\"shape\":" + shape
                + ",\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":" + images.size()
                + "}}],\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"binary_data\":true}}]}";
        return Stimulus.Script.of(
                new Step.Load("direct", network, false),
                Step.Run.of("direct", Map.of("images", images)),
                new Step.Close("direct"),
                new Exchange(
                        new TreeMap<>(Map.of(ServedModels.NETWORK, network)),
                        List.of(
                                infer(ServedModels.NETWORK, json),
                                binary(ServedModels.NETWORK, head, images.toByteArray())),
                        false));
    }

    private Finding values(Observation observation, Terms terms) {
        Tensor direct = Played.of(observation).all("scores").get(0);
        Served served = Served.of(observation, 2);
        JsonNode json = served.get(0).succeeds("images in JSON").output("scores");
        byte[] raw = served.get(1).succeeds("images as binary data").raw();
        Assertions.assertThat(raw.length).as("bytes of the scores").isEqualTo(4 * direct.size());
        Tensor binary = Tensor.ofBytes(ElementType.FLOAT32, direct.shape(), raw);
        List<JsonNode> numbers = flat(json.path("data"));
        Assertions.assertThat(numbers).as("scores in JSON").hasSize(direct.size());
        Tensor.Builder read = new Tensor.Builder(ElementType.FLOAT32, direct.shape());
        for (int i = 0; i < direct.size(); i++) {
            read.setBits(i, Float.floatToRawIntBits(numbers.get(i).floatValue()) & 0xFFFFFFFFL);
        }
        Tensor text = read.build();
        boolean equal = text.equals(direct) && binary.equals(direct);
        if (terms.deterministic().contains("run-to-run")) {
            Assertions.assertThat(equal)
                    .as("scores served equal the direct ones bit for bit, as determinism is claimed")
                    .isTrue();
        }
        List<ReferenceScores> reference = IntStream.range(0, IMAGES)
                .mapToObj(record -> ReferenceScores.of(
                        fixture.network(), fixture.layers(), fixture.weights().reals(), images(), record))
                .toList();
        Within within = new Within();
        // In one order: a finding says the same when it is judged again in another process.
        compare(within, "scores served in JSON", text, reference);
        compare(within, "scores served as binary data", binary, reference);
        return within.finding().withTallies(Map.of("equal-bit-for-bit", equal ? 1L : 0L));
    }

    private void compare(Within within, String name, Tensor scores, List<ReferenceScores> reference) {
        int classes = fixture.layers().classes();
        within.tensor(
                name,
                scores,
                i -> reference.get(i / classes).score(i % classes),
                i -> 6 * reference.get(i / classes).sigma(i % classes));
    }

    private static Stimulus bothWays() {
        ModelInferRequest.Builder message = ModelInferRequest.newBuilder()
                .setModelName(ServedModels.ARITHMETIC)
                .setId("7");
        for (String name : List.of("a", "b")) {
            message.addInputsBuilder()
                    .setName(name)
                    .setDatatype("FP32")
                    .addShape(1)
                    .addShape(4);
            ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 4; i++) {
                raw.putFloat(name.equals("a") ? 7 : 1);
            }
            message.addRawInputContents(ByteString.copyFrom(raw.flip()));
        }
        Call grpc = new Call(
                Exchange.GRPC,
                "ModelInfer",
                new TreeMap<>(),
                Bytes.own(message.build().toByteArray()));
        return Stimulus.Script.of(
                new Exchange(arithmetic(), List.of(infer(ServedModels.ARITHMETIC, rows(7, 1, "")), grpc), false));
    }

    private static Finding bothWays(Observation observation, Terms terms) {
        Served served = Served.of(observation, 2);
        served.get(0).succeeds("REST");
        if (served.get(1).status() < 0) {
            return Finding.of(Verdict.INCONCLUSIVE, "gRPC was not offered, or the option grpc-server does not name it")
                    .because("not-driven");
        }
        Assertions.assertThat(served.get(1).status()).as("status of gRPC").isZero();
        ModelInferResponse message;
        try {
            message = ModelInferResponse.parseFrom(served.get(1).body());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("the answer over gRPC is no ModelInferResponse", e);
        }
        Assertions.assertThat(message.getId()).as("id over gRPC").isEqualTo("7");
        for (int o = 0; o < message.getOutputsCount(); o++) {
            ModelInferResponse.InferOutputTensor output = message.getOutputs(o);
            List<JsonNode> rest = flat(served.get(0).output(output.getName()).path("data"));
            List<Float> grpc = new ArrayList<>(output.getContents().getFp32ContentsList());
            if (message.getRawOutputContentsCount() > o) {
                ByteBuffer raw =
                        message.getRawOutputContents(o).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                while (raw.remaining() >= 4) {
                    grpc.add(raw.getFloat());
                }
            }
            Assertions.assertThat(grpc)
                    .as("%s over gRPC, against REST", output.getName())
                    .isEqualTo(rest.stream().map(JsonNode::floatValue).toList());
        }
        Assertions.assertThat(message.getOutputsCount()).as("outputs over gRPC").isEqualTo(2);
        return Finding.pass();
    }

    /** Requests at once, each with numbers and rows of its own: each gets its own back. */
    static TestCase atOnce() {
        List<Call> calls = IntStream.range(0, TOGETHER)
                .mapToObj(i -> infer(ServedModels.ARITHMETIC, rows(100 + i, 1 + i % 3, "")))
                .toList();
        return CASES.check(
                "DEPL-SERVE-NO-LEAK/at-once",
                () -> Stimulus.Script.of(new Exchange(arithmetic(), calls, true)),
                (observation, terms) -> {
                    Served served = Served.of(observation, TOGETHER);
                    for (int i = 0; i < TOGETHER; i++) {
                        Served.Answer answer = served.get(i).succeeds("request " + i + " of " + TOGETHER + " at once");
                        Assertions.assertThat(answer.json().path("id").asText())
                                .as("id of request %d", i)
                                .isEqualTo("" + (100 + i));
                        int elements = 4 * (1 + i % 3);
                        Assertions.assertThat(flat(answer.output("sum").path("data")).stream()
                                        .map(JsonNode::floatValue))
                                .as("sum of request %d", i)
                                .isEqualTo(java.util.Collections.nCopies(elements, 101f + i));
                    }
                    return Finding.pass();
                });
    }
}
