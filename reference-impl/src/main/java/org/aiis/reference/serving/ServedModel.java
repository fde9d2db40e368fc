package org.aiis.reference.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** One version of a model, loaded. */
public final class ServedModel {
    private final String name;
    private final String version;
    private final Signature signature;
    private final Backend backend;
    private final String handle;
    private final Metrics.OfModel metrics;
    private final Batching batching;
    private final AtomicBoolean together;

    /** That a run has come back, and the backend has not died since. */
    private volatile boolean ran;

    private volatile Optional<String> unloaded = Optional.empty();

    ServedModel(
            String name,
            String version,
            Signature signature,
            Backend backend,
            ServingLimits limits,
            Metrics.OfModel metrics,
            Executor others) {
        this.name = name;
        this.version = version;
        this.signature = signature;
        this.backend = backend;
        this.handle = name + "/" + version;
        this.metrics = metrics;
        this.together = new AtomicBoolean(signature.rowsIndependent());
        this.batching = new Batching(limits, signature.rowsIndependent(), this::run, others);
    }

    /**
     * Has the backend load it, and runs it once on zeros. A model that does not take zeros is not ready before its first
     * request that runs; one that does not load stays, and never is.
     */
    void load(Bytes bytes) {
        Observation loaded = backend.perform(new Step.Load(handle, bytes, false));
        if (!(loaded instanceof Observation.Outputs)) {
            unloaded = Optional.of(
                    loaded instanceof Observation.Rejected rejected
                            ? rejected.code() + " "
                                    + rejected.message().lines().findFirst().orElse("")
                            : loaded.toString());
            return;
        }
        SortedMap<String, Tensor> zeros = new TreeMap<>();
        for (Signature.Port port : signature.inputs()) {
            if (port.shape().stream().anyMatch(e -> e > Integer.MAX_VALUE)) {
                return;
            }
            Shape shape = new Shape(
                    port.shape().stream().map(e -> e < 0 ? 1 : e.intValue()).toList());
            ElementType type = port.datatype().type();
            zeros.put(
                    port.name(),
                    type == ElementType.STRING
                            ? Tensor.ofStrings(shape, java.util.Collections.nCopies(shape.size(), ""))
                            : new Tensor.Builder(type, shape).build());
        }
        ran = backend.perform(Step.Run.of(handle, zeros)) instanceof Observation.Outputs;
    }

    void close() {
        ran = false;
        if (unloaded.isEmpty()) {
            backend.perform(new Step.Close(handle));
        }
    }

    /** Why the backend did not load it; empty when it did. */
    public Optional<String> unloaded() {
        return unloaded;
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public Signature signature() {
        return signature;
    }

    /** Whether a run has come back, and the backend lives. */
    public boolean ready() {
        return ran;
    }

    Metrics.OfModel metrics() {
        return metrics;
    }

    CompletableFuture<SortedMap<String, Tensor>> infer(SortedMap<String, Tensor> inputs) {
        if (unloaded.isPresent()) {
            throw new Refusal(Refusal.Reason.NOT_READY, "the backend did not load this model");
        }
        return batching.submit(inputs);
    }

    /** Completes each of them, whatever happens. */
    private void run(List<Batching.Waiting> group) {
        try {
            if (group.size() > 1 && !together.get()) {
                group.forEach(one -> run(List.of(one)));
                return;
            }
            metrics.ran(group.stream().mapToInt(Batching.Waiting::rows).sum(), group.size());
            Observation seen = backend.perform(Step.Run.of(
                    handle,
                    Rows.together(group.stream().map(Batching.Waiting::inputs).toList())));
            if (seen instanceof Observation.Outputs outputs) {
                ran = true;
                answer(group, tensors(outputs));
            } else if (group.size() > 1) {
                group.forEach(one -> run(List.of(one))); // What one of them brought on is not the fault of the others.
            } else {
                group.get(0).outputs().completeExceptionally(refused(seen));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            group.forEach(one -> one.outputs().completeExceptionally(e));
        }
    }

    private void answer(List<Batching.Waiting> group, SortedMap<String, Tensor> outputs) {
        if (group.size() == 1) {
            group.get(0).outputs().complete(outputs);
            return;
        }
        int rows = group.stream().mapToInt(Batching.Waiting::rows).sum();
        if (outputs.values().stream()
                .anyMatch(t -> t.shape().rank() == 0 || t.shape().dim(0) != rows)) {
            together.set(false); // Its metadata says more than is true.
            group.forEach(one -> run(List.of(one)));
            return;
        }
        int at = 0;
        for (Batching.Waiting one : group) {
            int from = at;
            at += one.rows();
            int to = at;
            SortedMap<String, Tensor> part = new TreeMap<>();
            outputs.forEach((output, tensor) -> part.put(output, Rows.slice(tensor, from, to)));
            one.outputs().complete(part);
        }
    }

    private static SortedMap<String, Tensor> tensors(Observation.Outputs outputs) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (Map.Entry<String, org.aiis.spec.testing.Recorded> value :
                new ArrayList<>(outputs.values().entrySet())) {
            tensors.put(value.getKey(), value.getValue().tensor());
        }
        return tensors;
    }

    private Refusal refused(Observation seen) {
        if (seen instanceof Observation.Rejected rejected) {
            return new Refusal(
                    Refusal.Reason.REFUSED_BY_MODEL,
                    rejected.code() + " "
                            + rejected.message().lines().findFirst().orElse(""));
        }
        if (seen instanceof Observation.NotDriven notDriven) {
            return new Refusal(Refusal.Reason.UNSUPPORTED, "the backend is not reached: " + notDriven.reason());
        }
        ran = false;
        return new Refusal(
                Refusal.Reason.NOT_READY,
                "the backend ended: " + seen.getClass().getSimpleName());
    }
}
