package org.aiis.conformance.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.pipeline.network.ImageNetwork;
import org.aiis.reference.pipeline.network.Network;
import org.aiis.reference.pipeline.network.RecurrentNetwork;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;

/**
 * The suite's half of src/bench/python/training.py: a backend in this process that trains by the same steps as {@code aiis pipeline run}.
 * Arguments: folder, {@code images} or {@code sequences}, backend, threads. It reads raw little-endian files from the folder, and lines:
 * {@code start FILE} (first weights), {@code epoch FILE BATCH} (places of the records, in order; answers seconds and mean loss), {@code
 * weights FILE} (writes them).
 */
public final class TrainingPeer {
    private static final List<String> STATE = List.of("w", "m", "v", "t");
    private static final String STEP = "step";

    private final Path folder;
    private final Backend backend;
    private int turn;

    private TrainingPeer(Path folder, Backend backend) {
        this.folder = folder;
        this.backend = backend;
    }

    public static void main(String[] arguments) throws IOException {
        boolean images = arguments[1].equals("images");
        Network network = images ? new ImageNetwork() : new RecurrentNetwork(8, 64, 1, 24);
        SortedMap<String, String> options = new TreeMap<>(Map.of("intra-op-threads", arguments[3]));
        try (Backend backend = Backends.installed().open(arguments[2], options)) {
            TrainingPeer peer = new TrainingPeer(Path.of(arguments[0]), backend);
            Tensor x = peer.read("x", ElementType.FLOAT32, images ? List.of(28, 28, 1) : List.of(24, 8));
            Tensor y = images
                    ? peer.read("y", ElementType.INT64, List.of())
                    : peer.read("y", ElementType.FLOAT32, List.of(24, 1));
            peer.perform(new Step.Put("x", x));
            peer.perform(new Step.Put("y", y));
            peer.perform(new Step.Load(STEP, new NetworkStep(network, Adam.USUAL, ElementType.FLOAT32).build(), false));
            System.out.println("ready");
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(peer.answer(line.split(" ")));
            }
        }
    }

    private String answer(String[] words) throws IOException {
        if (words[0].equals("start")) {
            Tensor w = read(words[1], ElementType.FLOAT32, List.of());
            turn = 0;
            for (String name : STATE) {
                Tensor zeros = new Tensor.Builder(w.type(), name.equals("t") ? Shape.of(1) : w.shape()).build();
                perform(new Step.Put(handle(name), name.equals("w") ? w : zeros));
            }
            return "started";
        }
        if (words[0].equals("weights")) {
            Files.write(folder.resolve(words[1]), perform(new Step.Get(handle("w"))).get(handle("w")).toByteArray());
            return "written";
        }
        long[] order = read(words[1], ElementType.INT64, List.of()).integers();
        int batch = Integer.parseInt(words[2]);
        double loss = 0;
        long start = System.nanoTime();
        for (int from = 0; from < order.length; from += batch) {
            long[] places = java.util.Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
            loss += places.length * step(places);
        }
        return (System.nanoTime() - start) / 1e9 + " " + loss / order.length;
    }

    private double step(long[] places) {
        SortedMap<String, Feed> inputs = new TreeMap<>();
        SortedMap<String, String> keep = new TreeMap<>();
        inputs.put("x", new Feed.Kept("x"));
        inputs.put("y", new Feed.Kept("y"));
        inputs.put("batch", new Feed.Inline(Tensor.ofLongs(ElementType.INT64, Shape.of(places.length), places)));
        inputs.put("rate", new Feed.Inline(Tensor.ofReals(ElementType.FLOAT32, Shape.of(1), Adam.USUAL.rate())));
        STATE.forEach(name -> inputs.put(name, new Feed.Kept(handle(name))));
        turn++;
        STATE.forEach(name -> keep.put(name + "_o", handle(name)));
        return perform(new Step.Run(STEP, inputs, keep, List.of("loss"))).get("loss").real(0);
    }

    private SortedMap<String, Tensor> perform(Step step) {
        Observation seen = backend.perform(step);
        if (!(seen instanceof Observation.Outputs outputs)) {
            throw new IllegalStateException(step.getClass().getSimpleName() + ": " + seen);
        }
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        outputs.values().forEach((name, recorded) -> tensors.put(name, recorded.tensor()));
        return tensors;
    }

    /** All records of a file; the first extent follows from its size. */
    private Tensor read(String name, ElementType type, List<Integer> rest) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        int record = rest.stream().reduce(type.bytes(), (a, b) -> a * b);
        List<Integer> extents = new java.util.ArrayList<>(List.of(bytes.length / record));
        extents.addAll(rest);
        return Tensor.ofBytes(type, new Shape(extents), bytes);
    }

    private String handle(String name) {
        return name + "." + turn % 2;
    }
}
