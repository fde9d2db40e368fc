package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers are in the pipe or in the file, whenever the process ends, and in the pipe in their order. */
class HeldAnswersTest {
    private static final Answer SMALL = answer(1);

    /** Larger than the file, and than what is gathered into one write. */
    private static final Answer LARGE = answer(1 << 16);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    private Path file = Path.of("");
    private OutputStream held = OutputStream.nullOutputStream();

    @BeforeEach
    void open() throws IOException {
        file = HeldAnswers.in(folder);
        held = HeldAnswers.before(pipe, file);
    }

    private static Answer answer(int floats) {
        return new Answer.Observed(
                Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(floats), new float[floats]))));
    }

    @Test
    void anAnswerIsInTheFileUntilItIsSent() throws IOException {
        Connection connection = connection();
        connection.put(7, SMALL);
        connection.put(8, SMALL);
        assertThat(pipe.size()).isZero();
        assertThat(found(7)).isTrue();
        assertThat(found(8)).isTrue();
        assertThat(found(9)).isFalse();
        connection.flush();
        assertThat(found(8)).isFalse();
        sent(7, 8);
    }

    @Test
    void whatTheFileDoesNotTakeIsSentInItsOrder() throws IOException {
        Connection connection = connection();
        connection.put(1, SMALL);
        connection.put(2, LARGE);
        connection.put(3, SMALL);
        connection.flush();
        sent(1, 2, 3);
    }

    @Test
    void anAnswerIsNeverInPartInBoth() throws IOException {
        Connection connection = connection();
        connection.put(1, SMALL);
        connection.put(2, LARGE);
        sent(1, 2);
        connection.put(3, SMALL);
        sent(1, 2, 3);
        connection.flush();
        connection.put(4, SMALL);
        assertThat(found(4)).isTrue();
        sent(1, 2, 3);
    }

    @Test
    void moreThanTheFileTakesAtOnceIsSentInItsOrder() throws IOException {
        Connection connection = connection();
        long[] ids = new long[2000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
            connection.put(i, SMALL);
        }
        connection.flush();
        sent(ids);
    }

    @Test
    void whatIsNoAnswerIsNone() throws IOException {
        connection().put(1, SMALL);
        byte[] whole = Files.readAllBytes(file);
        for (byte[] torn : new byte[][] {
            {},
            {0, 0},
            {0x7f, -1, -1, -1},
            {-1, -1, -1, -1},
            java.util.Arrays.copyOf(whole, 40),
            {0, 0, 0, 4, 1, 2, 3, 4}
        }) {
            Files.write(file, torn);
            assertThat(found(1)).isFalse();
        }
        Files.write(folder.resolve("elsewhere"), whole);
        Files.delete(file);
        assertThat(found(1)).isFalse();
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        assertThat(found(1)).isFalse();
    }

    private Connection connection() {
        return new Connection(InputStream.nullInputStream(), held, Limits.DEFAULT);
    }

    private boolean found(long id) {
        return HeldAnswers.answer(file, id, Limits.DEFAULT)
                .map(found -> found.body().equals(SMALL))
                .orElse(false);
    }

    private void sent(long... ids) throws IOException {
        Connection suite = new Connection(
                new ByteArrayInputStream(pipe.toByteArray()), OutputStream.nullOutputStream(), Limits.DEFAULT);
        for (long id : ids) {
            assertThat(suite.answer().orElseThrow().id()).isEqualTo(id);
        }
        assertThat(suite.answer()).isEmpty();
    }
}
