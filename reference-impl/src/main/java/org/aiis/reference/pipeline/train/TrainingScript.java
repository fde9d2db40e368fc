package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.pipeline.data.Fingerprint;
import org.aiis.reference.pipeline.data.LabelledImages;
import org.aiis.reference.pipeline.features.ConvolutionalFeatures;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;
import org.aiis.spec.testing.Stimulus;

/**
 * Writes the steps of the worker protocol that train a classifier. Data, weights and the optimizer's state stay in the
 * worker under handles; the state goes to and fro between two sets of them.
 */
public final class TrainingScript {
    /** Session of the training step. */
    public static final String STEP = "step";

    private static final List<String> STATE = List.of("w", "m", "v", "t");
    private static final int CHUNK = 1000;

    private final DenseLayers layers;
    private final List<Step> steps = new ArrayList<>();
    private int turn;

    public TrainingScript(DenseLayers layers) {
        this.layers = layers;
    }

    public TrainingScript add(Step step) {
        steps.add(step);
        return this;
    }

    public TrainingScript run(String model, Map<String, Feed> inputs, Map<String, String> keep, List<String> fetch) {
        return add(new Step.Run(model, new TreeMap<>(inputs), new TreeMap<>(keep), fetch));
    }

    public TrainingScript load(String session, Bytes model) {
        return add(new Step.Load(session, model, false));
    }

    /** Loads a model so that the answer to {@link #close} tells where its nodes ran. */
    public TrainingScript loadProfiled(String session, Bytes model) {
        return add(new Step.Load(session, model, true));
    }

    public TrainingScript close(String session) {
        return add(new Step.Close(session));
    }

    /** Keeps features and labels under x and y. */
    public TrainingScript records(Tensor x, Tensor y) {
        return add(new Step.Put("x", x)).add(new Step.Put("y", y));
    }

    /**
     * Extracts features on the backend, in pieces of 1,000 images, and keeps them under {@code name}; fetches the
     * fingerprints of the images that it used.
     */
    public TrainingScript extract(ConvolutionalFeatures network, LabelledImages data, String name) {
        int parts = (data.size() + CHUNK - 1) / CHUNK;
        load("features", network.model()).load("fingerprint", Fingerprint.model());
        Map<String, Feed> rows = new TreeMap<>();
        for (int part = 0; part < parts; part++) {
            int from = part * CHUNK;
            Tensor images =
                    data.slice(from, Math.min(from + CHUNK, data.size())).images();
            Map<String, Feed> kept = Map.of("images", new Feed.Kept("images"));
            add(new Step.Put("images", images));
            run("features", kept, Map.of("features", "rows" + part), List.of());
            run("fingerprint", kept, Map.of(), List.of("fingerprint"));
            rows.put(ConvolutionalFeatures.partNames(parts).get(part), new Feed.Kept("rows" + part));
        }
        load("joined", ConvolutionalFeatures.joined(parts));
        run("joined", rows, Map.of("features", name), List.of());
        for (int part = 0; part < parts; part++) {
            add(new Step.Drop("rows" + part));
        }
        return add(new Step.Drop("images")).close("joined").close("fingerprint").close("features");
    }

    /** Starts from weights {@code w} and an optimizer that has seen nothing. */
    public TrainingScript start(Tensor w) {
        Tensor zeros = new Tensor.Builder(w.type(), w.shape()).build();
        turn = 0;
        return add(new Step.Put(handle("w"), w))
                .add(new Step.Put(handle("m"), zeros))
                .add(new Step.Put(handle("v"), zeros))
                .add(new Step.Put(handle("t"), new Tensor.Builder(w.type(), Shape.of(1)).build()));
    }

    /** A step for each batch, each sending back its loss. */
    public TrainingScript train(List<Tensor> batches) {
        for (Tensor batch : batches) {
            SortedMap<String, Feed> inputs = inputs(batch);
            turn++;
            SortedMap<String, String> keep = new TreeMap<>();
            STATE.forEach(name -> keep.put(name + "_o", handle(name)));
            add(new Step.Run(STEP, inputs, keep, List.of("loss")));
        }
        return this;
    }

    /** One step whose every output is sent back; the state stays as it was. */
    public TrainingScript look(Tensor batch) {
        return add(new Step.Run(STEP, inputs(batch), new TreeMap<>(), List.of()));
    }

    /** Sends back the weights. */
    public TrainingScript fetchWeights() {
        return add(new Step.Get(handle("w")));
    }

    /** Sends back weights and state. */
    public TrainingScript fetchState() {
        STATE.forEach(name -> add(new Step.Get(handle(name))));
        return this;
    }

    /** Handle under which w, m, v or t is kept at this point of the script. */
    public String handle(String name) {
        return name + "." + turn % 2;
    }

    /** Weights, kernel by kernel and bias by bias, kept under the names of {@link DenseLayers#names}. */
    public TrainingScript unpack() {
        Map<String, String> keep = new TreeMap<>();
        layers.names().forEach(name -> keep.put(name, name));
        return load("unpack", WeightGraphs.unpacked(layers, ElementType.FLOAT32))
                .run("unpack", Map.of("w", new Feed.Kept(handle("w"))), keep, List.of())
                .close("unpack");
    }

    public Stimulus.Script script() {
        return new Stimulus.Script(steps);
    }

    private SortedMap<String, Feed> inputs(Tensor batch) {
        SortedMap<String, Feed> inputs = new TreeMap<>();
        inputs.put("x", new Feed.Kept("x"));
        inputs.put("y", new Feed.Kept("y"));
        inputs.put("batch", new Feed.Inline(batch));
        STATE.forEach(name -> inputs.put(name, new Feed.Kept(handle(name))));
        return inputs;
    }
}
