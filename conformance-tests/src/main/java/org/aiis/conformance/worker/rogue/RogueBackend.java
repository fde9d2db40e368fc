package org.aiis.conformance.worker.rogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** The oracle, and a rogue that gets its way at one model. */
final class RogueBackend implements Backend {
    private final Rogue rogue;
    private final Backend right;
    private final int starts;
    private final Wire wire = new Wire();
    private Optional<String> set = Optional.empty();
    private long requests;

    RogueBackend(Rogue rogue, Backend right) {
        this.rogue = rogue;
        this.right = right;
        this.starts = counted();
    }

    /** How many workers of this run have started, kept two folders up, where no canary watches. */
    private static int counted() {
        try {
            Path watched = java.util.Objects.requireNonNull(
                    Path.of("").toAbsolutePath().getParent());
            Path starts = watched.resolveSibling("rogue-starts");
            Files.writeString(starts, ".", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return (int) Files.size(starts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Sut describe() {
        rogue.describing(starts);
        Sut sut = right.describe();
        TreeMap<String, String> libraries = new TreeMap<>(sut.libraries());
        if (rogue.changesWithEachStart()) {
            libraries.put("rogue", Bytes.sha256(new byte[] {(byte) starts}));
        }
        return new Sut(
                sut.name(), sut.vendor(), sut.version(), sut.backend(), sut.provider(), libraries, sut.properties());
    }

    @Override
    public Observation perform(Step step) {
        Rogue.Scene scene = new Rogue.Scene(++requests, wire);
        Observation answer = right.perform(step);
        if (step instanceof Step.Load load) {
            set = setsOff(load.bytes()) ? Optional.of(load.model()) : Optional.empty();
            return set.isPresent() ? rogue.load(scene, load, answer) : answer;
        } else if (step instanceof Step.Run run && set.equals(Optional.of(run.model()))) {
            return rogue.run(scene, run, answer);
        } else if (step instanceof Step.Close close && set.equals(Optional.of(close.model()))) {
            return rogue.close(scene, close, answer);
        }
        return answer;
    }

    /** {@code Not} of an empty tensor. */
    private boolean setsOff(Bytes bytes) {
        try {
            ModelProto model = Models.parse(bytes);
            rogue.loading(model);
            return isOfNothing(model, "Not");
        } catch (Oracle.Refusal damaged) {
            return false;
        }
    }

    /** Whether a model holds an operator and has an empty input. */
    static boolean isOfNothing(ModelProto model, String operator) {
        return model.getGraph().getNodeList().stream()
                        .anyMatch(n -> n.getOpType().equals(operator))
                && model.getGraph().getInputList().stream().anyMatch(RogueBackend::empty);
    }

    private static boolean empty(ValueInfoProto input) {
        return input.getType().getTensorType().getShape().getDimList().stream()
                .anyMatch(d -> d.hasDimValue() && d.getDimValue() == 0);
    }

    @Override
    public void close() {
        right.close();
    }
}
