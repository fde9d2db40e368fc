package org.aiis.conformance.bisect;

import java.util.Optional;
import org.aiis.conformance.vectors.Beside;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.worker.LinkedFolder;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/**
 * How a worker is shown a model, or a part of it: in one piece where that is small, else by the path of a file beside which the data
 * lie, of which no byte is copied.
 */
public final class Showing implements AutoCloseable {
    /** Bytes of a model with its data that go in one piece, of a worker that reads no files: what a frame holds. */
    public static final long MOST = 500L << 20;

    private final Optional<Beside> beside;
    private final boolean byPath;
    private final String system;
    private Optional<LinkedFolder> folder = Optional.empty();

    private Showing(Optional<Beside> beside, Sut sut) {
        this.beside = beside;
        this.byPath = sut.optionalSteps().contains(Step.PATH);
        this.system = sut.name();
    }

    /** Of a model and its parts, to this system. */
    public static Showing of(ModelFile file, Sut sut) {
        return new Showing(file.beside(), sut);
    }

    /** @throws InputException when the worker takes no files, and the model no frame */
    public Stimulus stimulus(Stimulus.ModelRun run) {
        Shown shown = shown(run.model());
        return shown.path
                .<Stimulus>map(path -> new Stimulus.FileRun(path, run.inputs()))
                .orElseGet(() -> new Stimulus.ModelRun(shown.model, run.inputs()));
    }

    /** The step that loads it. */
    public Step load(String handle, Bytes model, boolean profiled, boolean timed) {
        Shown shown = shown(model);
        return shown.path
                .<Step>map(path -> new Step.LoadPath(handle, path, profiled, timed))
                .orElseGet(() -> new Step.Load(handle, shown.model, profiled, timed));
    }

    private record Shown(Bytes model, Optional<String> path) {}

    private Shown shown(Bytes model) {
        if (beside.isEmpty()) {
            return new Shown(model, Optional.empty());
        }
        ModelProto proto = Models.parse(model);
        long bytes = model.size() + outside(proto);
        if (bytes > beside.get().whole() && byPath) {
            return new Shown(
                    model, Optional.of(folder().write(model).toAbsolutePath().toString()));
        }
        if (bytes > MOST) {
            throw InputException.of(
                    "the model takes " + (bytes >> 20) + " MiB, and " + system + " is shown models in one piece, of "
                            + (MOST >> 20) + " MiB at most",
                    "give a backend whose worker lists the step 'path' (spec/worker-protocol.md)");
        }
        return new Shown(whole(proto, beside.get()), Optional.empty());
    }

    private static long outside(ModelProto model) {
        return model.getGraph().getInitializerList().stream()
                .filter(ExternalTensors::outside)
                .mapToLong(TensorProtos::bytesOf)
                .sum();
    }

    private static Bytes whole(ModelProto model, Beside beside) {
        return Bytes.own(ExternalTensors.inlined(model, beside).toByteArray());
    }

    /** The model with its data in it, where they are no more than a frame holds. */
    static Optional<Bytes> whole(ModelFile file, Bytes model) {
        if (file.beside().isEmpty()) {
            return Optional.of(model);
        }
        ModelProto proto = Models.parse(model);
        return model.size() + outside(proto) > MOST
                ? Optional.empty()
                : Optional.of(whole(proto, file.beside().get()));
    }

    private synchronized LinkedFolder folder() {
        LinkedFolder linked =
                folder.orElseGet(() -> LinkedFolder.of(beside.orElseThrow().files()));
        folder = Optional.of(linked);
        return linked;
    }

    /** The files go; the data stay where they were. */
    @Override
    public void close() {
        folder.ifPresent(LinkedFolder::close);
    }
}
