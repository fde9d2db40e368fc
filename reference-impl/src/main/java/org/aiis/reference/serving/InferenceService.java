package org.aiis.reference.serving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/**
 * The protocol's service without a transport: models, their readiness and metadata, inference. Safe for many threads; a
 * backend that does not say so of itself is asked one thing at a time.
 */
public final class InferenceService implements AutoCloseable {
    /** Name of the server in its metadata. */
    public static final String NAME = "aiis-reference-server";

    /** The profile of the protocol that this server speaks. */
    public static final String PROTOCOL = "oip-2023.11";

    private static final List<String> EXTENSIONS = List.of("binary_tensor_data");

    private final Backend backend;
    private final ServingLimits limits;
    private final Executor others;
    private final Metrics metrics = new Metrics();
    private final SortedMap<String, NavigableMap<String, ServedModel>> models = new TreeMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong bytesAtOnce = new AtomicLong();
    private volatile boolean leaving;

    /**
     * A service without models.
     *
     * @param others runs what threads of callers leave over
     */
    public InferenceService(Backend backend, ServingLimits limits, Executor others) {
        boolean shared = backend.describe().optionalSteps().contains(org.aiis.spec.testing.Step.TOGETHER);
        this.backend = shared ? backend : new OneAtATime(backend);
        this.limits = limits;
        this.others = others;
    }

    /** Loads a version of a model; before the first request only. */
    public void add(String name, String version, Bytes model) {
        ServedModel served = new ServedModel(
                name,
                version,
                Signature.of("model " + name + "/" + version, model),
                backend,
                limits,
                metrics.model(name, version),
                others);
        served.load(model);
        models.computeIfAbsent(name, n -> new TreeMap<>(Comparator.comparing(Long::parseLong)))
                .put(version, served);
    }

    public ServingLimits limits() {
        return limits;
    }

    public Metrics metrics() {
        return metrics;
    }

    public List<String> extensions() {
        return EXTENSIONS;
    }

    public List<String> modelNames() {
        return List.copyOf(models.keySet());
    }

    /** What runs the models. */
    public String platform() {
        return "onnx";
    }

    /** Whether each version of each model can be run, there is one, and the server is not going down. */
    public boolean ready() {
        return !leaving
                && !models.isEmpty()
                && models.values().stream().allMatch(v -> v.values().stream().allMatch(ServedModel::ready));
    }

    /** Whether a version of a model can be run, the newest where none is named. */
    public boolean ready(String name, Optional<String> version) {
        return model(name, version).ready() && !leaving;
    }

    /** @throws Refusal when there is no such model */
    public List<String> versions(String name) {
        return List.copyOf(found(name).keySet());
    }

    /**
     * The version of a model, the newest where none is named.
     *
     * @throws Refusal when there is no such model or version
     */
    public ServedModel model(String name, Optional<String> version) {
        NavigableMap<String, ServedModel> versions = found(name);
        String asked = version.orElseGet(versions::lastKey);
        return versions.values().stream()
                .filter(v -> v.version().equals(asked))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.NOT_FOUND,
                        "model '" + name + "' has no version " + Quoted.of(asked) + "; it has " + versions.keySet()));
    }

    private NavigableMap<String, ServedModel> found(String name) {
        NavigableMap<String, ServedModel> versions = models.get(name);
        if (versions == null) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND, "no model " + Quoted.of(name) + "; there is " + models.keySet());
        }
        return versions;
    }

    /** Takes the room of a body of a request, to be given back by {@link #release}. */
    public void admit(long bytes) {
        if (leaving) {
            throw new Refusal(Refusal.Reason.NOT_READY, "the server is going down");
        }
        if (bytesAtOnce.addAndGet(bytes) > limits.bytesAtOnce()) {
            bytesAtOnce.addAndGet(-bytes);
            throw new Refusal(
                    Refusal.Reason.BUSY,
                    "requests of more than " + limits.bytesAtOnce() + " bytes together are under way");
        }
        underWay.incrementAndGet();
    }

    public void release(long bytes) {
        bytesAtOnce.addAndGet(-bytes);
        underWay.decrementAndGet();
    }

    /**
     * Runs a request. The answer may come in another thread.
     *
     * @throws Refusal when the request does not fit the model, or cannot be taken
     */
    public CompletableFuture<InferenceResponse> infer(ServedModel model, InferenceRequest request) {
        model.signature().check(request);
        long start = System.nanoTime();
        model.metrics().begun();
        CompletableFuture<SortedMap<String, Tensor>> outputs;
        try {
            outputs = model.infer(request.inputs());
        } catch (Refusal e) {
            model.metrics().ended(false, 0);
            throw e;
        }
        return outputs.handle((tensors, failure) -> {
            model.metrics().ended(failure == null, System.nanoTime() - start);
            if (failure != null) {
                throw refusal(failure);
            }
            return new InferenceResponse(model.name(), model.version(), request.id(), chosen(model, request, tensors));
        });
    }

    private static List<InferenceResponse.Output> chosen(
            ServedModel model, InferenceRequest request, SortedMap<String, Tensor> tensors) {
        List<InferenceResponse.Output> outputs = new ArrayList<>();
        if (request.outputs().isEmpty()) {
            model.signature().outputs().forEach(p -> outputs.add(output(p.name(), tensors, request.binary())));
        } else {
            request.outputs().forEach(w -> outputs.add(output(w.name(), tensors, w.binary())));
        }
        return outputs;
    }

    private static InferenceResponse.Output output(String name, SortedMap<String, Tensor> tensors, boolean binary) {
        Tensor tensor = tensors.get(name);
        if (tensor == null || Datatype.of(tensor.type()).isEmpty()) {
            throw new Refusal(Refusal.Reason.INTERNAL, "the model gave no output '" + name + "' of a type to be sent");
        }
        return new InferenceResponse.Output(name, tensor, binary);
    }

    /** What a client is told of a failure: nothing of the inside of the server but that it failed. */
    public static Refusal refusal(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Refusal refusal) {
            return refusal;
        } else if (cause instanceof TimeoutException) {
            return new Refusal(Refusal.Reason.LATE, "not done within the time of a request");
        } else if (cause instanceof OutOfMemoryError) {
            return new Refusal(Refusal.Reason.BUSY, "the server has no memory for this request now");
        }
        return new Refusal(
                Refusal.Reason.INTERNAL,
                "a fault of the server: " + cause.getClass().getSimpleName());
    }

    /** Takes no more requests, and waits for those under way, at most so long. */
    public void leave(long millis) {
        leaving = true;
        long until = System.nanoTime() + millis * 1_000_000;
        try {
            while (underWay.get() > 0 && System.nanoTime() < until) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        leaving = true;
        models.values().forEach(v -> v.values().forEach(ServedModel::close));
        backend.close();
    }
}
