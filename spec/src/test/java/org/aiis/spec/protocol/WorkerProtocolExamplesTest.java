package org.aiis.spec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.Test;

/** The bytes in spec/worker-protocol.md, made with Python's struct, json and zlib, are what this codec reads and writes. */
class WorkerProtocolExamplesTest {
    private static final Request DESCRIBE = new Request.Describe(1);
    private static final Request PUT =
            new Request.Perform(new Step.Put("w", Tensor.ofFloats(Shape.of(2), 1.0f, -0.5f)));
    private static final Request RUN = new Request.Perform(new Step.Run(
            "m",
            new TreeMap<>(Map.of(
                    "x", new Step.Feed.Inline(Tensor.ofStrings(Shape.of(2), List.of("a", "é"))),
                    "y", new Step.Feed.Kept("w"))),
            new TreeMap<>(),
            List.of("z")));
    private static final Request TOGETHER = new Request.Perform(new Step.Together(
            List.of(
                    new Step.Run("m", new TreeMap<>(Map.of("x", new Step.Feed.Kept("w"))), new TreeMap<>(), List.of()),
                    new Step.Load("n", Bytes.own(new byte[] {8, 8}), false)),
            2));
    private static final Request LOAD_TIMED =
            new Request.Perform(new Step.Load("m", Bytes.own(new byte[] {8, 8}), false, true));
    private static final Answer NODE_NANOS = new Answer.Observed(
            Observation.Outputs.of(Map.of(Step.NODE_NANOS, Tensor.ofLongs(ElementType.INT64, Shape.of(2), 3_000, -1))));
    private static final Answer OUTPUTS = new Answer.Observed(
            Observation.Outputs.of(Map.of("z", Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, -2))));
    private static final Answer REJECTED =
            new Answer.Observed(new Observation.Rejected(Observation.Phase.LOAD, "INVALID_GRAPH", "no such operator"));

    @Test
    void requestsAreReadFromTheExamples() throws IOException {
        assertThat(reading(example("describe")).request()).contains(new Message<>(0, DESCRIBE));
        assertThat(reading(example("put")).request()).contains(new Message<>(1, PUT));
        assertThat(reading(example("run")).request()).contains(new Message<>(2, RUN));
        assertThat(reading(example("together")).request()).contains(new Message<>(4, TOGETHER));
        assertThat(reading(example("load-timed")).request()).contains(new Message<>(5, LOAD_TIMED));
    }

    @Test
    void answersAreReadFromTheExamples() throws IOException {
        assertThat(reading(example("outputs")).answer()).contains(new Message<>(2, OUTPUTS));
        assertThat(reading(example("rejected")).answer()).contains(new Message<>(3, REJECTED));
        assertThat(reading(example("node-nanos")).answer()).contains(new Message<>(6, NODE_NANOS));
    }

    @Test
    void requestsAreWrittenAsInTheExamples() throws IOException {
        assertThat(written(c -> c.send(0, DESCRIBE))).isEqualTo(example("describe"));
        assertThat(written(c -> c.send(1, PUT))).isEqualTo(example("put"));
        assertThat(written(c -> c.send(2, RUN))).isEqualTo(example("run"));
        assertThat(written(c -> c.send(4, TOGETHER))).isEqualTo(example("together"));
        assertThat(written(c -> c.send(5, LOAD_TIMED))).isEqualTo(example("load-timed"));
    }

    @Test
    void answersAreWrittenAsInTheExamples() throws IOException {
        assertThat(written(c -> c.send(2, OUTPUTS))).isEqualTo(example("outputs"));
        assertThat(written(c -> c.send(3, REJECTED))).isEqualTo(example("rejected"));
        assertThat(written(c -> c.send(6, NODE_NANOS))).isEqualTo(example("node-nanos"));
    }

    @Test
    void theFrameWithTheWrongChecksumIsAViolation() {
        assertThatThrownBy(() -> reading(example("wrong-crc")).request())
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("CRC-32");
    }

    private static Connection reading(byte[] bytes) {
        return new Connection(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), Limits.DEFAULT);
    }

    private interface Sending {
        void on(Connection connection) throws IOException;
    }

    private static byte[] written(Sending sending) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sending.on(new Connection(InputStream.nullInputStream(), out, Limits.DEFAULT));
        return out.toByteArray();
    }

    private static byte[] example(String name) throws IOException {
        Path home = Path.of(System.getProperty("aiis.home", ".."));
        String text = Files.readString(home.resolve("spec/worker-protocol.md"));
        Matcher block =
                Pattern.compile("```hex " + name + "\n([0-9a-f \n]+)```").matcher(text);
        assertThat(block.find()).as("example %s", name).isTrue();
        return HexFormat.of().parseHex(block.group(1).replaceAll("\\s", ""));
    }
}
