package org.aiis.spec.testing;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/** One step of the worker protocol. Models and tensors live in the worker under handles that the script names. */
public sealed interface Step {
    /** Create a session from a serialised model. Answer: no outputs. */
    record Load(String model, Bytes bytes, boolean profiled) implements Step {}

    /**
     * Create a session from a template whose named initializers are replaced by tensors that the worker holds: the
     * export of a trained model. The suite fetches the tensors, writes the model, and loads it.
     */
    record LoadExported(String model, Bytes template, SortedMap<String, String> initializers) implements Step {
        public LoadExported {
            initializers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(initializers));
        }
    }

    /** Keep a tensor in the worker. Answer: no outputs. */
    record Put(String tensor, Tensor value) implements Step {}

    /**
     * Run a session.
     *
     * @param inputs by graph input name
     * @param keep graph output name to the handle under which the worker keeps it, instead of sending it back
     * @param fetch graph outputs to send back; empty with an empty {@code keep} means all
     */
    record Run(String model, SortedMap<String, Feed> inputs, SortedMap<String, String> keep, List<String> fetch)
            implements Step {
        public Run {
            inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
            keep = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(keep));
            fetch = List.copyOf(fetch);
        }

        /** All outputs, inputs inline. */
        public static Run of(String model, Map<String, Tensor> inputs) {
            SortedMap<String, Feed> feeds = new TreeMap<>();
            inputs.forEach((name, tensor) -> feeds.put(name, new Feed.Inline(tensor)));
            return new Run(model, feeds, new TreeMap<>(), List.of());
        }
    }

    /** Send a kept tensor back. Answer: one output under the handle's name. */
    record Get(String tensor) implements Step {}

    /** Forget a kept tensor. */
    record Drop(String tensor) implements Step {}

    /** Close a session. Answer: no outputs; the placement of its nodes when it was loaded profiled. */
    record Close(String model) implements Step {}

    /** Run a load against a session, generated and timed beside it. Answer: measured. */
    record Measure(String model, List<SortedMap<String, Tensor>> samples, LoadSettings settings) implements Step {
        public Measure {
            samples = List.copyOf(samples);
        }
    }

    /** What is fed to a graph input. */
    sealed interface Feed {
        record Inline(Tensor tensor) implements Feed {}

        record Kept(String tensor) implements Feed {}
    }
}
