package org.aiis.conformance.worker.rogue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;

/** Rogues that say far too much. */
final class Floods {
    private Floods() {}

    static List<Rogues.Named> all() {
        return List.of(
                new Rogues.Named(
                        "floods-stderr",
                        "prints to standard error without end",
                        () -> Rogue.atRun((s, right) -> print(FileDescriptor.err))),
                new Rogues.Named(
                        "floods-stdout",
                        "prints to standard output without end",
                        () -> Rogue.atRun((s, right) -> print(FileDescriptor.out))),
                new Rogues.Named(
                        "long-message",
                        "refuses with a message of 100 million characters",
                        () -> Rogue.atLoad((s, right) ->
                                new Observation.Rejected(Observation.Phase.LOAD, "FAIL", "why ".repeat(25_000_000)))),
                new Rogues.Named(
                        "huge-output",
                        "answers with 64 MiB that nobody asked for",
                        () -> Rogue.atRun((s, right) -> huge())));
    }

    private static Observation print(FileDescriptor where) {
        byte[] lines = "the same line again and again, and nobody reads it\n"
                .repeat(20_000)
                .getBytes(StandardCharsets.UTF_8);
        try (FileOutputStream out = new FileOutputStream(where)) {
            for (; ; ) {
                out.write(lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that do not compress: evidence keeps what it is given in as little room as it takes. */
    private static Observation huge() {
        byte[] noise = new byte[64 << 20];
        new java.util.Random(1).nextBytes(noise);
        return Observation.Outputs.of(
                java.util.Map.of("surplus", Tensor.ofBytes(ElementType.UINT8, Shape.of(noise.length), noise)));
    }
}
