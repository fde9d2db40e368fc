package org.aiis.conformance.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.AnswerPipe;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * A worker that speaks the protocol up to the moment when a model tells it not to. Given the name of a file it counts its
 * starts there, and names a library of another digest at each.
 */
public final class ForeignWorker {
    private ForeignWorker() {}

    public static void main(String[] arguments) throws IOException {
        String descriptor = System.getenv().getOrDefault("AIIS_ANSWERS_FD", "");
        TreeMap<String, String> libraries = new TreeMap<>();
        if (arguments.length > 0) {
            Path starts = Path.of(arguments[0]);
            Files.writeString(starts, ".", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            libraries.put("lib.so", "digest-" + Files.size(starts));
        }
        Sut sut = new Sut("Foreign", "tests", "1", "foreign", "none", libraries, new TreeMap<>());
        try (OutputStream out = AnswerPipe.open(descriptor)) {
            Connection connection = new Connection(System.in, out, Limits.DEFAULT);
            for (var next = connection.request(); next.isPresent(); next = connection.request()) {
                answer(next.get(), sut, connection, out);
            }
        }
    }

    private static void answer(Message<Request> message, Sut sut, Connection connection, OutputStream out)
            throws IOException {
        long id = message.id();
        Answer none = new Answer.Observed(Observation.Outputs.none());
        if (message.body() instanceof Request.Describe) {
            connection.send(id, new Answer.Described(1, sut));
            return;
        }
        Step step = ((Request.Perform) message.body()).step();
        String order = step instanceof Step.Load load
                ? StandardCharsets.UTF_8.decode(load.bytes().view()).toString()
                : "";
        switch (order) {
            case "wrong-id" -> connection.send(id + 1, none);
            case "wrong-crc" -> out.write(changed(id, none, 8, 1));
            case "wrong-magic" -> out.write(changed(id, none, 0, 1));
            case "oversized" ->
                out.write(ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0x53494941)
                        .putInt(Integer.MAX_VALUE)
                        .array());
            case "twice" -> {
                connection.send(id, none);
                connection.send(id, none);
            }
            case "measured" -> connection.send(id, new Answer.Observed(measured(1)));
            case "late" -> {
                // Waits until it is killed: its answer would come after the time-out.
                if (System.in.read() >= 0) {
                    connection.send(id, none);
                }
            }
            case "half" -> {
                byte[] whole = changed(id, none, 0, 0);
                out.write(whole, 0, whole.length / 2);
                out.flush();
                Runtime.getRuntime().halt(7);
            }
            default ->
                connection.send(
                        id, step instanceof Step.Measure ? new Answer.Observed(measured(Long.MAX_VALUE / 2)) : none);
        }
    }

    private static Observation measured(long nanos) {
        Tensor latencies = Tensor.ofLongs(ElementType.INT64, Shape.of(1), nanos);
        return new Observation.Measured(latencies, 1, nanos, new TreeMap<>(), new TreeMap<>());
    }

    private static byte[] changed(long id, Answer answer, int at, int bits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Connection(InputStream.nullInputStream(), bytes, Limits.DEFAULT).send(id, answer);
        byte[] changed = bytes.toByteArray();
        changed[at] ^= (byte) bits;
        return changed;
    }
}
