package org.aiis.spec.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/** All that a backend ever sees of a test case. */
public sealed interface Stimulus {
    /** Load a model, run it once, close it. */
    record ModelRun(Bytes model, SortedMap<String, Tensor> inputs) implements Stimulus {
        public ModelRun {
            inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        }

        public ModelRun(Bytes model, Map<String, Tensor> inputs) {
            this(model, new TreeMap<>(inputs));
        }

        @Override
        public String digest() {
            List<String> parts = new ArrayList<>();
            parts.add("model " + model.sha256());
            inputs.forEach((name, tensor) -> parts.add(name + " " + tensor.digest()));
            return Digests.of(parts);
        }
    }

    /**
     * The same of a model that is too large for a frame: it is given by the path of its file, beside which its data lie. No case of
     * the catalogue is one, so that no evidence holds its digest.
     */
    record FileRun(String path, SortedMap<String, Tensor> inputs) implements Stimulus {
        public FileRun {
            inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        }

        @Override
        public String digest() {
            List<String> parts = new ArrayList<>();
            parts.add("file " + path);
            inputs.forEach((name, tensor) -> parts.add(name + " " + tensor.digest()));
            return Digests.of(parts);
        }
    }

    /** A model that must be refused, behind its valid twin, one edit away, that must run. */
    record MustReject(ModelRun valid, ModelRun broken) implements Stimulus {
        @Override
        public String digest() {
            return Digests.of(List.of("valid " + valid.digest(), "broken " + broken.digest()));
        }
    }

    /** Steps one after another; a crash or a time-out ends it. */
    record Script(List<Step> steps) implements Stimulus {
        public Script {
            steps = List.copyOf(steps);
        }

        public static Script of(Step... steps) {
            return new Script(List.of(steps));
        }

        @Override
        public String digest() {
            return Digests.of(steps.stream().map(Digests::of).toList());
        }
    }

    /** SHA-256 over everything a backend is shown, for the lock file. */
    String digest();
}
